import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";

/**
 * Declares the `random` provider in the stack of `construct`, the first time that something there needs it: a stack without such things asks
 * for no second provider.
 */
export function useRandomProvider(construct: Construct): void {
  const stack = TerraformStack.of(construct);
  if (!stack.node.tryFindChild("random")) new RandomProvider(stack, "random");
}
