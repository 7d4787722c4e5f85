import { Construct } from "constructs";
import { NetworkAcl as AwsNetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclAssociation } from "@cdktf/provider-aws/lib/network-acl-association";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { trafficOf, type Port } from "../ec2/ports";
import { familyOf, type IpFamily } from "./cidr";
import type { SubnetLike } from "./vpc-like";

/** One rule of a network ACL. */
export interface NetworkAclRuleOptions {
  /**
   * 1 to 32766; the lowest number that matches decides. AWS advises to leave gaps. Changing it replaces the rule.
   * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
   */
  readonly number: number;
  readonly action: "allow" | "deny";
  /** IPv4 or IPv6 block of the other end. Changing it replaces the rule. */
  readonly cidr: string;
  /**
   * Which of the two a `cidr` that is a reference stands for: `"ipv6"` for another VPC's `ipv6Cidr`.
   * @default what it is written as; a reference is "ipv4"
   */
  readonly family?: IpFamily;
  /** What goes through: a TCP port, a service by name, a range, or everything. Changing it replaces the rule. */
  readonly port: Port;
}

/** Rules by a name of your own, which becomes part of their addresses. */
export interface NetworkAclOptions {
  /** What comes into the subnets. Answers to what went out come in at ports 1024 to 65535. */
  readonly ingress: Readonly<Record<string, NetworkAclRuleOptions>>;
  /** What leaves the subnets. Answers to what came in leave to ports 1024 to 65535. */
  readonly egress: Readonly<Record<string, NetworkAclRuleOptions>>;
}

export interface NetworkAclProps extends NetworkAclOptions {
  readonly vpcId: string;
  /** The subnets that it guards. A subnet that is dropped falls back to the VPC's default network ACL. */
  readonly subnets: readonly SubnetLike[];
}

/**
 * A network ACL with its rules and its ties to subnets, each a resource of its own: adding one touches no other.
 *
 * It is stateless: for whatever is let in, the answer has to be let out, and the other way round. Replaced by: nothing that can be
 * said here. Costs: nothing.
 */
export class NetworkAcl extends Construct {
  readonly id: string;
  readonly resource: AwsNetworkAcl;

  constructor(scope: Construct, id: string, props: NetworkAclProps) {
    super(scope, id);
    this.resource = new AwsNetworkAcl(this, "Resource", { vpcId: props.vpcId });
    this.id = this.resource.id;
    this.createRules("ingress", props.ingress);
    this.createRules("egress", props.egress);
    for (const { id: subnetId, zone } of props.subnets) {
      new NetworkAclAssociation(this, zone, { networkAclId: this.id, subnetId });
    }
  }

  private createRules(direction: "ingress" | "egress", rules: Readonly<Record<string, NetworkAclRuleOptions>>): void {
    for (const [name, rule] of Object.entries(rules)) {
      new NetworkAclRule(this, `${direction}_${name}`, {
        networkAclId: this.id,
        egress: direction === "egress",
        ruleNumber: rule.number,
        ruleAction: rule.action,
        ...(familyOf(rule.cidr, rule.family) === "ipv6" ? { ipv6CidrBlock: rule.cidr } : { cidrBlock: rule.cidr }),
        ...protocolArguments(rule),
      });
    }
  }
}

function protocolArguments({ port }: NetworkAclRuleOptions): {
  protocol: string;
  fromPort?: number;
  toPort?: number;
  icmpType?: number;
  icmpCode?: number;
} {
  const traffic = trafficOf(port);
  if (traffic.protocol === "all") return { protocol: "-1" };
  if ("type" in traffic) return { protocol: traffic.protocol, icmpType: traffic.type, icmpCode: traffic.code ?? -1 };
  return { protocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
}
