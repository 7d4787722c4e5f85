import { Construct } from "constructs";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { contextOf } from "../core";
import type { Connectable, Peer } from "../ec2/peer";
import { SecurityGroup } from "../ec2/security-group";
import type { EndpointPolicy } from "./gateway-endpoint";
import type { SubnetTier } from "./subnet-plan";
import type { VpcLike } from "./vpc-like";

/** What Session Manager needs where there is no way to the internet. https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html */
export const SESSION_MANAGER_SERVICES = ["ssm", "ssmmessages", "ec2messages"] as const;

/** Where an interface endpoint is, and what it is for. */
export interface InterfaceEndpointOptions {
  /**
   * Tier that it has a network interface in, one in each of the tier's zones. A zone that is added is added in place.
   * @default "private"; without private subnets "isolated"
   */
  readonly subnets?: SubnetTier;
  /**
   * Let the service's usual names lead to the endpoint, for everything in the VPC.
   * @default true
   */
  readonly privateDns?: boolean;
  /**
   * What may be done through it.
   * @default everything, as AWS does: the policies of roles and of what is reached decide
   */
  readonly policy?: EndpointPolicy;
  /**
   * The service's whole name, for one that is not AWS's or whose name is not the usual one. Changing it replaces the endpoint.
   * @default "com.amazonaws.<region>.<service>"
   */
  readonly serviceName?: string;
}

export interface InterfaceEndpointProps extends InterfaceEndpointOptions {
  readonly vpc: VpcLike;
  /** The service: `ssm`, `ecr.api`. Changing it replaces the endpoint. */
  readonly service: string;
  /**
   * Blocks that reach it, by a name that becomes part of the address of the rule.
   * @default { vpc: the VPC's first block }
   */
  readonly clientCidrs?: Readonly<Record<string, string>>;
}

/**
 * A service of AWS, or somebody else's, as network interfaces in the VPC, with a security group that lets in HTTPS from the VPC.
 *
 * Replaced by: a change of the service. Costs: by the hour for each zone, and by the gigabyte.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export class InterfaceEndpoint extends Construct implements Connectable {
  readonly id: string;
  readonly arn: string;
  readonly securityGroup: SecurityGroup;
  readonly resource: VpcEndpoint;

  constructor(scope: Construct, id: string, props: InterfaceEndpointProps) {
    super(scope, id);
    const { vpc, service } = props;
    this.securityGroup = new SecurityGroup(this, "security_group", { vpc, egress: "none" });
    for (const [name, cidr] of Object.entries(props.clientCidrs ?? { vpc: vpc.cidr })) {
      this.securityGroup.addIngressRule(this.securityGroup, `from_${name}_443`, { cidr }, "https");
    }
    this.resource = new VpcEndpoint(this, "Resource", {
      vpcId: vpc.id,
      vpcEndpointType: "Interface",
      serviceName: props.serviceName ?? `com.amazonaws.${contextOf(this).region}.${service}`,
      subnetIds: vpc.subnetIds(props.subnets ?? usualTier(vpc)),
      securityGroupIds: [this.securityGroup.id],
      privateDnsEnabled: props.privateDns ?? true,
      policy: props.policy && JSON.stringify(props.policy),
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }

  /** Lets `client` reach the service: what comes from outside of the VPC, by peering or VPN. */
  allowFrom(client: Peer): void {
    this.securityGroup.allowFrom(client, "https");
  }
}

/** What is private to the VPC is best placed where nothing comes in. */
export function usualTier(vpc: VpcLike): SubnetTier {
  const hasPrivate = Object.keys(vpc.subnets["private"] ?? {}).length > 0;
  return hasPrivate ? "private" : "isolated";
}
