import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { captureStack, firstUserFrame, Problems, shown, type CapturedStack } from "../modules/core";
import { isReason, SHORTEST_REASON, type AcknowledgementOptions } from "../rules";

/** What is silenced, why, and for how long. */
export type AcknowledgeOptions = AcknowledgementOptions;

interface Acknowledged extends AcknowledgementOptions {
  readonly calledAt: CapturedStack;
}

const TIERS: readonly string[] = ["sandbox", "development", "staging", "production"];

const ACKNOWLEDGED = Symbol.for("andamio/acknowledged");

/**
 * Silences one rule for a construct and everything below it, with a reason. What is silenced stays in every report; an
 * acknowledgement that matches nothing, has expired, or lacks what production asks for, is a finding itself. For constructs that
 * somebody else makes there is `policy.acknowledge` in the environment's file. `andamio check --no-suppressions` shows
 * everything that is silenced.
 *
 * @throws InvalidConstructError when the reason is no reason, the day or a tier is none, or the construct is in no stack
 */
export function acknowledge(construct: IConstruct, options: AcknowledgeOptions): void {
  const problems = new Problems(construct, "acknowledge on");
  const { id, reason, expires, tiers = [] } = options;
  problems.require(
    construct.node.scopes.some((scope) => TerraformStack.isStack(scope)),
    `${id} must be acknowledged on a stack, or on something in one: for several stacks, use policy.acknowledge of the environment`,
  );
  problems.require(
    typeof reason === "string" && isReason(reason),
    `the reason for ${id} must say why in ${SHORTEST_REASON} characters or more, without a placeholder, got ${shown(reason)}`,
  );
  problems.require(
    expires === undefined || isDay(expires),
    `expires of ${id} must be a day such as "2027-01-31", got ${shown(expires)}`,
  );
  const strange = tiers.filter((tier) => !TIERS.includes(tier));
  problems.require(strange.length === 0, `tiers of ${id} must be of ${TIERS.join(", ")}, got ${shown(strange)}`);
  problems.throwIfAny(acknowledge);
  const node = construct.node as { [ACKNOWLEDGED]?: Acknowledged[] };
  (node[ACKNOWLEDGED] ??= []).push({ ...options, calledAt: captureStack(acknowledge) });
}

/** The acknowledgements in a stack, as the side file holds them. */
export function acknowledgementsOf(stack: TerraformStack, projectDir: string): object[] {
  return stack.node.findAll().flatMap((construct) => {
    const acknowledged = (construct.node as { [ACKNOWLEDGED]?: Acknowledged[] })[ACKNOWLEDGED] ?? [];
    return acknowledged.map(({ calledAt, ...options }) => {
      const source = firstUserFrame(calledAt, projectDir)?.source;
      const given = Object.entries({ ...options, source }).filter(([, value]) => value !== undefined);
      return { path: construct.node.path, ...Object.fromEntries(given) };
    });
  });
}

function isDay(text: string): boolean {
  // A 30th of February is parsed as a day of March.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}
