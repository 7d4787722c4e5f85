import { Fn } from "cdktf";
import type { SubnetProps } from "./subnet";
import { IPV6_SUBNET_BITS, ipv6SubnetNumber, plannedSubnetCidr, type ZoneLetter } from "./subnet-plan";
import type { Tier } from "./tiers";
import type { VpcProps } from "./vpc-props";

/** What a subnet is by its tier and its zone. */
export function subnetProps(
  props: VpcProps,
  tier: Tier,
  zone: ZoneLetter,
  ipv6Cidr: string | undefined,
): Pick<SubnetProps, "tier" | "zone" | "cidr" | "mapPublicIpOnLaunch" | "ipv6" | "tags"> {
  return {
    tier: tier.name,
    zone,
    cidr: subnetCidr(props, tier, zone) ?? "",
    mapPublicIpOnLaunch: tier.mapPublicIpOnLaunch,
    ipv6: subnetIpv6(props, tier, zone, ipv6Cidr),
    tags: subnetTags(tier),
  };
}

/** A subnet's block: the one that is given, else the planned one; undefined where nothing says which. */
export function subnetCidr(props: VpcProps, { name, slot, secondaryCidr }: Tier, zone: ZoneLetter): string | undefined {
  const block = secondaryCidr === undefined ? props.cidr : props.secondaryCidrs?.[secondaryCidr];
  const planned = block !== undefined && slot !== undefined ? plannedSubnetCidr(block, slot, zone) : undefined;
  return props.subnetCidrs?.[name]?.[zone] ?? planned;
}

function subnetIpv6(
  { dns64 }: VpcProps,
  { routing, ipv6Slot, mapPublicIpOnLaunch }: Tier,
  zone: ZoneLetter,
  ipv6Cidr: string | undefined,
): SubnetProps["ipv6"] {
  if (ipv6Cidr === undefined || ipv6Slot === undefined) return undefined;
  return {
    cidr: Fn.cidrsubnet(ipv6Cidr, IPV6_SUBNET_BITS, ipv6SubnetNumber(ipv6Slot, zone)),
    assignAddressOnCreation: routing !== "public" || (mapPublicIpOnLaunch ?? false),
    ...(dns64 && routing === "private" ? { dns64: true } : {}),
  };
}

/** undefined when there are none. */
function subnetTags({ routing, loadBalancerDiscovery, tags }: Tier): Record<string, string> | undefined {
  if (!loadBalancerDiscovery) return tags && { ...tags };
  const role = routing === "public" ? "elb" : "internal-elb";
  const clusterNames = loadBalancerDiscovery === true ? [] : loadBalancerDiscovery.clusterNames;
  const clusters = clusterNames.map((name): [string, string] => [`kubernetes.io/cluster/${name}`, "shared"]);
  return { [`kubernetes.io/role/${role}`]: "1", ...Object.fromEntries(clusters), ...tags };
}
