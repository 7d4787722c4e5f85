import type { IConstruct } from "constructs";
import { TerraformStack } from "cdktf";

/** How much an environment matters: sets defaults (protection, Multi-AZ) and how severe a policy is. Never a size or a count. */
export type Tier = "sandbox" | "development" | "staging" | "production";

/** What a module knows about where it is being built. It never sees the environment's configuration itself. */
export interface Context {
  /** First part of every AWS name. */
  readonly project: string;
  readonly environment: string;
  readonly tier: Tier;
  /** AWS region, e.g. `eu-west-1`. */
  readonly region: string;
  /** Twelve-digit AWS account id. */
  readonly account: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  readonly partition: string;
}

/** A brand instead of `instanceof`: it holds when two copies of this package are installed. */
const CONTEXT = Symbol.for("andamio/context");

/** What a stack that is not Andamio's says of itself. */
export interface OwnContext extends Pick<Context, "region"> {
  /**
   * First part of every AWS name.
   * @default the stack's id up to its first hyphen: `shop` of `shop-prod`
   */
  readonly project?: string;
  /**
   * Second part of every AWS name.
   * @default the rest of the stack's id: `prod` of `shop-prod`
   */
  readonly environment?: string;
  /** @default "production": the safe one */
  readonly tier?: Tier;
  /**
   * Twelve-digit AWS account id.
   * @default none: what needs it says so
   */
  readonly account?: string;
  /** @default that of the region */
  readonly partition?: string;
}

/**
 * Tells modules where they are built: `scope` and everything below it. `EnvironmentStack` has done so; under a `TerraformStack` it is
 * said once, before the first module: `provideContext(this, { region: "eu-west-1" })`.
 * @param scope a stack, or what is below one
 */
export function provideContext(scope: IConstruct, own: OwnContext): void {
  const defaults = defaultContext(scope);
  const { project = defaults.project, environment = defaults.environment, tier = defaults.tier } = own;
  const { region, account = defaults.account, partition = partitionOf(region) } = own;
  const context: Context = { project, environment, tier, region, account, partition };
  Object.defineProperty(scope, CONTEXT, { value: context });
}

/**
 * The context of a construct: that of the nearest scope that provides one.
 *
 * Under a `TerraformStack` that provides none, the defaults of `OwnContext` hold, and there is no region: a module that needs one says so.
 */
export function contextOf(construct: IConstruct): Context {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const context = (scope as { [CONTEXT]?: Context })[CONTEXT];
    if (context) return context;
  }
  return defaultContext(construct);
}

function defaultContext(construct: IConstruct): Context {
  const [project = "", ...rest] = TerraformStack.of(construct).node.id.split("-");
  return { project, environment: rest.join("-"), tier: "production", region: "", account: "", partition: "aws" };
}

/** The partition that a region belongs to. https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}
