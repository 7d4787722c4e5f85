import { Construct } from "constructs";
import { VpnGateway as AwsVpnGateway } from "@cdktf/provider-aws/lib/vpn-gateway";
import { VpnGatewayRoutePropagation } from "@cdktf/provider-aws/lib/vpn-gateway-route-propagation";
import type { RouteTable } from "./route-table";
import type { SubnetTier } from "./subnet-plan";

/** Who learns the routes of a VPN, and its number. */
export interface VpnGatewayOptions {
  /**
   * Tiers whose route tables learn the routes that come over the VPN.
   * @default none
   */
  readonly propagateTo?: readonly SubnetTier[];
  /**
   * Number of the autonomous system on Amazon's side: 64512 to 65534, or 4200000000 to 4294967294. Changing it replaces the gateway.
   * @default 64512, as AWS does
   */
  readonly amazonSideAsn?: number;
}

export interface VpnGatewayProps extends Pick<VpnGatewayOptions, "amazonSideAsn"> {
  readonly vpcId: string;
  /** Route tables that learn its routes, by a name that becomes part of the address. */
  readonly routeTables: Readonly<Record<string, RouteTable>>;
}

/**
 * The VPC's end of a VPN or of Direct Connect. Each route table learns its routes by a resource of its own.
 *
 * Replaced by: a change of `amazonSideAsn`. Costs: nothing; the VPN connections that are made to it do.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html
 */
export class VpnGateway extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly resource: AwsVpnGateway;

  constructor(scope: Construct, id: string, props: VpnGatewayProps) {
    super(scope, id);
    this.resource = new AwsVpnGateway(this, "Resource", {
      vpcId: props.vpcId,
      amazonSideAsn: props.amazonSideAsn?.toString(),
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    for (const [name, routeTable] of Object.entries(props.routeTables)) {
      new VpnGatewayRoutePropagation(this, name, { vpnGatewayId: this.id, routeTableId: routeTable.id });
    }
  }
}
