import { UnknownValueError, type Block } from "../values/block";
import { INSTANCES, MACHINE_TYPES } from "./machines";
import { zoneOf } from "./placement";
import type { Estate } from "../estate";
import { known } from "../values/certain";
import type { Resource } from "../resource";
import { fault, rule } from "../rule";

const PLACEMENT = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Placement.html";
const STRATEGIES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html";

/** Instances of a spread group in one zone, each on a rack of its own. */
const MOST_SPREAD = 7;

export const placementGroupRules = [
  rule({
    id: "ec2-placement-partition",
    types: MACHINE_TYPES,
    title: "An instance that names a partition is in a placement group that has it",
    why: "Only a group of the strategy partition has partitions, numbered from 1: AWS refuses others at apply.",
    fix: 'Give the group the strategy "partition" and as many partitions, or drop the partition number.',
    source: PLACEMENT,
    severity: "error",
    check: (machine, estate) => {
      const { block, group, partition } = placementOf(machine);
      if (!block?.has(partition)) return undefined;
      const number = block.number(partition) ?? 0;
      if (!block.has(group))
        return fault(block, partition, "a partition is one of a placement group, and there is none");
      if (number < 1) return fault(block, partition, "partitions are numbered from 1");
      const target = estate.follow(machine, block, group, "aws_placement_group");
      if (!target) return undefined;
      const strategy = target.body.string("strategy");
      if (strategy !== "partition")
        return fault(block, partition, `${target.address} is a ${strategy} group: it has no partitions`);
      const count = target.body.number("partition_count");
      if (count === undefined || number <= count) return undefined;
      return fault(block, partition, `${target.address} has ${count} partitions`);
    },
  }),

  rule({
    id: "ec2-placement-cluster-zone",
    types: ["aws_placement_group"],
    title: "The instances of a cluster placement group are in one zone",
    why: "A cluster does not span zones: AWS refuses the instance in the other zone at apply.",
    fix: "Put them into one zone, or make a group for each zone.",
    source: STRATEGIES,
    severity: "error",
    check: (group, estate) => {
      if (group.body.string("strategy") !== "cluster") return undefined;
      const { zones, unknown } = byZone(group, estate);
      const [first, other] = [...zones.keys()];
      if (other !== undefined) {
        const [member] = zones.get(other) ?? [];
        return fault(group.body, "strategy", `it has instances in ${first} and, by ${member?.address}, in ${other}`);
      }
      if (unknown) throw new UnknownValueError("strategy");
      return undefined;
    },
  }),

  rule({
    id: "ec2-placement-spread-size",
    types: ["aws_placement_group"],
    title: `A spread placement group has at most ${MOST_SPREAD} instances in a zone`,
    why: "AWS refuses what is more at apply.",
    fix: "Spread them over more zones, make another group, or take partitions.",
    source: STRATEGIES,
    severity: "error",
    check: (group, estate) => {
      const isSpread = group.body.string("strategy") === "spread";
      // On an Outpost it may be spread over hosts, of which there may be more.
      if (!isSpread || group.body.string("spread_level") === "host") return undefined;
      const { zones, unknown } = byZone(group, estate);
      for (const [zone, members] of zones) {
        const count = members.reduce((sum, { copies }) => sum + (copies ?? 0), 0);
        if (count > MOST_SPREAD) return fault(group.body, "strategy", `it has ${count} instances in ${zone}`);
      }
      if (unknown) throw new UnknownValueError("strategy");
      return undefined;
    },
  }),
] as const;

/** Where a machine names its placement group and the partition of it. */
function placementOf({ type, body }: Resource): { block: Block | undefined; group: string; partition: string } {
  return type === "aws_launch_template"
    ? { block: body.block("placement"), group: "group_name", partition: "partition_number" }
    : { block: body, group: "placement_group", partition: "placement_partition_number" };
}

/** The instances of a group by their zone, and whether there are some whose zone or number cannot be told. */
function byZone(group: Resource, estate: Estate): { zones: Map<string, Resource[]>; unknown: boolean } {
  const zones = new Map<string, Resource[]>();
  // Which of several groups an instance is in, only Terraform can tell.
  if (group.copies !== 1) return { zones, unknown: true };
  let unknown = false;
  for (const instance of INSTANCES.flatMap((type) => estate.attached(group, type, "placement_group"))) {
    const zone = known(() => zoneOf(instance, estate));
    if (zone === undefined || instance.copies === undefined) unknown = true;
    else zones.set(zone, [...(zones.get(zone) ?? []), instance]);
  }
  return { zones, unknown };
}
