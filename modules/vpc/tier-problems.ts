import { shown, type Problems } from "../core";
import { isFreeIpv6Slot, isFreeSlot, parsedSlot, SUBNET_TIERS, ZONE_LETTERS, type BuiltInTier } from "./subnet-plan";
import type { Tier } from "./tiers";
import type { VpcProps } from "./vpc-props";

/** A last part of one letter would look like a zone: `private_a` is the route table of tier `private` in zone a. */
const TIER_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]{2,})*$/;

/** `nat_a` is the NAT gateway in zone a. */
const RESERVED = ["nat"];

export function checkTiers(props: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  checkSubnetTiers(props, problems);
  checkOwnTiers(props, problems);
  checkIpv6Slots(props, tiers, problems);
  for (const tier of tiers) checkOptions(tier, props, problems);
}

function checkSubnetTiers({ subnetTiers, tierOptions = {}, ownTiers = {} }: VpcProps, problems: Problems): void {
  const has = subnetTiers ?? SUBNET_TIERS;
  problems.require(has.length + Object.keys(ownTiers).length > 0, "subnetTiers must name at least one tier, got none");
  const repeated = has.filter((tier, index) => has.indexOf(tier) !== index);
  problems.require(repeated.length === 0, `subnetTiers names ${shown(repeated[0])} twice: name each tier once`);
  for (const tier of has) {
    problems.require(
      SUBNET_TIERS.includes(tier),
      `subnetTiers names ${shown(tier)}: the built-in tiers are public, private and isolated, others go to ownTiers`,
    );
  }
  for (const tier of Object.keys(tierOptions) as BuiltInTier[]) {
    problems.require(has.includes(tier), `tierOptions.${tier} is for a tier that is not made: add it to subnetTiers`);
  }
}

function checkOwnTiers({ ownTiers = {}, secondaryCidrs = {} }: VpcProps, problems: Problems): void {
  for (const [name, { slot, secondaryCidr, ipv6Slot }] of Object.entries(ownTiers)) {
    problems.require(
      TIER_NAME.test(name) && !RESERVED.includes(name) && !SUBNET_TIERS.includes(name as BuiltInTier),
      `ownTiers must be named with lower-case letters, digits and underscores, not like a built-in tier or "nat", ` +
        `and not end in "_" and one letter, got ${shown(name)}`,
    );
    problems.require(
      secondaryCidr === undefined || secondaryCidrs[secondaryCidr] !== undefined,
      `ownTiers.${name}.secondaryCidr names ${shown(secondaryCidr)}, secondaryCidrs has ${shown(Object.keys(secondaryCidrs))}: name one of these`,
    );
    if (slot !== undefined) checkSlot(name, slot, secondaryCidr !== undefined, problems);
    problems.require(
      ipv6Slot === undefined || isFreeIpv6Slot(ipv6Slot),
      `ownTiers.${name}.ipv6Slot must be 1 to 15, 17 to 19 or 21 to 23, got ${shown(ipv6Slot)}: the others belong to slots of the VPC's first block`,
    );
  }
}

function checkSlot(name: string, slot: string, isElsewhere: boolean, problems: Problems): void {
  if (parsedSlot(slot) === undefined) {
    problems.add(
      `ownTiers.${name}.slot must be a fraction below 1 of 1, 2, 4, 8, 16 or 32 parts, such as "6/8", got ${shown(slot)}`,
    );
    return;
  }
  problems.require(
    isElsewhere || isFreeSlot(slot),
    `ownTiers.${name}.slot must lie in the last quarter of the VPC ("3/4", "6/8", "7/8", "12/16" to "15/16", "24/32" to "31/32"), ` +
      `got ${shown(slot)}: the rest belongs to the built-in tiers`,
  );
}

function checkIpv6Slots({ ipv6 }: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  if (!ipv6) return;
  for (const [position, { name, ipv6Slot }] of tiers.entries()) {
    if (ipv6Slot === undefined) {
      problems.add(
        `ownTiers.${name} needs an ipv6Slot, because no slot in the VPC's first block tells it: 1 to 15 are free`,
      );
      continue;
    }
    const other = tiers.slice(0, position).find((each) => each.ipv6Slot === ipv6Slot);
    if (other && tiers.some((tier) => tier.secondaryCidr !== undefined || tier.slot === undefined))
      problems.add(`ownTiers.${name} has the ipv6Slot ${ipv6Slot}, as ${other.name} has: give it another`);
  }
}

function checkOptions(tier: Tier, { availabilityZones, ownTiers = {} }: VpcProps, problems: Problems): void {
  const key = ownTiers[tier.name] ? `ownTiers.${tier.name}` : `tierOptions.${tier.name}`;
  const options = ownTiers[tier.name]?.availabilityZones ?? tier.availabilityZones;
  for (const zone of options ?? []) {
    problems.require(
      availabilityZones.includes(zone),
      `${key}.availabilityZones names ${shown(zone)}, the VPC has ${shown(availabilityZones)}: name zones of the VPC`,
    );
  }
  problems.require(
    options === undefined || options.some((zone) => (ZONE_LETTERS as readonly string[]).includes(zone)),
    `${key}.availabilityZones must name at least one zone, got none: drop the tier instead`,
  );
  problems.require(
    !tier.mapPublicIpOnLaunch || tier.routing === "public",
    `${key}.mapPublicIpOnLaunch is for public tiers, got one with routing ${shown(tier.routing)}: nobody could reach the address`,
  );
}
