import { Construct } from "constructs";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { contextOf } from "../core";
import { NatGateway } from "./nat-gateway";
import { RouteTable } from "./route-table";
import { Subnet } from "./subnet";
import { plannedSubnetCidr, SUBNET_TIERS, type SubnetTier, type ZoneLetter } from "./subnet-plan";
import { checkVpcProps } from "./vpc-problems";

/** How private subnets reach the internet: not at all, through one gateway for all, or through one in each zone. */
export type NatGateways = "none" | "single" | "per-az";

/** Subnet CIDR blocks by tier and zone, e.g. `{ public: { a: "10.0.0.0/24" } }`. */
export type SubnetCidrs = { readonly [tier in SubnetTier]?: { readonly [zone in ZoneLetter]?: string } };

export interface VpcProps {
  /**
   * IPv4 block of the VPC: /16 to /28, and /16 to /22 unless `subnetCidrs` names every subnet. Changing it replaces the
   * VPC and everything in it.
   * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly cidr: string;
  /** Letters of the availability zones, 1 to 8 of `a` to `h`. A zone may be added or dropped; the others do not notice. */
  readonly availabilityZones: readonly ZoneLetter[];
  /**
   * NAT gateways for the private tier. `single` stands in the first zone that `availabilityZones` names. Switching between
   * `single` and `per-az` destroys nothing that is still needed.
   * @default "single"
   */
  readonly natGateways?: NatGateways;
  /**
   * Tiers to make in every zone.
   * @default ["public", "private", "isolated"]
   */
  readonly subnetTiers?: readonly SubnetTier[];
  /**
   * Blocks of single subnets where the plan does not fit. Changing one replaces that subnet.
   * @default planned from the VPC's block, the tier and the zone's letter
   */
  readonly subnetCidrs?: SubnetCidrs;
  /**
   * Refuse a plan that would destroy the VPC (`prevent_destroy`).
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
}

/**
 * A VPC with subnets by tier and availability zone, an internet gateway, NAT gateways and route tables.
 *
 * Private subnets have a route table for each zone, public and isolated ones a single one. The VPC's default security group is
 * taken over and emptied. Replaced by: a change of `cidr`. Costs: nothing but its NAT gateways.
 *
 * @example
 * const vpc = new Vpc(this, "vpc", { cidr: "10.30.0.0/16", availabilityZones: ["a", "b"], natGateways: "per-az" });
 */
export class Vpc extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly cidr: string;
  readonly availabilityZones: readonly ZoneLetter[];
  /** Every subnet by tier and zone: `vpc.subnets.private.a`. A tier that was not asked for is empty. */
  readonly subnets: Readonly<Record<SubnetTier, { readonly [zone in ZoneLetter]?: Subnet }>>;
  /** NAT gateways by the zone that they stand in. */
  readonly natGateways: { readonly [zone in ZoneLetter]?: NatGateway };
  /** Route tables by name: `public`, `isolated`, and for each zone `private_a`. */
  readonly routeTables: Readonly<Record<string, RouteTable>>;
  readonly resource: AwsVpc;

  private readonly props: VpcProps;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    checkVpcProps(this, props);
    this.props = props;
    this.cidr = props.cidr;
    this.availabilityZones = props.availabilityZones;

    this.resource = this.createVpc();
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.emptyDefaultSecurityGroup();
    this.routeTables = this.createRouteTables();
    this.subnets = {
      public: this.createSubnets("public"),
      private: this.createSubnets("private"),
      isolated: this.createSubnets("isolated"),
    };
    this.natGateways = this.createInternetAccess();
  }

  /**
   * The ids of a tier's subnets, in the order of `availabilityZones`.
   * @throws Error when the VPC was made without the tier
   */
  subnetIds(tier: SubnetTier): string[] {
    return this.subnetsOf(tier).map((subnet) => subnet.id);
  }

  /**
   * A tier's subnets, in the order of `availabilityZones`.
   * @throws Error when the VPC was made without the tier
   */
  subnetsOf(tier: SubnetTier): Subnet[] {
    const subnets = this.availabilityZones.flatMap((zone) => this.subnets[tier][zone] ?? []);
    if (subnets.length === 0) {
      throw new Error(
        `Vpc "${this.node.path}" has no ${tier} subnets: it was made with subnetTiers ${JSON.stringify(this.tiers)}. ` +
          `Add "${tier}" there, or use one of these tiers.`,
      );
    }
    return subnets;
  }

  private get tiers(): readonly SubnetTier[] {
    return this.props.subnetTiers ?? SUBNET_TIERS;
  }

  private createVpc(): AwsVpc {
    const deletionProtection = this.props.deletionProtection ?? contextOf(this).tier === "production";
    return new AwsVpc(this, "Resource", {
      cidrBlock: this.props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  /** AWS makes this group with every VPC and it cannot be deleted: without rules, whatever lands in it can reach nothing. */
  private emptyDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(this, "default_security_group", { vpcId: this.id, ingress: [], egress: [] });
  }

  private createRouteTables(): Record<string, RouteTable> {
    const names = this.tiers.flatMap((tier) =>
      tier === "private" ? this.availabilityZones.map((zone) => `private_${zone}`) : [tier],
    );
    return Object.fromEntries(names.map((name) => [name, new RouteTable(this, `${name}_routes`, { vpcId: this.id })]));
  }

  private createSubnets(tier: SubnetTier): { [zone in ZoneLetter]?: Subnet } {
    if (!this.tiers.includes(tier)) return {};
    const { region } = contextOf(this);
    return Object.fromEntries(
      this.availabilityZones.map((zone) => [
        zone,
        new Subnet(this, `${tier}_${zone}`, {
          vpcId: this.id,
          tier,
          zone,
          region,
          cidr: this.props.subnetCidrs?.[tier]?.[zone] ?? plannedSubnetCidr(this.cidr, tier, zone),
          routeTable: this.routeTable(tier === "private" ? `private_${zone}` : tier),
        }),
      ]),
    );
  }

  /** Internet gateway and NAT gateways, with the routes that lead to them. */
  private createInternetAccess(): { [zone in ZoneLetter]?: NatGateway } {
    if (!this.tiers.includes("public")) return {};
    const internetGateway = new InternetGateway(this, "internet_gateway", { vpcId: this.id });
    this.routeTable("public").addDefaultRoute("internet", { gatewayId: internetGateway.id });
    if (!this.tiers.includes("private")) return {};

    const zones = this.zonesWithNatGateway();
    const natGateways: { [zone in ZoneLetter]?: NatGateway } = {};
    for (const zone of zones) {
      const subnet = this.subnets.public[zone];
      if (subnet) natGateways[zone] = new NatGateway(this, `nat_${zone}`, { subnet, internetGateway });
    }
    for (const zone of this.availabilityZones) {
      const nearest = natGateways[zone] ?? natGateways[zones[0] ?? zone];
      if (nearest) this.routeTable(`private_${zone}`).addDefaultRoute("nat", { natGatewayId: nearest.id });
    }
    return natGateways;
  }

  private zonesWithNatGateway(): readonly ZoneLetter[] {
    switch (this.props.natGateways ?? "single") {
      case "none":
        return [];
      case "single":
        return this.availabilityZones.slice(0, 1);
      case "per-az":
        return this.availabilityZones;
    }
  }

  private routeTable(name: string): RouteTable {
    const table = this.routeTables[name];
    if (!table) throw new Error(`Vpc "${this.node.path}" has no route table ${name}`);
    return table;
  }
}
