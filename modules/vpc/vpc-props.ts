import type { CloudWatchFlowLogOptions } from "./cloudwatch-flow-log";
import type { DhcpOptionsOptions } from "./dhcp-options";
import type { GatewayEndpointOptions, GatewayService } from "./gateway-endpoint";
import type { InstanceConnectEndpointOptions } from "./instance-connect-endpoint";
import type { InterfaceEndpointOptions } from "./interface-endpoint";
import type { PeerVpc } from "./peering-connection";
import type { S3FlowLogOptions } from "./s3-flow-log";
import type { BuiltInTier, SubnetTier, ZoneLetter } from "./subnet-plan";
import type { OwnTierOptions, TierOptions } from "./tiers";
import type { VpnGatewayOptions } from "./vpn-gateway";

/**
 * How private subnets reach the internet: not at all, through one gateway for all, through one in each zone, or through those in chosen zones. A
 * zone without one uses that of the first zone that is chosen.
 */
export type NatGateways = "none" | "single" | "per-az" | { readonly zones: readonly ZoneLetter[] };

/** Subnet CIDR blocks by tier and zone, e.g. `{ public: { a: "10.0.0.0/24" } }`. */
export type SubnetCidrs = { readonly [tier in BuiltInTier]?: SubnetCidrsByZone } & {
  readonly [ownTier: string]: SubnetCidrsByZone;
};

/** Blocks of one tier's subnets by the letter of their zone. */
export type SubnetCidrsByZone = { readonly [zone in ZoneLetter]?: string };

/** Records of the VPC's traffic, by where they go: to one of the two, or to both. */
export interface FlowLogs {
  /** @default none */
  readonly cloudwatch?: CloudWatchFlowLogOptions;
  /** @default none */
  readonly s3?: S3FlowLogOptions;
}

/** A VPC that this one is joined with. */
export interface PeeringOptions extends PeerVpc {
  /** IPv4 block of the peer, which routes lead to. It may not overlap this VPC's blocks. Changing it replaces the routes. */
  readonly cidr: string;
  /**
   * Tiers of this VPC that get a route to the peer. The way back is the peer's own affair.
   * @default every tier that is not public
   */
  readonly tiers?: readonly SubnetTier[];
  /**
   * Resolve public host names of the other end's instances to private addresses, on both sides. Peers in this account and region only;
   * for others there is the class `PeeringConnection`.
   * @default false
   */
  readonly dnsResolution?: boolean;
}

export interface VpcProps {
  /**
   * IPv4 block of the VPC: /16 to /28, and /16 to /22 unless `subnetCidrs` names every subnet. Changing it replaces the
   * VPC and everything in it.
   * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly cidr: string;
  /**
   * Letters of the availability zones, 1 to 8 of `a` to `h`. A zone may be added or dropped; the others do not notice. Add one at the end: what
   * needs a single zone, and is not told which, stands in the first.
   */
  readonly availabilityZones: readonly ZoneLetter[];
  /**
   * NAT gateways for the private tiers. `single` stands in the first zone that `availabilityZones` names. Switching among them replaces
   * nothing: gateways come and go, and routes change in place.
   * @default "single"
   */
  readonly natGateways?: NatGateways;
  /**
   * Elastic IPs that exist already, for the NAT gateways of some zones: allocation ids by zone. Changing one replaces the zone's gateway.
   * @default none: each gateway gets an Elastic IP of its own
   */
  readonly natElasticIps?: { readonly [zone in ZoneLetter]?: string };
  /**
   * Which of the built-in tiers to make.
   * @default ["public", "private", "isolated"]
   */
  readonly subnetTiers?: readonly BuiltInTier[];
  /**
   * Options of the built-in tiers.
   * @default none
   */
  readonly tierOptions?: { readonly [tier in BuiltInTier]?: TierOptions };
  /**
   * Tiers of your own, by name: lower-case letters, digits and underscores. Adding or dropping one moves no other.
   * @default none
   */
  readonly ownTiers?: Readonly<Record<string, OwnTierOptions>>;
  /**
   * Blocks of single subnets where the plan does not fit. Changing one replaces that subnet.
   * @default planned from the VPC's block, the tier and the zone's letter
   */
  readonly subnetCidrs?: SubnetCidrs;
  /**
   * Further IPv4 blocks of the VPC, by a name of your own: room for own tiers. Changing one replaces it and what is in it.
   * @default none
   */
  readonly secondaryCidrs?: Readonly<Record<string, string>>;
  /**
   * Give the VPC a /56 of Amazon's IPv6 addresses and each subnet a /64 of it. Public tiers route IPv6 to the internet, private ones out
   * only, isolated ones nowhere. It can be turned on later and replaces nothing; AWS does not let it be turned off while subnets use it.
   * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * Let what has only IPv6 in private tiers reach IPv4 servers, through DNS64 and the NAT gateways. It needs `ipv6` and NAT gateways.
   * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
   * @default false
   */
  readonly dns64?: boolean;
  /**
   * Records of the VPC's traffic.
   * @default none
   */
  readonly flowLogs?: FlowLogs;
  /**
   * Ways to S3 and DynamoDB past the NAT gateways, which cost nothing.
   * @default none
   */
  readonly gatewayEndpoints?: { readonly [service in GatewayService]?: GatewayEndpointOptions };
  /**
   * Services of AWS as network interfaces in the VPC, by service: `{ "ecr.api": {}, "ecr.dkr": {} }`.
   * @default none
   */
  readonly interfaceEndpoints?: Readonly<Record<string, InterfaceEndpointOptions>>;
  /**
   * The interface endpoints that Session Manager needs: ssm, ssmmessages and ec2messages. What `interfaceEndpoints` says about one of
   * them holds.
   * @default none
   */
  readonly sessionManagerEndpoints?: InterfaceEndpointOptions;
  /**
   * SSH to private servers without an address of theirs.
   * @default none
   */
  readonly instanceConnectEndpoint?: InstanceConnectEndpointOptions;
  /**
   * What servers are told when they start: domain, name servers, time servers.
   * @default AWS's own
   */
  readonly dhcpOptions?: DhcpOptionsOptions;
  /**
   * VPCs that this one is joined with, by a name of your own. In another account or region somebody has to accept.
   * @default none
   */
  readonly peerings?: Readonly<Record<string, PeeringOptions>>;
  /**
   * The VPC's end of a VPN or of Direct Connect.
   * @default none
   */
  readonly vpnGateway?: VpnGatewayOptions;
  /**
   * Refuse a plan that would destroy the VPC (`prevent_destroy`).
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
}
