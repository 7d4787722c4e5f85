import { Construct } from "constructs";
import { shown } from "../core";
import { SecurityGroup, type Connectable, type SecurityGroupLike } from "../ec2";
import { SubnetGroup, type SubnetTier, type VpcLike } from "../vpc";

/** Where a database stands. */
export interface DatabaseNetworkOptions {
  /** VPC that it stands in. */
  readonly vpc: VpcLike;
  /**
   * Tier of its subnets, in at least two zones. A database moves to other subnets of its VPC only by hand; the group cannot change while it is
   * used.
   * @default "isolated"
   */
  readonly subnets?: SubnetTier;
  /**
   * Its security group, for one that is shared or exists already.
   * @default one of its own, which lets nothing in
   */
  readonly securityGroup?: Connectable;
}

/** The subnet group and the security group of a database or a cluster. */
export interface DatabaseNetwork {
  readonly subnetGroupName: string;
  readonly securityGroup: SecurityGroupLike;
}

/** A failover needs somewhere to go, so RDS takes no subnets of a single zone. */
export function subnetProblems({ vpc, subnets = "isolated" }: DatabaseNetworkOptions): string[] {
  const zones = Object.keys(vpc.subnets[subnets] ?? {});
  if (zones.length >= 2) return [];
  return [
    `subnets must be a tier with subnets in at least 2 availability zones, ${shown(subnets)} is in ${shown(zones)}: ` +
      "add a zone to the tier, or name another tier",
  ];
}

/** Makes both, below `scope`. */
export function createDatabaseNetwork(scope: Construct, options: DatabaseNetworkOptions): DatabaseNetwork {
  const { vpc, subnets = "isolated", securityGroup } = options;
  const group = new SubnetGroup(scope, "subnet_group", { vpc, service: "rds", subnets });
  return {
    subnetGroupName: group.name,
    securityGroup: securityGroup?.securityGroup ?? new SecurityGroup(scope, "security_group", { vpc }),
  };
}
