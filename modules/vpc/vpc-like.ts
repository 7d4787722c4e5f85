import type { SubnetTier, ZoneLetter } from "./subnet-plan";

/** What other modules need of a subnet. */
export interface SubnetLike {
  readonly id: string;
  readonly zone: ZoneLetter;
}

/** A tier's subnets by the letter of their zone. */
export type SubnetsByZone = { readonly [zone in ZoneLetter]?: SubnetLike };

/** What other modules need of a VPC: one that is made here (`Vpc`), or one that exists already. */
export interface VpcLike {
  readonly id: string;
  /** IPv4 block. */
  readonly cidr: string;
  readonly availabilityZones: readonly ZoneLetter[];
  /** By tier and zone: `vpc.subnets["private"]?.a`. */
  readonly subnets: Readonly<Record<string, SubnetsByZone>>;
  /**
   * The ids of a tier's subnets, in the order of `availabilityZones`.
   * @throws Error naming the tiers that there are, when there is no such tier
   */
  subnetIds(tier: SubnetTier): string[];
}
