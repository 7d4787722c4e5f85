import type { AutoscalingGroupConfig } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { AutoScalingGroupProps, GroupMetricName } from "./auto-scaling-group-props";
import { instanceRefreshBlock } from "./instance-refresh";
import { warmPoolBlock } from "./warm-pool";

const SECONDS_A_DAY = 86_400;

const DEFAULT_METRICS: readonly GroupMetricName[] = [
  "GroupMinSize",
  "GroupMaxSize",
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupPendingInstances",
  "GroupStandbyInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
];

/** The arguments of a group that are its props under the provider's names. */
export function groupArguments(props: AutoScalingGroupProps): Omit<AutoscalingGroupConfig, "name"> {
  const { instanceRefresh = {}, maintenance, maxInstanceLifetimeDays: days, capacityTimeoutMinutes: minutes } = props;
  return {
    minSize: props.minSize,
    maxSize: props.maxSize,
    desiredCapacity: props.desiredSize,
    vpcZoneIdentifier: subnetIds(props),
    healthCheckGracePeriod: props.healthCheckGraceSeconds ?? 300,
    defaultCooldown: props.cooldownSeconds,
    defaultInstanceWarmup: props.warmupSeconds,
    maxInstanceLifetime: days === undefined ? undefined : days * SECONDS_A_DAY,
    capacityRebalance: props.capacityRebalance ?? (props.spot ? true : undefined),
    terminationPolicies: props.terminationPolicies && [...props.terminationPolicies],
    protectFromScaleIn: props.scaleInProtection,
    suspendedProcesses: props.suspendedProcesses && [...props.suspendedProcesses],
    enabledMetrics: [...(props.metrics ?? DEFAULT_METRICS)],
    waitForCapacityTimeout: minutes === undefined ? undefined : `${minutes}m`,
    warmPool: props.warmPool && warmPoolBlock(props.warmPool),
    instanceRefresh: instanceRefresh === "none" ? undefined : instanceRefreshBlock(instanceRefresh),
    instanceMaintenancePolicy: maintenance && {
      minHealthyPercentage: maintenance.minHealthyPercent,
      maxHealthyPercentage: maintenance.maxHealthyPercent,
    },
    // One address, whether the size is managed or not.
    ...(ignoresDesiredSize(props) ? { lifecycle: { ignoreChanges: ["desired_capacity"] } } : {}),
  };
}

function subnetIds({ vpc, subnets = "private", availabilityZones }: AutoScalingGroupProps): string[] {
  if (!availabilityZones) return vpc.subnetIds(subnets);
  return availabilityZones.flatMap((zone) => vpc.subnets[subnets]?.[zone]?.id ?? []);
}

/** Without a size of its own there is nothing to ignore: Terraform leaves alone what is not said. */
function ignoresDesiredSize({ desiredSize, ignoreDesiredSize, scaling, schedules }: AutoScalingGroupProps): boolean {
  if (desiredSize === undefined) return false;
  return ignoreDesiredSize ?? Object.keys({ ...scaling, ...schedules }).length > 0;
}
