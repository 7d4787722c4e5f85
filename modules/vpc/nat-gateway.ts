import { Construct } from "constructs";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as AwsNatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import type { Subnet } from "./subnet";

export interface NatGatewayProps {
  /** Public subnet that it stands in. Changing it replaces the gateway, not its Elastic IP. */
  readonly subnet: Subnet;
  readonly internetGateway: InternetGateway;
  /**
   * Allocation id of an Elastic IP that exists already: `eipalloc-…`. Changing it replaces the gateway.
   * @default none: it gets an Elastic IP of its own
   */
  readonly allocationId?: string;
}

/**
 * A public NAT gateway with an Elastic IP of its own, which survives a replacement of the gateway, or with one that it is given.
 *
 * Replaced by: a change of `subnet` or `allocationId`. Costs: by the hour and by the gigabyte. https://aws.amazon.com/vpc/pricing/
 */
export class NatGateway extends Construct {
  readonly id: string;
  /** The address that the private subnets' traffic comes from. */
  readonly publicIp: string;
  readonly resource: AwsNatGateway;

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    const elasticIp = props.allocationId === undefined ? new Eip(this, "eip", { domain: "vpc" }) : undefined;
    this.resource = new AwsNatGateway(this, "Resource", {
      allocationId: elasticIp?.id ?? props.allocationId,
      subnetId: props.subnet.id,
      connectivityType: "public",
      // Without the gateway to the internet AWS refuses to make it, and nothing in the arguments says so.
      dependsOn: [props.internetGateway],
    });
    this.id = this.resource.id;
    this.publicIp = elasticIp?.publicIp ?? this.resource.publicIp;
  }
}
