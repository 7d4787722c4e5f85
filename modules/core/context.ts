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

/** Gives `scope` and everything below it a context. Done once, by the base stack. */
export function provideContext(scope: IConstruct, context: Context): void {
  Object.defineProperty(scope, CONTEXT, { value: context });
}

/**
 * The context of a construct: that of the nearest scope that provides one.
 *
 * Under a `TerraformStack` that is not Andamio's there is none. Then the stated defaults hold: tier `production` (the safe
 * one), `project` and `environment` from the stack's name (`shop-prod` is project `shop`, environment `prod`), and no
 * region or account: a module that needs one of these says so.
 */
export function contextOf(construct: IConstruct): Context {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const context = (scope as { [CONTEXT]?: Context })[CONTEXT];
    if (context) return context;
  }
  const [project = "", ...rest] = TerraformStack.of(construct).node.id.split("-");
  return { project, environment: rest.join("-"), tier: "production", region: "", account: "", partition: "aws" };
}

/** The partition that a region belongs to. https://docs.aws.amazon.com/general/latest/gr/rande.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}
