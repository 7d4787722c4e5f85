import { Construct } from "constructs";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { contextOf } from "../core";
import { CloudWatchFlowLog } from "./cloudwatch-flow-log";
import { DhcpOptions } from "./dhcp-options";
import { GatewayEndpoint, type GatewayEndpointOptions, type GatewayService } from "./gateway-endpoint";
import { InstanceConnectEndpoint } from "./instance-connect-endpoint";
import { InterfaceEndpoint, SESSION_MANAGER_SERVICES, type InterfaceEndpointOptions } from "./interface-endpoint";
import { createEgressOnlyAccess, createInternetAccess, type NatGatewaysByZone } from "./internet-access";
import { NetworkAcl } from "./network-acl";
import { PeeringConnection } from "./peering-connection";
import { RouteTable, type RouteOptions } from "./route-table";
import { S3FlowLog } from "./s3-flow-log";
import { Subnet } from "./subnet";
import type { BuiltInTier, SubnetTier, ZoneLetter } from "./subnet-plan";
import { subnetProps } from "./tier-subnets";
import { routeTableName, tiersOf, type Tier } from "./tiers";
import { whyNotByZone } from "./traffic-problems";
import { subnetIdsOf, type VpcLike } from "./vpc-like";
import { checkVpcProps } from "./vpc-problems";
import type { PeeringOptions, VpcProps } from "./vpc-props";
import { VpnGateway } from "./vpn-gateway";

type MadeSubnets = { readonly [zone in ZoneLetter]?: Subnet };

/**
 * A VPC with subnets by tier and availability zone, an internet gateway, NAT gateways and route tables; by option with IPv6, further blocks and
 * tiers, endpoints, network ACLs, flow logs, peerings and a VPN gateway.
 *
 * Private tiers have a route table for each zone, public and isolated ones a single one. The VPC's default security group is
 * taken over and emptied; its main route table and its default network ACL stay as AWS made them, and nothing is placed in the first.
 * Replaced by: a change of `cidr`. Costs: nothing but its NAT gateways, its interface endpoints and its flow logs.
 * One that exists is used with `existingVpc`, or taken into the stack with `vpc.resource.importFrom("vpc-…")`: its subnets one by one with it.
 *
 * @example
 * const vpc = new Vpc(this, "vpc", { cidr: "10.30.0.0/16", availabilityZones: ["a", "b"], natGateways: "per-az" });
 */
export class Vpc extends Construct implements VpcLike {
  readonly id: string;
  readonly arn: string;
  readonly cidr: string;
  /** The VPC's /56 of IPv6; undefined without `ipv6`. */
  readonly ipv6Cidr: string | undefined;
  readonly availabilityZones: readonly ZoneLetter[];
  readonly tiers: readonly Tier[];
  /** Every subnet by tier and zone: `vpc.subnets.private.a`. A built-in tier that was not asked for is empty. */
  readonly subnets: Readonly<Record<BuiltInTier, MadeSubnets>> & Readonly<Record<string, MadeSubnets>>;
  /** NAT gateways by the zone that they stand in. */
  readonly natGateways: NatGatewaysByZone;
  /** Route tables by name: `public`, `isolated`, and for each zone `private_a`. */
  readonly routeTables: Readonly<Record<string, RouteTable>>;
  /** Network ACLs by the tier that they guard. */
  readonly networkAcls: Readonly<Record<string, NetworkAcl>>;
  readonly flowLogs: { readonly cloudwatch?: CloudWatchFlowLog; readonly s3?: S3FlowLog };
  /** By service: `s3`, `dynamodb`. */
  readonly gatewayEndpoints: { [service in GatewayService]?: GatewayEndpoint } = {};
  /** By service: `vpc.interfaceEndpoints["ecr.api"]`. */
  readonly interfaceEndpoints: Record<string, InterfaceEndpoint> = {};
  readonly instanceConnectEndpoint: InstanceConnectEndpoint | undefined;
  readonly dhcpOptions: DhcpOptions | undefined;
  /** By the names in `peerings`. */
  readonly peerings: Readonly<Record<string, PeeringConnection>>;
  readonly vpnGateway: VpnGateway | undefined;
  readonly resource: AwsVpc;

  private readonly props: VpcProps;
  private readonly secondaryCidrs: Readonly<Record<string, VpcIpv4CidrBlockAssociation>>;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    checkVpcProps(this, props);
    this.props = props;
    this.cidr = props.cidr;
    this.availabilityZones = props.availabilityZones;
    this.tiers = tiersOf(props);

    this.resource = this.createVpc();
    this.id = this.resource.id;
    this.arn = this.resource.arn;
    this.ipv6Cidr = props.ipv6 ? this.resource.ipv6CidrBlock : undefined;
    this.emptyDefaultSecurityGroup();
    this.secondaryCidrs = this.createSecondaryCidrs();
    this.routeTables = this.createRouteTables();
    this.subnets = this.createSubnets();
    this.natGateways = createInternetAccess(this, props);
    if (props.ipv6) createEgressOnlyAccess(this);
    this.networkAcls = this.createNetworkAcls();
    this.dhcpOptions = props.dhcpOptions && new DhcpOptions(this, "dhcp", { ...props.dhcpOptions, vpcId: this.id });
    this.flowLogs = this.createFlowLogs();
    this.createEndpoints();
    this.instanceConnectEndpoint =
      props.instanceConnectEndpoint &&
      new InstanceConnectEndpoint(this, "instance_connect", { ...props.instanceConnectEndpoint, vpc: this });
    this.peerings = this.createPeerings();
    this.vpnGateway = this.createVpnGateway();
    this.createTierRoutes();
  }

  /**
   * The ids of a tier's subnets, in the order of `availabilityZones`.
   * @throws Error when the VPC was made without the tier
   */
  subnetIds(tier: SubnetTier): string[] {
    return subnetIdsOf(`Vpc "${this.node.path}"`, this.availabilityZones, this.subnets, tier);
  }

  /** The route table of a name: `public`, `private_a`. @throws Error when there is none */
  routeTable(name: string): RouteTable {
    const table = this.routeTables[name];
    if (!table) {
      const names = Object.keys(this.routeTables).join(", ");
      throw new Error(`Vpc "${this.node.path}" has no route table ${name}: it has ${names}. Use one of these.`);
    }
    return table;
  }

  /**
   * Adds a route to all route tables of a tier, for what is made after the VPC: a transit gateway, a firewall.
   * @param name of your own, which becomes part of the addresses
   * @throws Error when the VPC was made without the tier, when a zone of it has no target, or when its zones share one route table and each is
   * to have a target of its own
   */
  addRoute(tier: SubnetTier, name: string, { destination, via, family }: RouteOptions): void {
    const problems = whyNotByZone(this.tier(tier), name, via);
    if (problems.length > 0) throw new Error(`Vpc "${this.node.path}": ${problems.join("; ")}.`);
    for (const [tableName, zone] of this.tablesOf([tier])) {
      const target = "byZone" in via ? via.byZone[zone] : via;
      if (target) this.routeTable(tableName).addRoute(`to_${name}`, destination, target, family);
    }
  }

  /** Adds a way to S3 or DynamoDB past the NAT gateways: the same as the prop `gatewayEndpoints`. */
  addGatewayEndpoint(
    service: GatewayService,
    { tiers = this.closedTiers(), policy }: GatewayEndpointOptions = {},
  ): GatewayEndpoint {
    const routeTables = this.routeTablesOf(tiers);
    const endpoint = new GatewayEndpoint(this, `${service}_endpoint`, { vpcId: this.id, service, routeTables, policy });
    this.gatewayEndpoints[service] = endpoint;
    return endpoint;
  }

  /**
   * Adds a service of AWS as network interfaces in the VPC: the same as the prop `interfaceEndpoints`.
   * @param service `ssm`, `ecr.api`
   */
  addInterfaceEndpoint(service: string, options: InterfaceEndpointOptions = {}): InterfaceEndpoint {
    const clientCidrs = { vpc: this.cidr, ...this.props.secondaryCidrs };
    const id = `${service.replace(/[^A-Za-z0-9]+/g, "_")}_interface_endpoint`;
    const endpoint = new InterfaceEndpoint(this, id, { ...options, vpc: this, service, clientCidrs });
    this.interfaceEndpoints[service] = endpoint;
    return endpoint;
  }

  private createVpc(): AwsVpc {
    const deletionProtection = this.props.deletionProtection ?? contextOf(this).tier === "production";
    return new AwsVpc(this, "Resource", {
      cidrBlock: this.props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(this.props.ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  /** AWS makes this group with every VPC and it cannot be deleted: without rules, whatever lands in it can reach nothing. */
  private emptyDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(this, "default_security_group", { vpcId: this.id, ingress: [], egress: [] });
  }

  private createSecondaryCidrs(): Record<string, VpcIpv4CidrBlockAssociation> {
    return mapValues(
      this.props.secondaryCidrs ?? {},
      (cidrBlock, name) => new VpcIpv4CidrBlockAssociation(this, `${name}_cidr`, { vpcId: this.id, cidrBlock }),
    );
  }

  private createRouteTables(): Record<string, RouteTable> {
    const names = new Set(this.tiers.flatMap((tier) => tier.zones.map((zone) => routeTableName(tier, zone))));
    return Object.fromEntries(
      [...names].map((name) => [name, new RouteTable(this, `${name}_routes`, { vpcId: this.id })]),
    );
  }

  private createSubnets(): Vpc["subnets"] {
    const { region } = contextOf(this);
    const made = this.tiers.map((tier) => {
      const subnets = tier.zones.map((zone) => {
        const props = subnetProps(this.props, tier, zone, this.ipv6Cidr);
        const routeTable = this.routeTable(routeTableName(tier, zone));
        const block = tier.secondaryCidr === undefined ? undefined : this.secondaryCidrs[tier.secondaryCidr];
        const dependsOn = block && [block];
        return [
          zone,
          new Subnet(this, `${tier.name}_${zone}`, { ...props, vpcId: this.id, region, routeTable, dependsOn }),
        ];
      });
      return [tier.name, Object.fromEntries(subnets)];
    });
    return { public: {}, private: {}, isolated: {}, ...Object.fromEntries(made) };
  }

  private createNetworkAcls(): Record<string, NetworkAcl> {
    const guarded = this.tiers.flatMap(({ name, networkAcl }) => (networkAcl ? [{ name, networkAcl }] : []));
    return Object.fromEntries(
      guarded.map(({ name, networkAcl }) => {
        const subnets = Object.values(this.subnets[name] ?? {});
        return [name, new NetworkAcl(this, `${name}_acl`, { ...networkAcl, vpcId: this.id, subnets })];
      }),
    );
  }

  private createFlowLogs(): Vpc["flowLogs"] {
    const { cloudwatch, s3 } = this.props.flowLogs ?? {};
    const vpcId = this.id;
    return {
      cloudwatch: cloudwatch && new CloudWatchFlowLog(this, "cloudwatch_flow_log", { ...cloudwatch, vpcId }),
      s3: s3 && new S3FlowLog(this, "s3_flow_log", { ...s3, vpcId }),
    };
  }

  private createEndpoints(): void {
    const { gatewayEndpoints = {}, interfaceEndpoints, sessionManagerEndpoints } = this.props;
    for (const [service, options] of Object.entries(gatewayEndpoints)) {
      this.addGatewayEndpoint(service as GatewayService, options);
    }
    const preset = sessionManagerEndpoints
      ? Object.fromEntries(SESSION_MANAGER_SERVICES.map((service) => [service, sessionManagerEndpoints]))
      : {};
    for (const [service, options] of Object.entries({ ...preset, ...interfaceEndpoints })) {
      this.addInterfaceEndpoint(service, options);
    }
  }

  private createPeerings(): Record<string, PeeringConnection> {
    return mapValues(this.props.peerings ?? {}, ({ cidr, tiers, dnsResolution, ...peer }: PeeringOptions, name) => {
      const peering = new PeeringConnection(this, `${name}_peering`, { vpc: this, peer, dnsResolution });
      for (const tier of tiers ?? this.closedTiers()) {
        this.addRoute(tier, name, { destination: cidr, via: { vpcPeeringConnectionId: peering.id } });
      }
      return peering;
    });
  }

  private createVpnGateway(): VpnGateway | undefined {
    if (!this.props.vpnGateway) return undefined;
    const { propagateTo = [], amazonSideAsn } = this.props.vpnGateway;
    const routeTables = this.routeTablesOf(propagateTo);
    return new VpnGateway(this, "vpn_gateway", { vpcId: this.id, amazonSideAsn, routeTables });
  }

  private createTierRoutes(): void {
    for (const { name: tier, routes = {} } of this.tiers) {
      for (const [name, route] of Object.entries(routes)) this.addRoute(tier, name, route);
    }
  }

  /** Tiers that nothing comes into from the internet. */
  private closedTiers(): string[] {
    return this.tiers.filter(({ routing }) => routing !== "public").map(({ name }) => name);
  }

  private routeTablesOf(tiers: readonly SubnetTier[]): Record<string, RouteTable> {
    return Object.fromEntries(this.tablesOf(tiers).map(([name]) => [name, this.routeTable(name)]));
  }

  /** The route tables of tiers, each once, with a zone that it serves. @throws Error when there is no such tier */
  private tablesOf(names: readonly SubnetTier[]): [name: string, zone: ZoneLetter][] {
    const zones = names.flatMap((name) => {
      const tier = this.tier(name);
      return tier.zones.map((zone): [string, ZoneLetter] => [routeTableName(tier, zone), zone]);
    });
    return [...new Map(zones)];
  }

  private tier(name: SubnetTier): Tier {
    const tier = this.tiers.find((each) => each.name === name);
    if (tier) return tier;
    const names = this.tiers.map((each) => each.name).join(", ");
    throw new Error(`Vpc "${this.node.path}" has no tier ${name}: it has ${names}.`);
  }
}

function mapValues<V, R>(entries: Readonly<Record<string, V>>, make: (value: V, name: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, make(value, name)]));
}
