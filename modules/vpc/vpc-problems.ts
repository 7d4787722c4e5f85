import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import {
  contains,
  isCidr,
  LARGEST_VPC_PREFIX,
  networkOf,
  overlaps,
  plannedSubnetCidr,
  prefixLength,
  SMALLEST_PLANNED_VPC_PREFIX,
  SUBNET_TIERS,
  ZONE_LETTERS,
  type SubnetTier,
  type ZoneLetter,
} from "./subnet-plan";
import type { VpcProps } from "./vpc";

/** AWS: the smallest VPC and the smallest subnet. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const SMALLEST_PREFIX = 28;

/** Refuses what decides the structure of a VPC and is wrong: all of it at once. */
export function checkVpcProps(construct: Construct, props: VpcProps): void {
  const problems = new Problems(construct, "Vpc");
  checkRegion(construct, problems);
  checkZones(props, problems);
  checkTiers(props, problems);
  checkCidrs(props, problems);
  problems.throwIfAny();
}

function checkRegion(construct: Construct, problems: Problems): void {
  problems.require(
    contextOf(construct).region !== "",
    "it needs a region to name its availability zones, got none: put it into an EnvironmentStack",
  );
}

function checkZones({ availabilityZones }: VpcProps, problems: Problems): void {
  const zones: readonly string[] = availabilityZones;
  problems.require(
    zones.length >= 1 && zones.length <= ZONE_LETTERS.length,
    `availabilityZones must name 1 to ${ZONE_LETTERS.length} zones, got ${zones.length === 0 ? "none" : zones.length}`,
  );
  for (const zone of zones) {
    problems.require(
      (ZONE_LETTERS as readonly string[]).includes(zone),
      `availabilityZones are letters a to h, got ${shown(zone)}: the region comes from the stack`,
    );
  }
  const repeated = zones.filter((zone, index) => zones.indexOf(zone) !== index);
  problems.require(repeated.length === 0, `availabilityZones names ${shown(repeated[0])} twice: name each zone once`);
}

function checkTiers({ subnetTiers, natGateways }: VpcProps, problems: Problems): void {
  if (!subnetTiers) return;
  problems.require(subnetTiers.length > 0, "subnetTiers must name at least one tier, got none");
  const repeated = subnetTiers.filter((tier, index) => subnetTiers.indexOf(tier) !== index);
  problems.require(repeated.length === 0, `subnetTiers names ${shown(repeated[0])} twice: name each tier once`);
  const wantsNat = natGateways === "single" || natGateways === "per-az";
  problems.require(
    !wantsNat || (subnetTiers.includes("public") && subnetTiers.includes("private")),
    `natGateways ${shown(natGateways)} needs the tiers "public" (where they stand) and "private" (whom they serve), ` +
      `got ${shown(subnetTiers)}: add the tier, or set natGateways to "none"`,
  );
}

function checkCidrs(props: VpcProps, problems: Problems): void {
  const { cidr } = props;
  if (!isCidr(cidr)) {
    problems.add(`cidr must be an IPv4 block such as "10.0.0.0/16", got ${shown(cidr)}`);
    return;
  }
  problems.require(
    networkOf(cidr) === cidr,
    `cidr must start at its network address, got "${cidr}": write "${networkOf(cidr)}"`,
  );
  const prefix = prefixLength(cidr);
  if (prefix < LARGEST_VPC_PREFIX || prefix > SMALLEST_PREFIX) {
    problems.add(`cidr must be /${LARGEST_VPC_PREFIX} to /${SMALLEST_PREFIX}, got "${cidr}"`);
    return;
  }
  const wanted = wantedSubnets(props);
  const allNamed =
    wanted.length > 0 && wanted.every(({ tier, zone }) => props.subnetCidrs?.[tier]?.[zone] !== undefined);
  if (prefix > SMALLEST_PLANNED_VPC_PREFIX && !allNamed) {
    problems.add(
      `cidr must be /${LARGEST_VPC_PREFIX} to /${SMALLEST_PLANNED_VPC_PREFIX} for the automatic subnet plan, got "${cidr}": ` +
        "widen it or give subnetCidrs for every subnet",
    );
    return;
  }
  checkUnusedCidrs(props, problems);
  checkSubnets(props, wanted, problems);
}

/** One for each tier and zone that is right and named once: what is wrong with the others has been said. */
function wantedSubnets({ subnetTiers, availabilityZones }: VpcProps): { tier: SubnetTier; zone: ZoneLetter }[] {
  const tiers = new Set(subnetTiers ?? SUBNET_TIERS);
  const zones = ZONE_LETTERS.filter((zone) => availabilityZones.includes(zone));
  return [...tiers].flatMap((tier) => zones.map((zone) => ({ tier, zone })));
}

function checkUnusedCidrs({ subnetCidrs, subnetTiers, availabilityZones }: VpcProps, problems: Problems): void {
  for (const [tier, zones] of Object.entries(subnetCidrs ?? {}) as [
    SubnetTier,
    Partial<Record<ZoneLetter, string>>,
  ][]) {
    for (const zone of Object.keys(zones) as ZoneLetter[]) {
      const used = (subnetTiers ?? SUBNET_TIERS).includes(tier) && availabilityZones.includes(zone);
      problems.require(
        used,
        `subnetCidrs.${tier}.${zone} is for a subnet that is not made: add its tier and zone, or drop it`,
      );
    }
  }
}

function checkSubnets(
  { cidr, subnetCidrs }: VpcProps,
  wanted: readonly { tier: SubnetTier; zone: ZoneLetter }[],
  problems: Problems,
): void {
  const placed: { name: string; cidr: string }[] = [];
  for (const { tier, zone } of wanted) {
    const given = subnetCidrs?.[tier]?.[zone];
    const name = given === undefined ? `the planned ${tier}.${zone}` : `subnetCidrs.${tier}.${zone}`;
    const subnet = given ?? plannedSubnetCidr(cidr, tier, zone);
    if (!isCidr(subnet) || networkOf(subnet) !== subnet) {
      problems.add(`${name} must be an IPv4 block that starts at its network address, got ${shown(subnet)}`);
      continue;
    }
    problems.require(
      prefixLength(subnet) <= SMALLEST_PREFIX,
      `${name} must be /${SMALLEST_PREFIX} or larger, got "${subnet}"`,
    );
    problems.require(contains(cidr, subnet), `${name} must lie in the VPC's ${cidr}, got "${subnet}"`);
    const other = placed.find((candidate) => overlaps(candidate.cidr, subnet));
    if (other) problems.add(`${name} (${subnet}) overlaps ${other.name} (${other.cidr}): move one of the two`);
    placed.push({ name, cidr: subnet });
  }
}
