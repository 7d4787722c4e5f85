import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import { isCidr, overlaps } from "./cidr";
import { checkCidrs } from "./cidr-problems";
import { checkNetworkAcls, checkRoutes } from "./traffic-problems";
import { natTier, natZones } from "./internet-access";
import { ZONE_LETTERS, type ZoneLetter } from "./subnet-plan";
import { checkTiers } from "./tier-problems";
import { tiersOf, type Tier } from "./tiers";
import type { PeeringOptions, VpcProps } from "./vpc-props";

/** Refuses what decides the structure of a VPC and is wrong: all of it at once. */
export function checkVpcProps(construct: Construct, props: VpcProps): void {
  const problems = new Problems(construct, "Vpc");
  const tiers = tiersOf(props);
  checkRegion(construct, problems);
  checkZones(props, problems);
  checkTiers(props, tiers, problems);
  checkNatGateways(props, tiers, problems);
  checkIpv6(props, tiers, problems);
  checkCidrs(props, tiers, problems);
  checkNetworkAcls(tiers, problems);
  checkRoutes(tiers, problems);
  checkTierNames(props, tiers, problems);
  checkPeerings(construct, props, tiers, problems);
  problems.throwIfAny();
}

function checkRegion(construct: Construct, problems: Problems): void {
  problems.require(
    contextOf(construct).region !== "",
    "it needs a region to name its availability zones, got none: put it into an EnvironmentStack, or say where it is with provideContext",
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

function checkNatGateways(props: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  const { natGateways, natElasticIps = {} } = props;
  const zones = natZones(props, natGateways);
  const publicTier = natTier(tiers);
  const hasPrivate = tiers.some(({ routing }) => routing === "private");
  // Left out, it is what can be: without private subnets there is nobody to serve.
  const isWanted = natGateways !== undefined && natGateways !== "none";
  problems.require(
    !isWanted || (publicTier !== undefined && hasPrivate),
    `natGateways ${shown(natGateways)} needs the tiers "public" (where they stand) and "private" (whom they serve), ` +
      `got ${shown(tiers.map(({ name }) => name))}: add the tier, or set natGateways to "none"`,
  );
  problems.require(
    typeof natGateways !== "object" || zones.length > 0,
    'natGateways.zones must name at least one zone, got none: set natGateways to "none"',
  );
  problems.require(
    !publicTier || !hasPrivate || zones.every((zone) => publicTier.zones.includes(zone)),
    `natGateways stand in zones ${shown(zones)}, and tier ${shown(publicTier?.name)} has subnets in ${shown(publicTier?.zones)}: ` +
      "name zones that it is in",
  );
  for (const zone of Object.keys(natElasticIps) as ZoneLetter[]) {
    problems.require(
      zones.includes(zone),
      `natElasticIps.${zone} is for a NAT gateway that is not made: add the zone to natGateways, or drop it`,
    );
  }
}

function checkIpv6({ ipv6, dns64, natGateways }: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  const hasNat =
    natGateways !== "none" && natTier(tiers) !== undefined && tiers.some(({ routing }) => routing === "private");
  problems.require(
    !dns64 || (ipv6 === true && hasNat),
    `dns64 needs ipv6 and NAT gateways, got ipv6 ${shown(ipv6 ?? false)} and natGateways ${shown(natGateways ?? "single")}: ` +
      "turn both on, or drop it",
  );
}

/** What is told about a tier that is not there. */
function checkTierNames(props: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  const names = tiers.filter(({ zones }) => zones.length > 0).map(({ name }) => name);
  const { gatewayEndpoints = {}, interfaceEndpoints = {}, peerings = {} } = props;
  const check = (key: string, named: readonly (string | undefined)[]): void => {
    for (const tier of named) {
      problems.require(
        tier === undefined || names.includes(tier),
        `${key} names tier ${shown(tier)}, the VPC has ${shown(names)}: name one of these`,
      );
    }
  };
  for (const [service, options] of Object.entries(gatewayEndpoints))
    check(`gatewayEndpoints.${service}.tiers`, options.tiers ?? []);
  for (const [service, { subnets }] of Object.entries(interfaceEndpoints))
    check(`interfaceEndpoints.${service}.subnets`, [subnets]);
  for (const [name, { tiers: named = [] }] of Object.entries(peerings)) check(`peerings.${name}.tiers`, named);
  check("sessionManagerEndpoints.subnets", [props.sessionManagerEndpoints?.subnets]);
  check("vpnGateway.propagateTo", props.vpnGateway?.propagateTo ?? []);
  const closed = names.includes("private") || names.includes("isolated");
  const unplaced = [...Object.entries(interfaceEndpoints), ["sessionManagerEndpoints", props.sessionManagerEndpoints]];
  for (const [name, options] of unplaced as [string, { subnets?: string } | undefined][]) {
    problems.require(
      closed || options === undefined || options.subnets !== undefined,
      `interface endpoint ${shown(name)} must name its subnets, because there is neither a private nor an isolated tier: name one of ${shown(names)}`,
    );
  }
}

function checkPeerings(construct: Construct, props: VpcProps, tiers: readonly Tier[], problems: Problems): void {
  const { account, region } = contextOf(construct);
  const blocks = [props.cidr, ...Object.values(props.secondaryCidrs ?? {})].filter(isCidr);
  for (const [name, { dnsResolution, ...peer }] of Object.entries(props.peerings ?? {})) {
    const overlapping = isCidr(peer.cidr) ? blocks.find((block) => overlaps(block, peer.cidr)) : undefined;
    problems.require(
      overlapping === undefined,
      `peerings.${name}.cidr ${shown(peer.cidr)} overlaps the VPC's ${overlapping}: AWS peers no VPCs that overlap`,
    );
    const sameName = tiers.find((tier) => leadsToPeer(tier, peer) && tier.routes?.[name] !== undefined);
    problems.require(
      sameName === undefined,
      `peerings.${name} makes routes of its own: the route ${shown(name)} of tier ${sameName?.name} needs another name`,
    );
    const isNear = (peer.account ?? account) === account && (peer.region ?? region) === region;
    problems.require(
      !dnsResolution || isNear,
      `peerings.${name}.dnsResolution needs a peer in this account and region, got ${shown(peer)}: ` +
        "drop it, or make a PeeringConnection with an accepterProvider",
    );
  }
}

function leadsToPeer({ name, routing }: Tier, { tiers }: Pick<PeeringOptions, "tiers">): boolean {
  return tiers ? tiers.includes(name) : routing !== "public";
}
