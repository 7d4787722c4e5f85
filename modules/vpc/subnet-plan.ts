import { Address4 } from "ip-address";

/** Availability zones of a region, by the letter that ends their name. The region comes from the stack. */
export type ZoneLetter = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h";

export const ZONE_LETTERS: readonly ZoneLetter[] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** What a subnet is for: `public` has a route to the internet, `private` one through NAT, `isolated` none. */
export type SubnetTier = "public" | "private" | "isolated";

export const SUBNET_TIERS: readonly SubnetTier[] = ["public", "private", "isolated"];

/** A share of the VPC: slot number `index` of the `2 ** bits` equal ones that it can be cut into. */
interface Slot {
  readonly bits: number;
  readonly index: number;
}

/**
 * Which part of the VPC a tier has. This table is API: a change of it moves every subnet of every VPC that there is.
 *
 *     |------- private -------|-public-|isolated|--- free, for own tiers ---|
 *     0                      1/2      5/8      3/4                          1
 */
const SLOTS: Readonly<Record<SubnetTier, Slot>> = {
  private: { bits: 1, index: 0 },
  public: { bits: 3, index: 4 },
  isolated: { bits: 3, index: 5 },
};

/** Eight zones share a tier's slot. */
const ZONE_BITS = 3;

/** AWS: a VPC and a subnet are /16 to /28. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const LARGEST_VPC_PREFIX = 16;
/** Below /22 an eighth of an eighth of the VPC is smaller than /28, the smallest subnet of AWS. */
export const SMALLEST_PLANNED_VPC_PREFIX = 22;

/**
 * The CIDR block of a subnet: a function of the VPC's block, the tier and the zone's letter, and of nothing else. So no
 * subnet moves when a zone or a tier is added or dropped.
 *
 * @param vpcCidr IPv4 block of the VPC, /16 to /22
 */
export function plannedSubnetCidr(vpcCidr: string, tier: SubnetTier, zone: ZoneLetter): string {
  const vpc = new Address4(vpcCidr);
  const slot = SLOTS[tier];
  const prefix = vpc.subnetMask + slot.bits + ZONE_BITS;
  const sizeOfSubnet = 1n << BigInt(32 - prefix);
  const number = (slot.index << ZONE_BITS) + ZONE_LETTERS.indexOf(zone);
  const start = vpc.startAddress().bigInt() + BigInt(number) * sizeOfSubnet;
  return `${Address4.fromBigInt(start).correctForm()}/${prefix}`;
}

/** True for an IPv4 block in CIDR notation. */
export function isCidr(text: string): boolean {
  return text.includes("/") && Address4.isValid(text);
}

/** The prefix length of a block: 16 of `10.0.0.0/16`. */
export function prefixLength(cidr: string): number {
  return new Address4(cidr).subnetMask;
}

/** The block written with its network address: `10.0.0.0/16` of `10.0.3.7/16`. */
export function networkOf(cidr: string): string {
  const block = new Address4(cidr);
  return `${block.startAddress().correctForm()}/${block.subnetMask}`;
}

/** True when `inner` lies wholly in `outer`. */
export function contains(outer: string, inner: string): boolean {
  return new Address4(inner).isInSubnet(new Address4(outer)) && prefixLength(inner) >= prefixLength(outer);
}

/** True when two blocks share an address. */
export function overlaps(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}
