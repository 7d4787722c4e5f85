import type { Block } from "./values/block";

/** Where and why a resource was written, as far as the side file or cdktf's metadata tells. */
export interface Origin {
  /** Construct path. */
  readonly path?: string;
  /** `file:line:column` of the first frame outside packages and modules. */
  readonly source?: string;
  /** The module's own line. */
  readonly via?: string;
  /** Key of the environment's configuration. */
  readonly configuration?: string;
  /** Arguments that were set after the element was made (an override, an assignment), each with its line. */
  readonly written?: Readonly<Record<string, string>>;
}

/** One resource or data source of one stack. */
export interface Resource {
  readonly stack: StackView;
  /** `aws_vpc.vpc`, `data.aws_ami.web`. */
  readonly address: string;
  /** `aws_vpc`, `data.aws_ami`. */
  readonly type: string;
  readonly name: string;
  readonly body: Block;
  /** Region of its provider, or its own. Undefined where nothing tells. */
  readonly region: string | undefined;
  /** Account of its provider. Undefined where nothing tells. */
  readonly account: string | undefined;
  /** How many there are, by `count` or `for_each`. Undefined when only Terraform can tell. */
  readonly copies: number | undefined;
  /** Address of the whole, for one of several that `count` or `for_each` make differently. @default it is the whole */
  readonly instanceOf?: string;
  readonly origin: Origin;
  /** Arguments that the plan marks as sensitive. */
  readonly sensitive: readonly string[];
  /** Arguments that the program gives an expression, though the plan knows their values. @default none: there is no plan */
  readonly computed?: readonly string[];
}

export type Tier = "sandbox" | "development" | "staging" | "production";

/** Silences one rule for a construct and what is below it. */
export interface Acknowledgement {
  readonly id: string;
  /** Construct path; of one in an environment's file, a pattern of paths. */
  readonly path: string;
  readonly reason: string;
  /** One argument only. @default every argument */
  readonly at?: string;
  /** Last day on which it holds, `YYYY-MM-DD`. @default for ever */
  readonly expires?: string;
  /** Where it was decided. @default nowhere */
  readonly ticket?: string;
  /** Tiers in which it holds. @default all of them */
  readonly tiers?: readonly Tier[];
  /** @default nobody */
  readonly approvedBy?: string;
  /** Line of the call. */
  readonly source?: string;
  /** Key of the environment's configuration that says it: `policy.acknowledge.0`. @default none: a call says it */
  readonly configuration?: string;
}

/** What an environment's configuration says about rules. */
export interface EnvironmentPolicy {
  /** Who may approve acknowledgements. Undefined where nobody is named. */
  readonly approvers?: readonly string[];
  /** They hold for all stacks of the environment. */
  readonly acknowledgements: readonly Acknowledgement[];
}

/** One Terraform state as the rules see it. */
export interface StackView {
  readonly id: string;
  /** Undefined where nothing tells. */
  readonly environment: string | undefined;
  /** @default production, where nothing tells */
  readonly tier: Tier;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** What the environment says of its quotas. */
  readonly quotas: Readonly<Record<string, number>>;
  /** What the environment says of rules. @default nothing */
  readonly policy?: EnvironmentPolicy;
  readonly acknowledgements: readonly Acknowledgement[];
}
