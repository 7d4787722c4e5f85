import { Construct } from "constructs";
import { VpcDhcpOptions } from "@cdktf/provider-aws/lib/vpc-dhcp-options";
import { VpcDhcpOptionsAssociation } from "@cdktf/provider-aws/lib/vpc-dhcp-options-association";

/** What servers are told when they start. https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html */
export interface DhcpOptionsOptions {
  /**
   * Domain that names without a dot belong to: `dev.acme.internal`.
   * @default "<region>.compute.internal", and "ec2.internal" in us-east-1, as AWS does
   */
  readonly domainName?: string;
  /**
   * Up to four name servers, as addresses or as `AmazonProvidedDNS`.
   * @default ["AmazonProvidedDNS"]: the VPC's own resolver
   */
  readonly domainNameServers?: readonly string[];
  /**
   * Up to four time servers.
   * @default none: Amazon's time service is at 169.254.169.123 anyway
   */
  readonly ntpServers?: readonly string[];
  /**
   * Up to four NetBIOS name servers.
   * @default none
   */
  readonly netbiosNameServers?: readonly string[];
}

export interface DhcpOptionsProps extends DhcpOptionsOptions {
  readonly vpcId: string;
}

/**
 * A set of DHCP options, and its tie to a VPC. AWS cannot change a set: with any change a new one is made, the VPC is tied to it, and
 * the old one goes. Servers notice when they renew their lease. Costs: nothing.
 */
export class DhcpOptions extends Construct {
  readonly id: string;
  readonly resource: VpcDhcpOptions;

  constructor(scope: Construct, id: string, props: DhcpOptionsProps) {
    super(scope, id);
    this.resource = new VpcDhcpOptions(this, "Resource", {
      domainName: props.domainName,
      domainNameServers: [...(props.domainNameServers ?? ["AmazonProvidedDNS"])],
      ntpServers: props.ntpServers && [...props.ntpServers],
      netbiosNameServers: props.netbiosNameServers && [...props.netbiosNameServers],
      // 2 is what AWS advises: neither broadcast nor multicast works in a VPC.
      netbiosNodeType: props.netbiosNameServers && "2",
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = this.resource.id;
    new VpcDhcpOptionsAssociation(this, "association", { vpcId: props.vpcId, dhcpOptionsId: this.id });
  }
}
