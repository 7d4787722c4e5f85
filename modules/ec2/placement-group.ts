import { Construct } from "constructs";
import { PlacementGroup as AwsPlacementGroup } from "@cdktf/provider-aws/lib/placement-group";
import { awsName, stableHash } from "../core";

/**
 * How instances of a group stand to each other: close together for a fast network, each on a rack of its own (at most seven in a zone), or in
 * partitions that share no rack (at most seven in a zone).
 */
export type PlacementStrategy = "cluster" | "spread" | { readonly partitionCount: number };

export interface PlacementGroupProps {
  /** Changing it replaces the group and the instances in it. */
  readonly strategy: PlacementStrategy;
}

/**
 * A placement group: how close the instances in it stand.
 *
 * Replaced by: a change of `strategy`; the new group is made before the old one goes. Costs: nothing.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html
 *
 * @example
 * const apart = new PlacementGroup(this, "apart", { strategy: "spread" });
 * new Instance(this, "app", { vpc, instanceType: "m7g.large", placementGroup: apart });
 */
export class PlacementGroup extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly resource: AwsPlacementGroup;

  constructor(scope: Construct, id: string, props: PlacementGroupProps) {
    super(scope, id);
    const { strategy } = props;
    const partitionCount = typeof strategy === "object" ? strategy.partitionCount : undefined;
    this.resource = new AwsPlacementGroup(this, "Resource", {
      // What replaces the group is in its name: instances are moved to the new one before the old one goes.
      name: awsName(this, "placementGroup", stableHash(JSON.stringify(strategy))),
      strategy: typeof strategy === "object" ? "partition" : strategy,
      partitionCount,
      lifecycle: { createBeforeDestroy: true },
    });
    this.name = this.resource.name;
    this.arn = this.resource.arn;
  }
}
