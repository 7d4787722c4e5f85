import type { SubnetTier, ZoneLetter } from "./subnet-plan";

/** What other modules need of a subnet. */
export interface SubnetLike {
  readonly id: string;
  readonly zone: ZoneLetter;
}

/** A tier's subnets by the letter of their zone. */
export type SubnetsByZone = { readonly [zone in ZoneLetter]?: SubnetLike };

/** What other modules need of a VPC: one that is made here (`Vpc`), or one that exists already (`existingVpc`). */
export interface VpcLike {
  readonly id: string;
  /** IPv4 block. */
  readonly cidr: string;
  /** IPv6 block; undefined in a VPC with IPv4 only. */
  readonly ipv6Cidr?: string;
  readonly availabilityZones: readonly ZoneLetter[];
  /** By tier and zone: `vpc.subnets["private"]?.a`. */
  readonly subnets: Readonly<Record<string, SubnetsByZone>>;
  /**
   * The ids of a tier's subnets, in the order of `availabilityZones`.
   * @throws Error naming the tiers that there are, when there is no such tier
   */
  subnetIds(tier: SubnetTier): string[];
}

/**
 * The ids of a tier's subnets, in the order of the zones.
 * @param name of the VPC, for the message
 * @throws Error when there is no such tier
 */
export function subnetIdsOf(
  name: string,
  zones: readonly ZoneLetter[],
  subnets: VpcLike["subnets"],
  tier: SubnetTier,
): string[] {
  const ids = zones.flatMap((zone) => subnets[tier]?.[zone]?.id ?? []);
  if (ids.length === 0) {
    const tiers = Object.keys(subnets).filter((each) => Object.keys(subnets[each] ?? {}).length > 0);
    throw new Error(
      `${name} has no ${tier} subnets: it has ${tiers.join(", ") || "none at all"}. Use one of these tiers.`,
    );
  }
  return ids;
}
