import { Construct } from "constructs";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable as AwsRouteTable } from "@cdktf/provider-aws/lib/route-table";
import { familyOf, type IpFamily } from "./cidr";
import type { ZoneLetter } from "./subnet-plan";

export interface RouteTableProps {
  /** Changing it replaces the route table. */
  readonly vpcId: string;
}

/** A route leads to exactly one of these. `gatewayId` is an internet or a VPN gateway. */
export type RouteTarget =
  | { readonly gatewayId: string }
  | { readonly natGatewayId: string }
  | { readonly egressOnlyGatewayId: string }
  | { readonly transitGatewayId: string }
  | { readonly vpcPeeringConnectionId: string }
  | { readonly vpcEndpointId: string }
  | { readonly networkInterfaceId: string }
  | { readonly coreNetworkArn: string }
  | { readonly carrierGatewayId: string }
  | { readonly localGatewayId: string };

/** A target in each zone, such as the endpoints of a firewall. */
export interface RouteTargetByZone {
  readonly byZone: { readonly [zone in ZoneLetter]?: RouteTarget };
}

/** Where a route goes, and by which way. */
export interface RouteOptions {
  /** IPv4 or IPv6 block, or a prefix list. Changing it replaces the route. */
  readonly destination: string | { readonly prefixListId: string };
  /**
   * Which of the two a `destination` that is a reference stands for: `"ipv6"` for another VPC's `ipv6Cidr`.
   * @default what it is written as; a reference is "ipv4"
   */
  readonly family?: IpFamily;
  /**
   * The next hop: `{ transitGatewayId: "tgw-…" }`; by zone (`{ byZone: { a: …, b: … } }`) in private tiers, which have a route table for
   * each zone. It is changed in place.
   */
  readonly via: RouteTarget | RouteTargetByZone;
}

const ANYWHERE = "0.0.0.0/0";
const ANYWHERE_IPV6 = "::/0";

/**
 * A route table whose routes are resources of their own, so that adding one leaves the others alone.
 *
 * Replaced by: a change of `vpcId`. Costs: nothing.
 */
export class RouteTable extends Construct {
  readonly id: string;
  readonly resource: AwsRouteTable;

  constructor(scope: Construct, id: string, props: RouteTableProps) {
    super(scope, id);
    this.resource = new AwsRouteTable(this, "Resource", { vpcId: props.vpcId });
    this.id = this.resource.id;
  }

  /**
   * Sends what no other route takes to `target`. A changed target is changed in place.
   * @param name ends the address: `internet` or `nat`
   */
  addDefaultRoute(name: string, target: RouteTarget): Route {
    return this.addRoute(name, ANYWHERE, target);
  }

  /** The same for IPv6. */
  addDefaultIpv6Route(name: string, target: RouteTarget): Route {
    return this.addRoute(name, ANYWHERE_IPV6, target);
  }

  /**
   * Sends what is for `destination` to `target`. A changed target is changed in place, a changed destination replaces the route.
   * @param name ends the address
   * @param family of a destination that is a reference; default "ipv4"
   */
  addRoute(
    name: string,
    destination: RouteOptions["destination"],
    target: RouteTarget,
    family?: RouteOptions["family"],
  ): Route {
    return new Route(this, name, { routeTableId: this.id, ...destinationArguments(destination, family), ...target });
  }
}

function destinationArguments(
  destination: RouteOptions["destination"],
  family: RouteOptions["family"],
): {
  destinationCidrBlock?: string;
  destinationIpv6CidrBlock?: string;
  destinationPrefixListId?: string;
} {
  if (typeof destination !== "string") return { destinationPrefixListId: destination.prefixListId };
  return familyOf(destination, family) === "ipv6"
    ? { destinationIpv6CidrBlock: destination }
    : { destinationCidrBlock: destination };
}
