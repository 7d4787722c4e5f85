import type { VpcProps } from "../modules/vpc";

/**
 * The environment's VPC: what `Vpc` can be told. Its `cidr` may not overlap another environment's. Protection comes from the environment's own
 * `deletionProtection`.
 */
export type NetworkConfig = Omit<VpcProps, "deletionProtection">;
