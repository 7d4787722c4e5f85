import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Subnet as AwsSubnet } from "@cdktf/provider-aws/lib/subnet";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import type { RouteTable } from "./route-table";
import type { SubnetTier, ZoneLetter } from "./subnet-plan";

export interface SubnetProps {
  readonly vpcId: string;
  readonly tier: SubnetTier;
  /** Letter of the availability zone. Changing it replaces the subnet. */
  readonly zone: ZoneLetter;
  /** Region that the zone belongs to. */
  readonly region: string;
  /** IPv4 block. Changing it replaces the subnet. */
  readonly cidr: string;
  readonly routeTable: RouteTable;
  /**
   * Give what is started in the subnet a public address unless it says otherwise.
   * @default false
   */
  readonly mapPublicIpOnLaunch?: boolean;
  /**
   * IPv6 block, and what it is used for. It is added to a subnet in place.
   * @default none: IPv4 only
   */
  readonly ipv6?: SubnetIpv6;
  /**
   * What must be there before the subnet: the association of the block that it lies in.
   * @default nothing
   */
  readonly dependsOn?: ITerraformDependable[];
  /** @default none but `Name` */
  readonly tags?: Readonly<Record<string, string>>;
}

/** IPv6 of a subnet. */
export interface SubnetIpv6 {
  /** A /64 of the VPC's block. */
  readonly cidr: string;
  /** Give each network interface an IPv6 address when it is made. */
  readonly assignAddressOnCreation: boolean;
  /**
   * Have the VPC's resolver answer with an address in 64:ff9b::/96 where a name has an IPv4 address only.
   * @default false
   */
  readonly dns64?: boolean;
}

/**
 * One subnet of one tier in one availability zone, and its tie to a route table. Made by `Vpc`.
 *
 * Replaced by: a change of VPC, zone or IPv4 block. Costs: nothing.
 */
export class Subnet extends Construct {
  readonly id: string;
  readonly tier: SubnetTier;
  readonly zone: ZoneLetter;
  readonly cidr: string;
  /** undefined in a VPC without IPv6. */
  readonly ipv6Cidr: string | undefined;
  readonly resource: AwsSubnet;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    this.tier = props.tier;
    this.zone = props.zone;
    this.cidr = props.cidr;
    this.ipv6Cidr = props.ipv6?.cidr;
    this.resource = new AwsSubnet(this, "Resource", {
      vpcId: props.vpcId,
      cidrBlock: props.cidr,
      availabilityZone: `${props.region}${props.zone}`,
      // An instance asks for its public address itself: nothing becomes public by being placed here.
      mapPublicIpOnLaunch: props.mapPublicIpOnLaunch ?? false,
      ipv6CidrBlock: props.ipv6?.cidr,
      assignIpv6AddressOnCreation: props.ipv6?.assignAddressOnCreation,
      enableDns64: props.ipv6?.dns64,
      dependsOn: props.dependsOn,
      tags: props.tags && { ...props.tags },
    });
    this.id = this.resource.id;
    new RouteTableAssociation(this, "association", { subnetId: this.id, routeTableId: props.routeTable.id });
  }
}
