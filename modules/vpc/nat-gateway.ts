import { Construct } from "constructs";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as AwsNatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import type { Subnet } from "./subnet";

export interface NatGatewayProps {
  /** Public subnet that it stands in. Changing it replaces the gateway, not its Elastic IP. */
  readonly subnet: Subnet;
  readonly internetGateway: InternetGateway;
}

/**
 * A public NAT gateway with an Elastic IP of its own, which survives a replacement of the gateway.
 * It costs by the hour and by the gigabyte: https://aws.amazon.com/vpc/pricing/
 */
export class NatGateway extends Construct {
  readonly id: string;
  /** The address that the private subnets' traffic comes from. */
  readonly publicIp: string;
  readonly resource: AwsNatGateway;

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    const elasticIp = new Eip(this, "eip", { domain: "vpc" });
    this.resource = new AwsNatGateway(this, "Resource", {
      allocationId: elasticIp.id,
      subnetId: props.subnet.id,
      connectivityType: "public",
      // Without the gateway to the internet AWS refuses to make it, and nothing in the arguments says so.
      dependsOn: [props.internetGateway],
    });
    this.id = this.resource.id;
    this.publicIp = elasticIp.publicIp;
  }
}
