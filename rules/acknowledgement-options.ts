import type { RuleId } from "./index";
import type { Tier } from "./resource";
import type { CustomRuleId } from "./rule";

/** What is said of a rule that is silenced: to `acknowledge`, or in an environment's `policy.acknowledge`. */
export interface AcknowledgementOptions {
  /** The rule to silence: one of Andamio's, or the `id` of one that `defineRule` made. A wrong one does not compile. */
  readonly id: RuleId | CustomRuleId;
  /** Why it is right here, for whoever reads the next review: at least 15 characters, and no placeholder. */
  readonly reason: string;
  /**
   * One argument only, e.g. `ingress.0.cidr_blocks`.
   * @default every argument
   */
  readonly at?: string;
  /**
   * Where it was decided: `SEC-123`. In tier production, what is `critical` or `high` is silenced with a ticket only.
   * @default none
   */
  readonly ticket?: string;
  /**
   * Last day on which it holds, `YYYY-MM-DD`: afterwards the finding is back. In tier production, what is `critical` is silenced until
   * a day only.
   * @default for ever
   */
  readonly expires?: string;
  /**
   * Tiers in which it holds; in all others it is as if it were not there.
   * @default all of them
   */
  readonly tiers?: readonly Tier[];
  /**
   * Who approved it: one of the environment's `policy.approvers`. In tier production, a rule that is locked is silenced by these only.
   * @default nobody
   */
  readonly approvedBy?: string;
}
