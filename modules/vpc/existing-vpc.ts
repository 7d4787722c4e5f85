import { Construct } from "constructs";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Problems, shown } from "../core";
import { isCidr } from "./cidr";
import { ZONE_LETTERS, type SubnetTier, type ZoneLetter } from "./subnet-plan";
import { subnetIdsOf, type SubnetsByZone, type VpcLike } from "./vpc-like";

/** Ids of a tier's subnets by the letter of their zone: `{ a: "subnet-1", b: "subnet-2" }`. */
export type SubnetIdsByZone = { readonly [zone in ZoneLetter]?: string };

export interface ExistingVpcProps {
  readonly vpcId: string;
  /**
   * IPv4 block of the VPC.
   * @default looked up when it is planned (`data.aws_vpc`): then the permission ec2:DescribeVpcs is needed
   */
  readonly cidr?: string;
  /**
   * IPv6 block of the VPC.
   * @default none: IPv4 only
   */
  readonly ipv6Cidr?: string;
  /** Ids of its subnets by tier and zone: `{ private: { a: "subnet-1" } }`. */
  readonly subnets: Readonly<Record<string, SubnetIdsByZone>>;
  /**
   * Letters of the availability zones, in the order in which they are used.
   * @default the zones that `subnets` names
   */
  readonly availabilityZones?: readonly ZoneLetter[];
}

/**
 * A VPC that was made elsewhere, for whatever takes one. It is neither changed nor owned. Subnets are never looked up; the VPC's block only
 * when it is not given.
 *
 * @example
 * const vpc = existingVpc(this, "vpc", { vpcId: "vpc-1", cidr: "10.0.0.0/16", subnets: { private: { a: "subnet-1", b: "subnet-2" } } });
 * @throws InvalidConstructError when there are no subnets, or zones that are none
 */
export function existingVpc(scope: Construct, id: string, props: ExistingVpcProps): VpcLike {
  return new ExistingVpc(scope, id, props);
}

/**
 * A VPC with further tiers, of subnets that were made elsewhere: for whatever takes a VPC.
 *
 * @example
 * const both = existingSubnets(vpc, { legacy: { a: "subnet-1", b: "subnet-2" } });
 * @param vpc made here or elsewhere
 * @param subnets ids by tier and zone. A tier of the same name takes the place of the VPC's own.
 */
export function existingSubnets(vpc: VpcLike, subnets: Readonly<Record<string, SubnetIdsByZone>>): VpcLike {
  const all = { ...vpc.subnets, ...byTier(subnets) };
  const zones = ZONE_LETTERS.filter((zone) => Object.values(subnets).some((tier) => tier[zone] !== undefined));
  const availabilityZones = [...new Set([...vpc.availabilityZones, ...zones])];
  return {
    id: vpc.id,
    cidr: vpc.cidr,
    ipv6Cidr: vpc.ipv6Cidr,
    availabilityZones,
    subnets: all,
    subnetIds: (tier) => subnetIdsOf(`VPC ${vpc.id}`, availabilityZones, all, tier),
  };
}

class ExistingVpc extends Construct implements VpcLike {
  readonly id: string;
  readonly cidr: string;
  readonly ipv6Cidr: string | undefined;
  readonly availabilityZones: readonly ZoneLetter[];
  readonly subnets: Readonly<Record<string, SubnetsByZone>>;

  constructor(scope: Construct, id: string, props: ExistingVpcProps) {
    super(scope, id);
    this.check(props);
    this.id = props.vpcId;
    this.cidr = props.cidr ?? new DataAwsVpc(this, "Resource", { id: props.vpcId }).cidrBlock;
    this.ipv6Cidr = props.ipv6Cidr;
    this.subnets = byTier(props.subnets);
    this.availabilityZones =
      props.availabilityZones ??
      ZONE_LETTERS.filter((zone) => Object.values(this.subnets).some((tier) => tier[zone] !== undefined));
  }

  subnetIds(tier: SubnetTier): string[] {
    return subnetIdsOf(`VPC "${this.node.path}"`, this.availabilityZones, this.subnets, tier);
  }

  private check({ cidr, subnets, availabilityZones = [] }: ExistingVpcProps): void {
    const problems = new Problems(this, "existingVpc");
    problems.require(
      cidr === undefined || cidr.includes("${") || isCidr(cidr),
      `cidr must be an IPv4 block such as "10.0.0.0/16", got ${shown(cidr)}`,
    );
    const named = Object.entries(subnets).flatMap(([tier, zones]) => Object.keys(zones).map((zone) => [tier, zone]));
    problems.require(named.length > 0, "subnets must name at least one subnet by tier and zone, got none");
    const zones: readonly (string | undefined)[] = availabilityZones.length > 0 ? availabilityZones : ZONE_LETTERS;
    for (const [tier, zone] of named) {
      problems.require(
        zones.includes(zone),
        `subnets.${tier} is keyed by the letters of zones, of ${shown(zones)}, got ${shown(zone)}: name one of these`,
      );
    }
    problems.throwIfAny();
  }
}

function byTier(subnets: Readonly<Record<string, SubnetIdsByZone>>): Record<string, SubnetsByZone> {
  return Object.fromEntries(
    Object.entries(subnets).map(([tier, zones]) => [
      tier,
      Object.fromEntries(Object.entries(zones).map(([zone, id]) => [zone, { id, zone: zone as ZoneLetter }])),
    ]),
  );
}
