import { Construct } from "constructs";
import { Ec2InstanceConnectEndpoint } from "@cdktf/provider-aws/lib/ec2-instance-connect-endpoint";
import { Problems, shown } from "../core";
import { allow } from "../ec2/allow";
import type { Connectable } from "../ec2/peer";
import type { Port } from "../ec2/ports";
import { SecurityGroup } from "../ec2/security-group";
import { usualTier } from "./interface-endpoint";
import type { SubnetTier, ZoneLetter } from "./subnet-plan";
import type { VpcLike } from "./vpc-like";

/** Where an Instance Connect Endpoint stands, and what servers see of it. */
export interface InstanceConnectEndpointOptions {
  /**
   * Tier of the subnet that it stands in. Changing it replaces the endpoint.
   * @default "private"; without private subnets "isolated"
   */
  readonly subnets?: SubnetTier;
  /**
   * Zone that it stands in; it reaches the others too. Changing it replaces the endpoint.
   * @default the tier's first
   */
  readonly availabilityZone?: ZoneLetter;
  /**
   * Let servers see the address of whoever connects, instead of the endpoint's. Changing it replaces the endpoint.
   * @default false
   */
  readonly preserveClientIp?: boolean;
}

export interface InstanceConnectEndpointProps extends InstanceConnectEndpointOptions {
  readonly vpc: VpcLike;
}

/**
 * An EC2 Instance Connect Endpoint: SSH and RDP to servers without public addresses, for whom IAM lets use it. It reaches no server until that is
 * allowed on both sides: `endpoint.allowTo(server)`. A VPC can have one.
 *
 * Replaced by: a change of any of its props. Costs: nothing but traffic between zones.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html
 */
export class InstanceConnectEndpoint extends Construct implements Connectable {
  readonly id: string;
  readonly arn: string;
  /** Lets nothing in, and out only what `allowTo` names. */
  readonly securityGroup: SecurityGroup;
  readonly resource: Ec2InstanceConnectEndpoint;

  /** @throws InvalidConstructError when the tier has no subnet in the zone */
  constructor(scope: Construct, id: string, props: InstanceConnectEndpointProps) {
    super(scope, id);
    const { vpc } = props;
    const subnetId = this.subnetIdOf(props);
    this.securityGroup = new SecurityGroup(this, "security_group", { vpc, egress: "none" });
    this.resource = new Ec2InstanceConnectEndpoint(this, "Resource", {
      subnetId,
      securityGroupIds: [this.securityGroup.id],
      // With true, a server's security group would have to let in whoever connects by their own address.
      preserveClientIp: props.preserveClientIp ?? false,
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }

  /** Lets the endpoint reach `server`, whose security group lets it in. */
  allowTo(server: Connectable, port: Port = "ssh"): void {
    allow(this, server, port);
  }

  private subnetIdOf({ vpc, subnets = usualTier(vpc), availabilityZone }: InstanceConnectEndpointProps): string {
    const tier = vpc.subnets[subnets] ?? {};
    const zone = availabilityZone ?? vpc.availabilityZones.find((letter) => tier[letter] !== undefined);
    const subnet = zone && tier[zone];
    const problems = new Problems(this, "InstanceConnectEndpoint");
    const zones = Object.keys(tier);
    problems.require(
      subnet !== undefined,
      `the VPC has no ${shown(subnets)} subnet in zone ${shown(zone)}, the tier is in zones ${shown(zones)}: name another zone or tier`,
    );
    problems.throwIfAny();
    return subnet?.id ?? "";
  }
}
