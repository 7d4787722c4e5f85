import { certain } from "../values/certain";
import type { Block } from "../values/block";
import { members } from "../kinds";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";
const CREATE = `${API}/API_CreateAutoScalingGroup.html`;
const MAINTENANCE = `${API}/API_InstanceMaintenancePolicy.html`;
const PROCESSES = `${API}/API_ScalingProcessQuery.html`;
const METRICS = `${API}/API_EnableMetricsCollection.html`;

const TYPES = ["aws_autoscaling_group"];
const DAY = 86_400;

const HEALTH_CHECKS = ["EC2", "ELB", "EBS", "VPC_LATTICE"];
const LAMBDA = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:/;

export const autoscalingGroupRules = [
  rule({
    id: "autoscaling-min-max",
    types: TYPES,
    title: "The minimum size of an Auto Scaling group is not above its maximum",
    why: "AWS refuses it at apply.",
    fix: "Lower min_size, or raise max_size.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const [min, max] = [body.number("min_size"), body.number("max_size")];
      if (min === undefined || max === undefined || min <= max) return undefined;
      return fault(body, "min_size", `the minimum is at most the maximum, ${max}`);
    },
  }),

  rule({
    id: "autoscaling-desired-max",
    types: TYPES,
    title: "The desired capacity of an Auto Scaling group is not above its maximum size",
    why: "AWS refuses it at apply.",
    fix: "Lower desired_capacity, or raise max_size.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const desired = body.number("desired_capacity");
      if (desired === undefined) return undefined;
      const max = body.number("max_size");
      if (max === undefined || desired <= max) return undefined;
      return fault(body, "desired_capacity", `the desired capacity is at most max_size, ${max}`);
    },
  }),

  rule({
    id: "autoscaling-desired-min",
    types: TYPES,
    title: "The desired capacity of an Auto Scaling group is not below its minimum size",
    why: "AWS refuses it at apply.",
    fix: "Raise desired_capacity, or lower min_size.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const desired = body.number("desired_capacity");
      if (desired === undefined) return undefined;
      const min = body.number("min_size");
      if (min === undefined || desired >= min) return undefined;
      return fault(body, "desired_capacity", `the desired capacity is at least min_size, ${min}`);
    },
  }),

  rule({
    id: "autoscaling-instance-lifetime",
    types: TYPES,
    title: "The maximum lifetime of instances is 0 (none) or at least 86,400 seconds, a day",
    why: "AWS refuses it at apply.",
    fix: "Set max_instance_lifetime to 86400 or more, or to 0.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const seconds = body.number("max_instance_lifetime");
      if (seconds === undefined || seconds === 0 || seconds >= DAY) return undefined;
      return fault(body, "max_instance_lifetime", "the lifetime is 0 or at least 86,400 seconds");
    },
  }),

  rule({
    id: "autoscaling-subnets",
    types: TYPES,
    title: "An Auto Scaling group names subnets, or availability zones",
    why: "AWS does not know where to launch instances, and refuses it at apply.",
    fix: "Set vpc_zone_identifier to the ids of subnets.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      if (certain(["vpc_zone_identifier", "availability_zones"], (name) => body.has(name))) return undefined;
      return fault(body, "vpc_zone_identifier", "an Auto Scaling group needs subnets");
    },
  }),

  healthyPercentage("autoscaling-min-healthy-percentage", "min_healthy_percentage", 0, 100),
  healthyPercentage("autoscaling-max-healthy-percentage", "max_healthy_percentage", 100, 200),

  rule({
    id: "autoscaling-healthy-percentage-span",
    types: TYPES,
    title: "The maximum healthy percentage is at most 100 above the minimum",
    why: "AWS refuses it at apply.",
    fix: "Bring the two nearer together. An instance refresh without min_healthy_percentage has 90.",
    source: MAINTENANCE,
    severity: "error",
    check: (group) =>
      each(maintenance(group), (block) => {
        const max = block.number("max_healthy_percentage");
        const min = block.number("min_healthy_percentage") ?? (block.path.includes("preferences") ? 90 : undefined);
        if (max === undefined || min === undefined) return undefined;
        // What is out of range is another rule's, and -1 takes away what was set before.
        if (min < 0 || min > 100 || max > 200 || max - min <= 100) return undefined;
        return fault(block, "max_healthy_percentage", `it is at most 100 above the minimum, ${min}`);
      }),
  }),

  members({
    id: "autoscaling-suspended-process",
    types: TYPES,
    argument: "suspended_processes",
    what: "a process that can be suspended",
    values: [
      "Launch",
      "Terminate",
      "AddToLoadBalancer",
      "AlarmNotification",
      "AZRebalance",
      "HealthCheck",
      "InstanceRefresh",
      "ReplaceUnhealthy",
      "ScheduledActions",
    ],
    source: PROCESSES,
  }),

  members({
    id: "autoscaling-metric",
    types: TYPES,
    argument: "enabled_metrics",
    what: "a metric of an Auto Scaling group",
    values: [
      "GroupMinSize",
      "GroupMaxSize",
      "GroupDesiredCapacity",
      "GroupInServiceInstances",
      "GroupPendingInstances",
      "GroupStandbyInstances",
      "GroupTerminatingInstances",
      "GroupTotalInstances",
      "GroupInServiceCapacity",
      "GroupPendingCapacity",
      "GroupStandbyCapacity",
      "GroupTerminatingCapacity",
      "GroupTotalCapacity",
      "WarmPoolDesiredCapacity",
      "WarmPoolWarmedCapacity",
      "WarmPoolPendingCapacity",
      "WarmPoolTerminatingCapacity",
      "WarmPoolTotalCapacity",
      "GroupAndWarmPoolDesiredCapacity",
      "GroupAndWarmPoolTotalCapacity",
    ],
    source: METRICS,
  }),

  rule({
    id: "autoscaling-health-check-type",
    types: TYPES,
    title: `The health checks of an Auto Scaling group are of ${HEALTH_CHECKS.join(", ")}, with commas between several`,
    why: "AWS refuses it at apply.",
    fix: 'Set health_check_type to "EC2", or to "ELB" behind a load balancer.',
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const kinds = body.string("health_check_type");
      if (kinds === undefined || kinds === "") return undefined;
      if (kinds.split(",").every((kind) => HEALTH_CHECKS.includes(kind.trim()))) return undefined;
      return fault(body, "health_check_type", `a health check is one of ${HEALTH_CHECKS.join(", ")}`);
    },
  }),

  members({
    id: "autoscaling-termination-policy",
    types: TYPES,
    argument: "termination_policies",
    what: "a termination policy",
    values: [
      "Default",
      "AllocationStrategy",
      "ClosestToNextInstanceHour",
      "NewestInstance",
      "OldestInstance",
      "OldestLaunchConfiguration",
      "OldestLaunchTemplate",
    ],
    allows: LAMBDA,
    fix: "Name in termination_policies a policy that AWS has, or the ARN of a Lambda function.",
    source: CREATE,
  }),
] as const;

/** The blocks that say how many instances stay healthy while others are replaced. */
function maintenance({ body }: Resource): Block[] {
  return [
    ...body.blocks("instance_maintenance_policy"),
    ...body.blocks("instance_refresh").flatMap((refresh) => refresh.blocks("preferences")),
  ];
}

function healthyPercentage<const Id extends string>(id: Id, name: string, min: number, max: number) {
  const sentence = `${name} is ${min} to ${max}`;
  return rule<Id>({
    id,
    types: TYPES,
    title: `While instances are replaced, ${sentence} percent`,
    why: "AWS refuses it at apply.",
    fix: `Set ${name} to ${min} to ${max}.`,
    source: MAINTENANCE,
    severity: "error",
    check: (group): Fault[] =>
      each(maintenance(group), (block) => {
        const value = block.number(name);
        // -1 takes away what was set before; an instance refresh has nothing to take away.
        if (value === undefined || (value === -1 && !block.path.includes("preferences"))) return undefined;
        return value >= min && value <= max ? undefined : fault(block, name, sentence);
      }),
  });
}
