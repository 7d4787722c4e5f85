import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { captureStack, firstUserFrame, Problems, shown, type CapturedStack } from "../modules/core";
import type { CustomRuleId, RuleId } from "../rules";

export interface AcknowledgeOptions {
  /** The rule to silence: one of Andamio's, or the `id` of one that `defineRule` made. A wrong one does not compile. */
  readonly id: RuleId | CustomRuleId;
  /** Why it is right here, for whoever reads the next review: at least 15 characters. */
  readonly reason: string;
  /**
   * One argument only, e.g. `ingress.0.cidr_blocks`.
   * @default every argument
   */
  readonly at?: string;
  /**
   * Last day on which it holds, `YYYY-MM-DD`: afterwards the finding is back.
   * @default for ever
   */
  readonly expires?: string;
}

interface Acknowledged extends AcknowledgeOptions {
  readonly at_call: CapturedStack;
}

const ACKNOWLEDGED = Symbol.for("andamio/acknowledged");
const SHORTEST_REASON = 15;

/**
 * Silences one rule for a construct and everything below it, with a reason. What is silenced stays in every report; an
 * acknowledgement that matches nothing, or has expired, is a finding itself.
 *
 * @throws InvalidConstructError when the reason is no reason, or the day is none
 */
export function acknowledge(construct: IConstruct, options: AcknowledgeOptions): void {
  const problems = new Problems(construct, "acknowledge on");
  const { id, reason, expires } = options;
  problems.require(
    reason.trim().length >= SHORTEST_REASON,
    `the reason for ${id} must say why in ${SHORTEST_REASON} characters or more, got ${shown(reason)}`,
  );
  problems.require(
    expires === undefined || isDay(expires),
    `expires of ${id} must be a day such as "2027-01-31", got ${shown(expires)}`,
  );
  problems.throwIfAny();
  const node = construct.node as { [ACKNOWLEDGED]?: Acknowledged[] };
  (node[ACKNOWLEDGED] ??= []).push({ ...options, at_call: captureStack(acknowledge) });
}

/** The acknowledgements in a stack, as the side file holds them. */
export function acknowledgementsOf(stack: TerraformStack, projectDir: string): object[] {
  return stack.node.findAll().flatMap((construct) => {
    const acknowledged = (construct.node as { [ACKNOWLEDGED]?: Acknowledged[] })[ACKNOWLEDGED] ?? [];
    return acknowledged.map(({ at_call, id, reason, at, expires }) => {
      const source = firstUserFrame(at_call, projectDir)?.source;
      const optional = Object.entries({ at, expires, source }).filter(([, value]) => value !== undefined);
      return { id, path: construct.node.path, reason, ...Object.fromEntries(optional) };
    });
  });
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
