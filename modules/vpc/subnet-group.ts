import { Construct } from "constructs";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { RedshiftSubnetGroup } from "@cdktf/provider-aws/lib/redshift-subnet-group";
import { awsName, Problems, shown } from "../core";
import type { SubnetTier } from "./subnet-plan";
import type { VpcLike } from "./vpc-like";

export interface SubnetGroupProps {
  readonly vpc: VpcLike;
  /** What is placed in it: each service has groups of its own. Changing it replaces the group. */
  readonly service: "rds" | "elasticache" | "redshift";
  /**
   * Tier of its subnets, in at least two zones.
   * @default "isolated"
   */
  readonly subnets?: SubnetTier;
}

/**
 * The subnets that databases, caches or warehouses are placed in.
 *
 * Replaced by: a change of `service`. Costs: nothing.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export class SubnetGroup extends Construct {
  /** What the service knows it by. */
  readonly name: string;
  readonly resource: DbSubnetGroup | ElasticacheSubnetGroup | RedshiftSubnetGroup;

  /** @throws InvalidConstructError when the tier has subnets in fewer than two zones */
  constructor(scope: Construct, id: string, props: SubnetGroupProps) {
    super(scope, id);
    const { vpc, service, subnets = "isolated" } = props;
    this.check(vpc, subnets);
    const description = `${subnets} subnets`;
    const group = { name: awsName(this, "subnetGroup"), description, subnetIds: vpc.subnetIds(subnets) };
    this.resource = this.createGroup(service, group);
    this.name = this.resource.name;
  }

  /** A failover needs somewhere to go, so RDS takes no group with fewer zones. */
  private check(vpc: VpcLike, subnets: SubnetTier): void {
    const problems = new Problems(this, "SubnetGroup");
    const zones = Object.keys(vpc.subnets[subnets] ?? {});
    problems.require(
      zones.length >= 2,
      `it needs subnets in at least 2 availability zones, the tier ${shown(subnets)} is in ${shown(zones)}: ` +
        "add a zone to the tier, or name another tier",
    );
    problems.throwIfAny();
  }

  private createGroup(
    service: SubnetGroupProps["service"],
    group: { name: string; description: string; subnetIds: string[] },
  ): SubnetGroup["resource"] {
    switch (service) {
      case "rds":
        return new DbSubnetGroup(this, "Resource", group);
      case "elasticache":
        return new ElasticacheSubnetGroup(this, "Resource", group);
      case "redshift":
        return new RedshiftSubnetGroup(this, "Resource", group);
    }
  }
}
