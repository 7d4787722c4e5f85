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
}

/** One subnet of one tier in one availability zone, and its tie to a route table. Made by `Vpc`. */
export class Subnet extends Construct {
  readonly id: string;
  readonly tier: SubnetTier;
  readonly zone: ZoneLetter;
  readonly cidr: string;
  readonly resource: AwsSubnet;

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    this.tier = props.tier;
    this.zone = props.zone;
    this.cidr = props.cidr;
    this.resource = new AwsSubnet(this, "Resource", {
      vpcId: props.vpcId,
      cidrBlock: props.cidr,
      availabilityZone: `${props.region}${props.zone}`,
      // An instance asks for its public address itself: nothing becomes public by being placed here.
      mapPublicIpOnLaunch: false,
    });
    this.id = this.resource.id;
    new RouteTableAssociation(this, "association", { subnetId: this.id, routeTableId: props.routeTable.id });
  }
}
