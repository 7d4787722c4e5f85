import { shown, type Problems } from "../core";
import { contains, isCidr, networkOf, overlaps, prefixLength } from "./cidr";
import {
  LARGEST_VPC_PREFIX,
  parsedSlot,
  SMALLEST_PLANNED_VPC_PREFIX,
  SMALLEST_PREFIX,
  smallestBlockFor,
  type ZoneLetter,
} from "./subnet-plan";
import { subnetCidr } from "./tier-subnets";
import type { Tier } from "./tiers";
import type { VpcProps } from "./vpc-props";

interface WantedSubnet {
  readonly tier: Tier;
  readonly zone: ZoneLetter;
}

/** Checks blocks of the VPC, then those of its subnets where the former are right. */
export function checkCidrs(props: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  const blocks = [["cidr", props.cidr] as const, ...secondaryBlocks(props)];
  const areRight = blocks.map(([key, block]) => checkBlock(key, block, problems));
  checkBlocksApart(blocks, problems);
  checkUnusedCidrs(props, tiers, problems);
  if (!areRight.every(Boolean)) return;
  const wanted = wantedSubnets(tiers);
  if (checkRoomForPlan(props, wanted, problems)) checkSubnets(props, wanted, problems);
}

function secondaryBlocks({ secondaryCidrs = {} }: VpcProps): (readonly [string, string])[] {
  return Object.entries(secondaryCidrs).map(([name, block]) => [`secondaryCidrs.${name}`, block]);
}

function checkBlock(key: string, block: string, problems: Problems): boolean {
  if (!isCidr(block)) {
    problems.add(`${key} must be an IPv4 block such as "10.0.0.0/16", got ${shown(block)}`);
    return false;
  }
  problems.require(
    networkOf(block) === block,
    `${key} must start at its network address, got "${block}": write "${networkOf(block)}"`,
  );
  const prefix = prefixLength(block);
  const fits = prefix >= LARGEST_VPC_PREFIX && prefix <= SMALLEST_PREFIX;
  problems.require(fits, `${key} must be /${LARGEST_VPC_PREFIX} to /${SMALLEST_PREFIX}, got "${block}"`);
  return fits;
}

function checkBlocksApart(blocks: readonly (readonly [string, string])[], problems: Problems): void {
  const valid = blocks.filter(([, block]) => isCidr(block));
  for (const [position, [key, block]] of valid.entries()) {
    const other = valid.slice(0, position).find(([, earlier]) => overlaps(earlier, block));
    if (other) problems.add(`${key} (${block}) overlaps ${other[0]} (${other[1]}): take another block`);
  }
}

/** One for each tier and zone that is right and named once: what is wrong with the others has been said. */
function wantedSubnets(tiers: readonly Tier[]): WantedSubnet[] {
  return tiers
    .filter(({ slot }) => slot === undefined || parsedSlot(slot) !== undefined)
    .flatMap((tier) => [...new Set(tier.zones)].sort().map((zone) => ({ tier, zone })));
}

/** Whether the plan can be made for every subnet that has no block of its own. */
function checkRoomForPlan(props: VpcProps, wanted: readonly WantedSubnet[], problems: Problems): boolean {
  const planned = wanted.filter(({ tier, zone }) => props.subnetCidrs?.[tier.name]?.[zone] === undefined);
  const prefix = prefixLength(props.cidr);
  const inPlan = planned.filter(({ tier }) => tier.secondaryCidr === undefined);
  if (prefix > SMALLEST_PLANNED_VPC_PREFIX && (wanted.length === 0 || inPlan.length > 0)) {
    problems.add(
      `cidr must be /${LARGEST_VPC_PREFIX} to /${SMALLEST_PLANNED_VPC_PREFIX} for the automatic subnet plan, got "${props.cidr}": ` +
        "widen it or give subnetCidrs for every subnet",
    );
    return false;
  }
  const tooSmall = [...new Set(planned.map(({ tier }) => tier))].filter((tier) => !hasRoom(props, tier, problems));
  return tooSmall.length === 0;
}

function hasRoom(props: VpcProps, { name, slot, secondaryCidr }: Tier, problems: Problems): boolean {
  if (slot === undefined) {
    problems.add(`ownTiers.${name} has no slot: give it one, such as "6/8", or subnetCidrs for each of its subnets`);
    return false;
  }
  const block = secondaryCidr === undefined ? props.cidr : props.secondaryCidrs?.[secondaryCidr];
  if (block === undefined) return false;
  const smallest = smallestBlockFor(slot);
  const fits = prefixLength(block) <= smallest;
  problems.require(
    fits,
    `ownTiers.${name}.slot ${shown(slot)} needs a block of /${smallest} or larger for eight subnets, got "${block}": ` +
      "take a larger slot, or give subnetCidrs for each of its subnets",
  );
  return fits;
}

function checkUnusedCidrs({ subnetCidrs }: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  for (const [tier, zones] of Object.entries(subnetCidrs ?? {})) {
    for (const zone of Object.keys(zones) as ZoneLetter[]) {
      const used = tiers.some((each) => each.name === tier && each.zones.includes(zone));
      problems.require(
        used,
        `subnetCidrs.${tier}.${zone} is for a subnet that is not made: add its tier and zone, or drop it`,
      );
    }
  }
}

function checkSubnets(props: VpcProps, wanted: readonly WantedSubnet[], problems: Problems): void {
  const placed: { name: string; cidr: string }[] = [];
  for (const { tier, zone } of wanted) {
    const subnet = subnetCidr(props, tier, zone) ?? "";
    const isGiven = props.subnetCidrs?.[tier.name]?.[zone] !== undefined;
    const name = isGiven ? `subnetCidrs.${tier.name}.${zone}` : `the planned ${tier.name}.${zone}`;
    if (!isCidr(subnet) || networkOf(subnet) !== subnet) {
      problems.add(`${name} must be an IPv4 block that starts at its network address, got ${shown(subnet)}`);
      continue;
    }
    problems.require(
      prefixLength(subnet) <= SMALLEST_PREFIX,
      `${name} must be /${SMALLEST_PREFIX} or larger, got "${subnet}"`,
    );
    const blocks = [props.cidr, ...Object.values(props.secondaryCidrs ?? {})];
    problems.require(
      blocks.some((block) => contains(block, subnet)),
      `${name} must lie in the VPC's ${blocks.join(" or ")}, got "${subnet}"`,
    );
    const other = placed.find((candidate) => overlaps(candidate.cidr, subnet));
    if (other) problems.add(`${name} (${subnet}) overlaps ${other.name} (${other.cidr}): move one of the two`);
    placed.push({ name, cidr: subnet });
  }
}
