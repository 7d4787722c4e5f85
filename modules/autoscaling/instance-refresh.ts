import type { AutoscalingGroupInstanceRefresh } from "@cdktf/provider-aws/lib/autoscaling-group";

/**
 * How instances are replaced when their template or types change. Terraform starts it and does not wait for it.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-refresh.html
 */
export interface InstanceRefreshOptions {
  /**
   * How much of the group stays in service, in percent of its size, 0 to 100.
   * @default 90
   */
  readonly minHealthyPercent?: number;
  /**
   * How large the group may become meanwhile, in percent of its size, 100 to 200: above 100, new instances are there before old ones go.
   * @default 100
   */
  readonly maxHealthyPercent?: number;
  /**
   * Go back to the former template when it fails, or when one of `alarms` goes off. It needs a template with the number of a version, and an
   * image by id in it.
   * @default true
   */
  readonly rollback?: boolean;
  /**
   * Names of CloudWatch alarms that make it fail.
   * @default none
   */
  readonly alarms?: readonly string[];
  /**
   * Seconds until a new instance counts.
   * @default the group's warm-up, or else its grace period
   */
  readonly warmupSeconds?: number;
  /**
   * Leave instances that have the wanted template already.
   * @default false
   */
  readonly skipMatching?: boolean;
  /**
   * Percentages at which it pauses, ascending; without 100 at the end it stops at the last.
   * @default none
   */
  readonly checkpointPercents?: readonly number[];
  /** @default 3600 at each checkpoint */
  readonly checkpointDelaySeconds?: number;
  /**
   * What becomes of instances that are protected from scale-in.
   * @default "Ignore": they stay as they are
   */
  readonly scaleInProtectedInstances?: "Refresh" | "Ignore" | "Wait";
  /**
   * What becomes of instances in standby.
   * @default "Ignore"
   */
  readonly standbyInstances?: "Terminate" | "Ignore" | "Wait";
  /**
   * Further arguments of the group whose change starts it, as Terraform names them: `tag`. Template and types always do.
   * @default none
   */
  readonly triggers?: readonly string[];
}

/** The refresh as the provider takes it. */
export function instanceRefreshBlock(options: InstanceRefreshOptions): AutoscalingGroupInstanceRefresh {
  return {
    strategy: "Rolling",
    triggers: options.triggers && [...options.triggers],
    preferences: {
      minHealthyPercentage: options.minHealthyPercent ?? 90,
      maxHealthyPercentage: options.maxHealthyPercent,
      autoRollback: options.rollback ?? true,
      alarmSpecification: options.alarms && { alarms: [...options.alarms] },
      instanceWarmup: text(options.warmupSeconds),
      skipMatching: options.skipMatching,
      checkpointPercentages: options.checkpointPercents && [...options.checkpointPercents],
      checkpointDelay: text(options.checkpointDelaySeconds),
      scaleInProtectedInstances: options.scaleInProtectedInstances,
      standbyInstances: options.standbyInstances,
    },
  };
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}`;
}
