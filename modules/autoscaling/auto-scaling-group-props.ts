import type { SubnetTier, VpcLike, ZoneLetter } from "../vpc";
import type { GroupAlarmsOptions } from "./group-alarms";
import type { GroupNotificationOptions } from "./group-notification";
import type { InstanceRefreshOptions } from "./instance-refresh";
import type { LaunchTemplateLike, LaunchTemplateOptions } from "./launch-template";
import type { LifecycleHookOptions } from "./lifecycle-hook";
import type { MixedInstancesOptions } from "./mixed-instances";
import type { ScalingOptions } from "./scaling-options";
import type { ScheduleOptions } from "./scheduled-action";
import type { WarmPoolOptions } from "./warm-pool";

/** What a group publishes about itself. https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html */
export type GroupMetricName =
  | `Group${"MinSize" | "MaxSize" | "DesiredCapacity"}`
  | `Group${"InService" | "Pending" | "Standby" | "Terminating" | "Total"}${"Instances" | "Capacity"}`
  | `WarmPool${"MinSize" | "DesiredCapacity" | "PendingCapacity" | "TerminatingCapacity" | "TotalCapacity" | "WarmedCapacity"}`
  | `GroupAndWarmPool${"DesiredCapacity" | "TotalCapacity"}`;

/** What a group does of its own accord. https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
export type ScalingProcess =
  | "Launch"
  | "Terminate"
  | "AddToLoadBalancer"
  | "AlarmNotification"
  | "AZRebalance"
  | "HealthCheck"
  | "InstanceRefresh"
  | "ReplaceUnhealthy"
  | "ScheduledActions";

/** How much of the group is healthy while instances are replaced, for whatever reason. The two are at most 100 apart. */
export interface MaintenanceOptions {
  /** Percent of the size, 0 to 100. */
  readonly minHealthyPercent: number;
  /** Percent of the size, 100 to 200. */
  readonly maxHealthyPercent: number;
}

/** Sizes, place, template, scaling: see `LaunchTemplateOptions` for what the instances are started with. */
export interface AutoScalingGroupProps extends LaunchTemplateOptions, MixedInstancesOptions {
  readonly vpc: VpcLike;
  /** Fewest instances. */
  readonly minSize: number;
  /** Most instances. */
  readonly maxSize: number;
  /**
   * How many instances there are to be.
   * @default not managed: the group starts with `minSize`, and whatever changes it later is left alone
   */
  readonly desiredSize?: number;
  /**
   * Let `desiredSize` hold for the start only: what policies, schedules or people make of it later is no difference to Terraform.
   * @default true when there are `scaling` or `schedules`
   */
  readonly ignoreDesiredSize?: boolean;
  /**
   * Tier of the subnets. In public ones each instance gets a public address.
   * @default "private"
   */
  readonly subnets?: SubnetTier;
  /**
   * Letters of the availability zones to use.
   * @default all of the VPC's
   */
  readonly availabilityZones?: readonly ZoneLetter[];
  /**
   * Port that the instances listen on: what load balancers forward to, and what `allowFrom` opens.
   * @default none: whoever connects says it
   */
  readonly port?: number;
  /**
   * A template from outside, instead of the options that describe one: of several groups, or one that exists already.
   * @default one of its own
   */
  readonly launchTemplate?: LaunchTemplateLike;
  /**
   * How the size follows the load, by a name of your own.
   * @default not at all
   */
  readonly scaling?: Readonly<Record<string, ScalingOptions>>;
  /**
   * Changes of the sizes at times that are known before, by a name of your own.
   * @default none
   */
  readonly schedules?: Readonly<Record<string, ScheduleOptions>>;
  /**
   * Pauses in the life of instances, by a name of your own.
   * @default none
   */
  readonly hooks?: Readonly<Record<string, LifecycleHookOptions>>;
  /**
   * Who is told of instances that come and go, by a name of your own.
   * @default nobody
   */
  readonly notifications?: Readonly<Record<string, GroupNotificationOptions>>;
  /**
   * The default alarms: high CPU, and fewer instances in service than `minSize`.
   * @default none
   */
  readonly alarms?: GroupAlarmsOptions;
  /**
   * When an instance is replaced: when EC2 finds it broken, or also when a load balancer does.
   * @default "ELB" when the group belongs to a target group, else "EC2"
   */
  readonly healthCheckType?: "EC2" | "ELB";
  /**
   * Seconds that a new instance has before its health counts.
   * @default 300
   */
  readonly healthCheckGraceSeconds?: number;
  /**
   * Seconds until a new instance's metrics count, for all policies and refreshes. AWS advises to set it.
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html
   * @default none: each policy's own, or else the cooldown
   */
  readonly warmupSeconds?: number;
  /**
   * Seconds between two changes by simple policies.
   * @default 300
   */
  readonly cooldownSeconds?: number;
  /**
   * How instances are replaced when template or types change; `none` leaves them until they go by themselves.
   * @default rolling, with 90 percent in service, and back to the former template when it fails
   */
  readonly instanceRefresh?: InstanceRefreshOptions | "none";
  /** @default AWS's own: old instances go first when one is replaced for its health, new ones come first in a rebalancing */
  readonly maintenance?: MaintenanceOptions;
  /**
   * Days after which an instance is replaced, 1 to 365.
   * @default never
   */
  readonly maxInstanceLifetimeDays?: number;
  /** @default none */
  readonly warmPool?: WarmPoolOptions;
  /**
   * Start another Spot instance as soon as AWS warns that it may take one back.
   * @default true with `spot`
   */
  readonly capacityRebalance?: boolean;
  /**
   * Which instance goes first when the group becomes smaller: AWS's names, or the ARN of a Lambda function, in order.
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html
   * @default ["Default"]: from the fullest zone, the one with the oldest template
   */
  readonly terminationPolicies?: readonly string[];
  /**
   * Keep new instances when the group becomes smaller.
   * @default false
   */
  readonly scaleInProtection?: boolean;
  /** @default none */
  readonly suspendedProcesses?: readonly ScalingProcess[];
  /**
   * What is published each minute about the group itself.
   * @default its sizes, and how many instances are in which state
   */
  readonly metrics?: readonly GroupMetricName[];
  /**
   * How long Terraform waits for healthy instances after it made the group or changed its size, in minutes; 0 does not wait.
   * @default 10
   */
  readonly capacityTimeoutMinutes?: number;
}
