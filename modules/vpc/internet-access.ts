import type { Construct } from "constructs";
import { EgressOnlyInternetGateway } from "@cdktf/provider-aws/lib/egress-only-internet-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "./nat-gateway";
import type { RouteTable } from "./route-table";
import type { Subnet } from "./subnet";
import type { ZoneLetter } from "./subnet-plan";
import { routeTableName, type Routing, type Tier } from "./tiers";
import type { NatGateways, VpcProps } from "./vpc-props";

/** What of a VPC is there before it has a way to the internet. */
export interface Network {
  readonly id: string;
  readonly availabilityZones: readonly ZoneLetter[];
  readonly tiers: readonly Tier[];
  readonly subnets: Readonly<Record<string, { readonly [zone in ZoneLetter]?: Subnet }>>;
  routeTable(name: string): RouteTable;
}

/** NAT gateways by the zone that they stand in. */
export type NatGatewaysByZone = { readonly [zone in ZoneLetter]?: NatGateway };

/** Where NAT64 has its addresses. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html */
const NAT64 = "64:ff9b::/96";

/** Makes internet gateway and NAT gateways, with the routes that lead to them. */
export function createInternetAccess(vpc: Construct & Network, props: VpcProps): NatGatewaysByZone {
  const publicTables = tablesOf(vpc, "public");
  if (publicTables.length === 0) return {};
  const internetGateway = new InternetGateway(vpc, "internet_gateway", { vpcId: vpc.id });
  for (const [, table] of publicTables) {
    table.addDefaultRoute("internet", { gatewayId: internetGateway.id });
    if (props.ipv6) table.addDefaultIpv6Route("internet_ipv6", { gatewayId: internetGateway.id });
  }
  const privateTables = tablesOf(vpc, "private");
  if (privateTables.length === 0) return {};
  const natGateways = createNatGateways(vpc, props, internetGateway);
  const [firstZone] = natZones(vpc, props.natGateways);
  for (const [zone, table] of privateTables) {
    const nearest = natGateways[zone] ?? (firstZone && natGateways[firstZone]);
    if (!nearest) continue;
    table.addDefaultRoute("nat", { natGatewayId: nearest.id });
    if (props.dns64) table.addRoute("nat64", NAT64, { natGatewayId: nearest.id });
  }
  return natGateways;
}

/** Private tiers reach the internet over IPv6 by a gateway that lets nothing in. */
export function createEgressOnlyAccess(vpc: Construct & Network): void {
  const privateTables = tablesOf(vpc, "private");
  if (privateTables.length === 0) return;
  const gateway = new EgressOnlyInternetGateway(vpc, "egress_only_internet_gateway", { vpcId: vpc.id });
  for (const [, table] of privateTables) table.addDefaultIpv6Route("egress_ipv6", { egressOnlyGatewayId: gateway.id });
}

/** The zones that have a NAT gateway, the one that serves zones without first. */
export function natZones(
  { availabilityZones }: { readonly availabilityZones: readonly ZoneLetter[] },
  natGateways: NatGateways = "single",
): readonly ZoneLetter[] {
  if (typeof natGateways === "object") return natGateways.zones;
  switch (natGateways) {
    case "none":
      return [];
    case "single":
      return availabilityZones.slice(0, 1);
    case "per-az":
      return availabilityZones;
  }
}

/** The tier that NAT gateways stand in: the built-in one, else the first own one that routes to the internet. */
export function natTier(tiers: readonly Tier[]): Tier | undefined {
  return tiers.find(({ name }) => name === "public") ?? tiers.find(({ routing }) => routing === "public");
}

function createNatGateways(
  vpc: Construct & Network,
  { natGateways, natElasticIps }: VpcProps,
  internetGateway: InternetGateway,
): NatGatewaysByZone {
  const subnets = vpc.subnets[natTier(vpc.tiers)?.name ?? "public"];
  return Object.fromEntries(
    natZones(vpc, natGateways).flatMap((zone) => {
      const subnet = subnets?.[zone];
      const allocationId = natElasticIps?.[zone];
      return subnet ? [[zone, new NatGateway(vpc, `nat_${zone}`, { subnet, internetGateway, allocationId })]] : [];
    }),
  );
}

/** The route tables of the tiers that are routed so, each once, with a zone that it serves. */
function tablesOf(vpc: Network, routing: Routing): [ZoneLetter, RouteTable][] {
  const zones = vpc.tiers
    .filter((tier) => tier.routing === routing)
    .flatMap((tier) => tier.zones.map((zone): [string, ZoneLetter] => [routeTableName(tier, zone), zone]));
  return [...new Map(zones)].map(([name, zone]) => [zone, vpc.routeTable(name)]);
}
