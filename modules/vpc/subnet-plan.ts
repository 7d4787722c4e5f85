import { Address4 } from "ip-address";
import { prefixLength } from "./cidr";

/** Availability zones of a region, by the letter that ends their name. The region comes from the stack. */
export type ZoneLetter = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h";

export const ZONE_LETTERS: readonly ZoneLetter[] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The tiers that every VPC can have. */
export type BuiltInTier = "public" | "private" | "isolated";

/**
 * What a subnet is for: `public` has a route to the internet, `private` one through NAT, `isolated` none. Tiers of one's own
 * (`ownTiers`) have names of their own.
 */
export type SubnetTier = BuiltInTier | (string & {});

export const SUBNET_TIERS: readonly BuiltInTier[] = ["public", "private", "isolated"];

/**
 * A share of a block, as a fraction: `"6/8"` is one eighth, which begins six eighths into the block. Counts are 1, 2, 4, 8, 16 and 32, and the
 * first number is below the second.
 */
export type Slot = `${number}/${1 | 2 | 4 | 8 | 16 | 32}`;

/**
 * Which part of the VPC a tier has. This table is API: a change of it moves every subnet of every VPC that there is.
 *
 *     |------- private -------|-public-|isolated|--- free, for own tiers ---|
 *     0                      1/2      5/8      3/4                          1
 */
export const SLOTS: Readonly<Record<BuiltInTier, Slot>> = {
  private: "0/2",
  public: "4/8",
  isolated: "5/8",
};

/** Where the share of own tiers begins. */
const OWN_TIERS_FROM = 3 / 4;

/** Eight zones share a tier's slot. */
const ZONE_BITS = 3;

/** AWS: a VPC and a subnet are /16 to /28. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const LARGEST_VPC_PREFIX = 16;
/** Below /22 an eighth of an eighth of the VPC is smaller than /28, the smallest subnet of AWS. */
export const SMALLEST_PLANNED_VPC_PREFIX = 22;
/** AWS: the smallest VPC and the smallest subnet. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export const SMALLEST_PREFIX = 28;

/** A slot as numbers: slot `index` of `count` equal ones; undefined when it is not one. */
export function parsedSlot(slot: string): { readonly index: number; readonly count: number } | undefined {
  const [, index, count] = /^(\d+)\/(1|2|4|8|16|32)$/.exec(slot) ?? [];
  if (index === undefined || count === undefined || Number(index) >= Number(count)) return undefined;
  return { index: Number(index), count: Number(count) };
}

/** True when own tiers may have the slot of the VPC's first block: the other three quarters belong to the built-in tiers. */
export function isFreeSlot(slot: string): boolean {
  const parsed = parsedSlot(slot);
  return parsed !== undefined && parsed.index / parsed.count >= OWN_TIERS_FROM;
}

/** The smallest block, as a prefix length, that the slot can be cut out of with room for eight subnets. */
export function smallestBlockFor(slot: Slot): number {
  return SMALLEST_PREFIX - ZONE_BITS - Math.log2(parsedSlot(slot)?.count ?? 1);
}

/**
 * The CIDR block of a subnet: a function of the block that it is cut from, the tier's slot and the zone's letter, and of nothing
 * else. So no subnet moves when a zone or a tier is added or dropped.
 *
 * @param block IPv4 block of the VPC, large enough for the slot (`smallestBlockFor`)
 */
export function plannedSubnetCidr(block: string, slot: Slot, zone: ZoneLetter): string {
  const { index, count } = parsedSlot(slot) ?? { index: 0, count: 1 };
  const prefix = prefixLength(block) + Math.log2(count) + ZONE_BITS;
  const sizeOfSubnet = 1n << BigInt(32 - prefix);
  const number = (index << ZONE_BITS) + ZONE_LETTERS.indexOf(zone);
  const start = new Address4(block).startAddress().bigInt() + BigInt(number) * sizeOfSubnet;
  return `${Address4.fromBigInt(start).correctForm()}/${prefix}`;
}

/** A VPC has a /56 of IPv6 and a subnet a /64: 256 of them, eight for each of 32 slots. */
export const IPV6_SUBNET_BITS = 8;

/** The IPv6 slot of a tier with a slot in the VPC's first block, 0 to 31: as far into the /56 as the tier is into the IPv4 block. */
export function ipv6SlotOf(slot: Slot): number {
  const { index, count } = parsedSlot(slot) ?? { index: 0, count: 1 };
  return (index * 32) / count;
}

/** IPv6 slots that no slot in the VPC's first block leads to: for tiers that are elsewhere. */
export function isFreeIpv6Slot(slot: number): boolean {
  const taken = SUBNET_TIERS.map((tier) => ipv6SlotOf(SLOTS[tier]));
  return Number.isInteger(slot) && slot >= 0 && slot < 32 * OWN_TIERS_FROM && !taken.includes(slot);
}

/** Which of the 256 /64 blocks of the VPC a subnet has: a function of its tier's IPv6 slot and its zone, for ever. */
export function ipv6SubnetNumber(ipv6Slot: number, zone: ZoneLetter): number {
  return (ipv6Slot << ZONE_BITS) + ZONE_LETTERS.indexOf(zone);
}
