import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { captureStack, firstUserFrame, Problems, shown, type CapturedStack } from "../modules/core";
import { isReason, SHORTEST_REASON, type AcknowledgementOptions } from "../rules";

/** What is silenced, why, and for how long. */
export type AcknowledgeOptions = AcknowledgementOptions;

interface Acknowledged extends AcknowledgementOptions {
  readonly at_call: CapturedStack;
}

const ACKNOWLEDGED = Symbol.for("andamio/acknowledged");

/**
 * Silences one rule for a construct and everything below it, with a reason. What is silenced stays in every report; an
 * acknowledgement that matches nothing, has expired, or lacks what production asks for, is a finding itself. For constructs that
 * somebody else makes there is `policy.acknowledge` in the environment's file. `andamio check --no-suppressions` shows
 * everything that is silenced.
 *
 * @throws InvalidConstructError when the reason is no reason, or the day is none
 */
export function acknowledge(construct: IConstruct, options: AcknowledgeOptions): void {
  const problems = new Problems(construct, "acknowledge on");
  const { id, reason, expires } = options;
  problems.require(
    isReason(reason),
    `the reason for ${id} must say why in ${SHORTEST_REASON} characters or more, without a placeholder, got ${shown(reason)}`,
  );
  problems.require(
    expires === undefined || isDay(expires),
    `expires of ${id} must be a day such as "2027-01-31", got ${shown(expires)}`,
  );
  problems.throwIfAny(acknowledge);
  const node = construct.node as { [ACKNOWLEDGED]?: Acknowledged[] };
  (node[ACKNOWLEDGED] ??= []).push({ ...options, at_call: captureStack(acknowledge) });
}

/** The acknowledgements in a stack, as the side file holds them. */
export function acknowledgementsOf(stack: TerraformStack, projectDir: string): object[] {
  return stack.node.findAll().flatMap((construct) => {
    const acknowledged = (construct.node as { [ACKNOWLEDGED]?: Acknowledged[] })[ACKNOWLEDGED] ?? [];
    return acknowledged.map(({ at_call, ...options }) => {
      const source = firstUserFrame(at_call, projectDir)?.source;
      const given = Object.entries({ ...options, source }).filter(([, value]) => value !== undefined);
      return { path: construct.node.path, ...Object.fromEntries(given) };
    });
  });
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
