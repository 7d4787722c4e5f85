import { Alarm } from "../cloudwatch";
import type { AutoScalingGroup } from "./auto-scaling-group";
import type { AutoScalingGroupProps } from "./auto-scaling-group-props";

/** The default alarms of a group. */
export interface GroupAlarmsOptions {
  /** Who is told: topics. */
  readonly notify: readonly { readonly arn: string }[];
  /**
   * Average CPU utilisation, in percent, that is too high when it lasts for 15 minutes.
   * @default 80
   */
  readonly cpuPercent?: number;
}

/** Name of the metric that one of the default alarms watches. */
export const IN_SERVICE = "GroupInServiceInstances";

/**
 * Makes the default alarms.
 * @returns the alarms, by name
 */
export function createGroupAlarms(
  group: AutoScalingGroup,
  { notify, cpuPercent = 80 }: GroupAlarmsOptions,
  sizes: Pick<AutoScalingGroupProps, "minSize" | "schedules">,
): Record<string, Alarm> {
  const dimensions = { AutoScalingGroupName: group.name };
  const cpuHigh = new Alarm(group, "cpu_high_alarm", {
    metric: { namespace: "AWS/EC2", name: "CPUUtilization", statistic: "Average", dimensions },
    comparison: ">=",
    threshold: cpuPercent,
    evaluationPeriods: 3,
    description: `Average CPU of the group at ${cpuPercent} percent or more for 15 minutes: is maxSize large enough?`,
    notify,
  });
  const fewest = lowestMinSize(sizes);
  if (fewest === 0) return { cpuHigh };
  const inServiceLow = new Alarm(group, "in_service_low_alarm", {
    metric: { namespace: "AWS/AutoScaling", name: IN_SERVICE, statistic: "Minimum", periodSeconds: 60, dimensions },
    comparison: "<",
    threshold: fewest,
    evaluationPeriods: 10,
    description: `Fewer than ${fewest} instances in service for 10 minutes: see the group's activity history.`,
    notify,
  });
  return { cpuHigh, inServiceLow };
}

/** What the group never falls below: a night with fewer instances is nothing to be woken for. */
function lowestMinSize({ minSize, schedules = {} }: Pick<AutoScalingGroupProps, "minSize" | "schedules">): number {
  return Math.min(minSize, ...Object.values(schedules).map((schedule) => schedule.minSize ?? minSize));
}
