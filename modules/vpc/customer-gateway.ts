import { Construct } from "constructs";
import { CustomerGateway as AwsCustomerGateway } from "@cdktf/provider-aws/lib/customer-gateway";

export interface CustomerGatewayProps {
  /** Public IPv4 address of the device on your side. Changing it replaces the gateway. */
  readonly ipAddress: string;
  /**
   * Number of the autonomous system on your side, 1 to 2147483647. Changing it replaces the gateway.
   * @default 65000, as AWS's console does
   */
  readonly bgpAsn?: number;
}

/**
 * Your end of a VPN, as AWS knows it: the device's address. A VPN connection joins it and a `VpnGateway`.
 *
 * Replaced by: a change of any of its props; the new one is made before the old one goes. Costs: nothing.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html
 */
export class CustomerGateway extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly resource: AwsCustomerGateway;

  constructor(scope: Construct, id: string, props: CustomerGatewayProps) {
    super(scope, id);
    this.resource = new AwsCustomerGateway(this, "Resource", {
      type: "ipsec.1",
      ipAddress: props.ipAddress,
      bgpAsn: (props.bgpAsn ?? 65000).toString(),
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }
}
