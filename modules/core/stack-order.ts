import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Whether `one` is in a later stack than `other`. What connects two stacks is made in the later of them: stacks are applied in the order in
 * which they are made, and references go to earlier ones only.
 */
export function isLater(one: IConstruct, other: IConstruct): boolean {
  return stackPosition(one) > stackPosition(other);
}

/** The one of two constructs whose stack is applied later: what joins them is made there. In one stack it is the second. */
export function laterOf<First extends IConstruct, Second extends IConstruct>(
  first: First,
  second: Second,
): First | Second {
  return isLater(first, second) ? first : second;
}

/** True when both are in one Terraform state. */
export function sameStack(one: IConstruct, other: IConstruct): boolean {
  return TerraformStack.of(one) === TerraformStack.of(other);
}

function stackPosition(construct: IConstruct): number {
  const stack = TerraformStack.of(construct);
  return stack.node.scope?.node.children.indexOf(stack) ?? 0;
}
