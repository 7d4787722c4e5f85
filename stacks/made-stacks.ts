import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Every stack of an app, in the order in which they were made: its own, and those of constructs that group them. */
export function stacksOf(scope: IConstruct): TerraformStack[] {
  return scope.node.children.flatMap((child) => (TerraformStack.isStack(child) ? [child] : stacksOf(child)));
}
