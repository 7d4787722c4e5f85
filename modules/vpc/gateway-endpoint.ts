import { Construct } from "constructs";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcEndpointRouteTableAssociation } from "@cdktf/provider-aws/lib/vpc-endpoint-route-table-association";
import { contextOf } from "../core";
import type { SubnetTier } from "./subnet-plan";
import type { RouteTable } from "./route-table";

/** The services that have gateway endpoints. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
export type GatewayService = "s3" | "dynamodb";

/** An IAM policy document: `{ Version: "2012-10-17", Statement: [...] }`. */
export type EndpointPolicy = Readonly<Record<string, unknown>>;

/** Who reaches a service through a gateway endpoint, and what for. */
export interface GatewayEndpointOptions {
  /**
   * Tiers whose subnets reach the service through it.
   * @default every tier that is not public
   */
  readonly tiers?: readonly SubnetTier[];
  /**
   * What may be done through it.
   * @default everything, as AWS does: the policies of roles and of what is reached decide
   */
  readonly policy?: EndpointPolicy;
}

export interface GatewayEndpointProps extends Pick<GatewayEndpointOptions, "policy"> {
  readonly vpcId: string;
  /** Changing it replaces the endpoint. */
  readonly service: GatewayService;
  /** Route tables that get a route to the service, by a name that becomes part of the address. */
  readonly routeTables: Readonly<Record<string, RouteTable>>;
}

/**
 * A way from private subnets to S3 or DynamoDB past the NAT gateways. Each route table is tied to it by a resource of its own.
 *
 * Replaced by: a change of `service`. Costs: nothing. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export class GatewayEndpoint extends Construct {
  readonly id: string;
  readonly arn: string;
  /** The service's addresses: for rules of security groups. */
  readonly prefixListId: string;
  readonly resource: VpcEndpoint;

  constructor(scope: Construct, id: string, props: GatewayEndpointProps) {
    super(scope, id);
    this.resource = new VpcEndpoint(this, "Resource", {
      vpcId: props.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${contextOf(this).region}.${props.service}`,
      policy: props.policy && JSON.stringify(props.policy),
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.prefixListId = this.resource.prefixListId;
    for (const [name, routeTable] of Object.entries(props.routeTables)) {
      new VpcEndpointRouteTableAssociation(this, name, { vpcEndpointId: this.id, routeTableId: routeTable.id });
    }
  }
}
