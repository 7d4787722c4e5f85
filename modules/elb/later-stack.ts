import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { constructId } from "../ec2/peer";
import { isLater } from "../ec2/stack-order";

/**
 * The one of two constructs whose stack is applied later: what joins them is made there, because references go to earlier stacks only.
 * In one stack it is the second.
 */
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

/** A construct as part of an address: `web`, or `servers_web` seen from another stack. */
export function nameSeenFrom(from: IConstruct, construct: IConstruct): string {
  return constructId(from, construct);
}
