import type { NetworkAclOptions } from "./network-acl";
import type { RouteOptions } from "./route-table";
import { ipv6SlotOf, SLOTS, SUBNET_TIERS, type BuiltInTier, type Slot, type ZoneLetter } from "./subnet-plan";
import type { VpcProps } from "./vpc-props";

/** What every tier can be told. */
export interface TierOptions {
  /**
   * Zones that the tier has subnets in: all, or some of the VPC's.
   * @default the VPC's availabilityZones
   */
  readonly availabilityZones?: readonly ZoneLetter[];
  /**
   * Give whatever is started in the tier's subnets a public address unless it says otherwise; with `ipv6` also an IPv6 address, which is
   * reachable from the internet. For public tiers.
   * @default false: an instance asks for its public address
   */
  readonly mapPublicIpOnLaunch?: boolean;
  /**
   * A network ACL of the tier's own. It is stateless and lets through nothing but what its rules say, answers included.
   * @default none: the VPC's default network ACL, which AWS makes and which lets everything through
   */
  readonly networkAcl?: NetworkAclOptions;
  /**
   * Further routes of the tier, by a name of your own, which becomes part of their addresses.
   * @default none
   */
  readonly routes?: Readonly<Record<string, RouteOptions>>;
  /**
   * Tag the subnets so that Kubernetes finds them for load balancers: `kubernetes.io/role/elb` on public tiers,
   * `kubernetes.io/role/internal-elb` on others, and `kubernetes.io/cluster/<name>` for each cluster that is named.
   * https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
   * @default false
   */
  readonly loadBalancerDiscovery?: boolean | { readonly clusterNames: readonly string[] };
  /**
   * Further tags on the tier's subnets.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** How a tier reaches the internet: as a public, a private or an isolated one. */
export type Routing = BuiltInTier;

/** A tier of one's own. */
export interface OwnTierOptions extends TierOptions {
  /**
   * `public` routes to the internet, `private` to NAT gateways (with a route table for each zone), `isolated` nowhere. Changing it makes
   * other route tables; the subnets stay.
   */
  readonly routing: Routing;
  /**
   * The tier's share of the block it is in, as a fraction of it: `"6/8"` is the eighth that begins at six eighths. Eight zones share it. In the
   * VPC's first block, own tiers have the last quarter: `"3/4"`, or of it `"6/8"` and `"7/8"`, `"12/16"` to `"15/16"`, `"24/32"` to `"31/32"`. Changing it replaces
   * the tier's subnets.
   * @default none: subnetCidrs names every subnet of the tier
   */
  readonly slot?: Slot;
  /**
   * Name of the block in `secondaryCidrs` that the tier is in. Changing it replaces the tier's subnets.
   * @default the VPC's first block
   */
  readonly secondaryCidr?: string;
  /**
   * Which of the 32 shares of the VPC's IPv6 block the tier has, when its IPv4 slot does not tell: 1 to 15, 17 to 19, or 21 to 23.
   * @default as far into the IPv6 block as `slot` is into the VPC's first block
   */
  readonly ipv6Slot?: number;
}

/** A tier of a VPC, with everything decided. */
export interface Tier extends TierOptions {
  readonly name: string;
  readonly routing: Routing;
  readonly zones: readonly ZoneLetter[];
  /** undefined where each subnet has a block of its own. */
  readonly slot?: Slot;
  /** Name of the block that it is in; undefined in the VPC's first. */
  readonly secondaryCidr?: string;
  /** undefined where neither says one. */
  readonly ipv6Slot?: number;
}

/** The tiers of a VPC: the built-in ones that it has, then its own. */
export function tiersOf({ availabilityZones, subnetTiers, tierOptions, ownTiers }: VpcProps): Tier[] {
  const builtIn = [...new Set(subnetTiers ?? SUBNET_TIERS)].map((name) => ({
    ...tierOptions?.[name],
    name,
    routing: name,
    slot: SLOTS[name],
  }));
  const own = Object.entries(ownTiers ?? {}).map(([name, options]) => ({ ...options, name }));
  return [...builtIn, ...own].map((tier: Omit<Tier, "zones">) => ({
    ...tier,
    zones: zonesOf(tier, availabilityZones),
    ipv6Slot: tier.ipv6Slot ?? (tier.slot && !tier.secondaryCidr ? ipv6SlotOf(tier.slot) : undefined),
  }));
}

/** In the order in which the VPC names them. */
function zonesOf({ availabilityZones: own }: TierOptions, all: readonly ZoneLetter[]): readonly ZoneLetter[] {
  return own ? all.filter((zone) => own.includes(zone)) : all;
}

/** Private tiers have a route table for each zone, because each zone may have a NAT gateway of its own. */
export function routeTableName({ name, routing }: Tier, zone: ZoneLetter): string {
  return routing === "private" ? `${name}_${zone}` : name;
}
