import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Whether `one` is in a later stack than `other`. What connects two stacks is made in the later of them: stacks are applied in the order in
 * which they are made, and references go to earlier ones only.
 */
export function isLater(one: IConstruct, other: IConstruct): boolean {
  return stackPosition(one) > stackPosition(other);
}

function stackPosition(construct: IConstruct): number {
  const stack = TerraformStack.of(construct);
  return stack.node.scope?.node.children.indexOf(stack) ?? 0;
}
