import type { SubnetTier, VpcLike, ZoneLetter } from "../vpc";
import type { Connectable } from "./peer";

/** An Elastic IP by its allocation: an `ElasticIp`, or one that exists already. */
export interface ElasticIpLike {
  /** `eipalloc-0123456789abcdef0` */
  readonly allocationId: string;
  /**
   * Name that AWS gives the address.
   * @default unknown: the instance's `publicDns` is the one that it started with
   */
  readonly publicDns?: string;
}

/** Where an instance is in the network, and who may reach it. */
export interface InstanceNetworkOptions {
  readonly vpc: VpcLike;
  /**
   * Tier of the subnet. Changing it replaces the instance.
   * @default "private"
   */
  readonly subnets?: SubnetTier;
  /**
   * Ask for a public IPv4 address, which lasts until the instance is stopped. Changing it replaces the instance. The subnet's tier must have a
   * route to the internet. Costs by the hour.
   * @default true in the tier "public" and with an Elastic IP, false elsewhere
   */
  readonly publicIp?: boolean;
  /**
   * A fixed public address, which survives a stop and a replacement of the instance: `true` for one of its own, or one that is given and outlives
   * the instance. The tier must have a route to the internet.
   * @default false
   */
  readonly elasticIp?: boolean | ElasticIpLike;
  /**
   * How many IPv6 addresses to assign from the subnet's block, which must have one. Changed in place.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
   * @default none
   */
  readonly ipv6AddressCount?: number;
  /**
   * Drop packets that are neither from nor to the instance. A router, a VPN server or a NAT instance needs `false`. Changed in place.
   * https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
   * @default true
   */
  readonly sourceDestCheck?: boolean;
  /** @default one of its own, which lets nothing in */
  readonly securityGroup?: Connectable;
  /**
   * Further security groups; AWS takes five for an instance, unless it raised the quota. Changed in place.
   * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   * @default none
   */
  readonly additionalSecurityGroups?: readonly Connectable[];
}

/** What can be said of one instance only. */
export interface InstanceAddressOptions {
  /**
   * Availability zone. Changing it replaces the instance and its data volumes.
   * @default the VPC's first
   */
  readonly availabilityZone?: ZoneLetter;
  /**
   * Private IPv4 address, one that is free in the subnet. Changing it replaces the instance.
   * @default one that AWS picks
   */
  readonly privateIp?: string;
  /**
   * Further private IPv4 addresses. Changed in place.
   * @default none
   */
  readonly secondaryPrivateIps?: readonly string[];
}
