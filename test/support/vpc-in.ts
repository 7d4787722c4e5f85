import { Vpc } from "../../modules/vpc";
import type { EnvironmentStack } from "../../stacks";

/** A VPC in two zones. */
export function vpcIn(stack: EnvironmentStack): Vpc {
  return new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
}
