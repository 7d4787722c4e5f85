import type { Metric, MetricMath } from "../cloudwatch";

/** A metric of a policy. Where it has no dimensions, it is the group's: `{ AutoScalingGroupName }`; `{}` is a metric that has none. */
export type ScalingMetric = Metric | MetricMath;

/** What policies that follow a target have in common. https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html */
interface TrackingOptions {
  /**
   * Make the group smaller too, when the metric is below the target.
   * @default true
   */
  readonly scaleIn?: boolean;
  /**
   * Seconds until a new instance's metrics count.
   * @default the group's warm-up, or else its cooldown
   */
  readonly warmupSeconds?: number;
}

/** Keeps the average CPU utilisation at a target. */
export interface CpuScaling extends TrackingOptions {
  readonly type: "cpu";
  /** Percent. */
  readonly targetPercent: number;
}

/** Keeps the average network traffic of an instance at a target. */
export interface NetworkScaling extends TrackingOptions {
  readonly type: "network-in" | "network-out";
  /** Bytes that an instance receives or sends in a period of its metrics: 5 minutes, or 1 with detailed monitoring. */
  readonly targetBytes: number;
}

/** Names the target group whose requests count. */
export interface RequestSource {
  /**
   * Id of the target group, when the group belongs to several: the name that `forward` was given.
   * @default the only one
   */
  readonly targetGroup?: string;
}

/** Keeps the requests that an Application Load Balancer sends to each instance at a target. The group must belong to one of its target groups. */
export interface RequestScaling extends TrackingOptions, RequestSource {
  readonly type: "requests";
  /** Requests a minute that each instance is to get. */
  readonly targetPerInstance: number;
}

/** Keeps a metric at a target; one that halves when the group doubles. */
export interface MetricScaling extends TrackingOptions {
  readonly type: "metric";
  readonly metric: ScalingMetric;
  /** In the metric's unit. */
  readonly target: number;
}

/**
 * Where a step begins, and what it does to the group: instances to add (below 0: to remove), or what `adjustment` makes of the number.
 * `atLeast` is for a metric that may not become too high, `atMost` for one that may not become too low.
 */
export type ScalingStep =
  { readonly atLeast: number; readonly change: number } | { readonly atMost: number; readonly change: number };

/** What policies that an alarm starts have in common. The alarm is made with the policy. */
interface AlarmedOptions {
  readonly metric: ScalingMetric;
  /**
   * What the number of a step means: instances more or less, the size itself, or percent of the size.
   * @default "change"
   */
  readonly adjustment?: "change" | "exact" | "percent";
  /**
   * With percent: the fewest instances by which the size changes.
   * @default none
   */
  readonly minChange?: number;
  /**
   * How many periods of the metric are looked at.
   * @default 1
   */
  readonly evaluationPeriods?: number;
  /**
   * How many of these must be beyond the first step.
   * @default all of them
   */
  readonly datapointsToAlarm?: number;
}

/**
 * Changes the size by how far a metric is off. https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html
 *
 * @example
 * { type: "step", metric, steps: [{ atLeast: 60, change: 1 }, { atLeast: 85, change: 3 }] }   // 60 to 85: one more; from 85: three more
 */
export interface StepScaling extends AlarmedOptions {
  readonly type: "step";
  /** Each reaches to the next and the last has no end, so that there is neither a gap nor an overlap. All `atLeast`, or all `atMost`. */
  readonly steps: readonly ScalingStep[];
  /**
   * Seconds until a new instance's metrics count.
   * @default the group's warm-up, or else its cooldown
   */
  readonly warmupSeconds?: number;
}

/** Changes the size once, then waits. AWS advises steps instead, which do not wait while it becomes worse. */
export interface SimpleScaling extends AlarmedOptions {
  readonly type: "simple";
  readonly step: ScalingStep;
  /**
   * Seconds to wait before the next change.
   * @default the group's cooldown
   */
  readonly cooldownSeconds?: number;
}

/**
 * Has instances ready before they are needed, for load that comes and goes by the day or the week.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-predictive-scaling.html
 */
export interface PredictiveScaling extends RequestSource {
  readonly type: "predictive";
  /** What is foreseen, and kept at the target. `requests` needs a target group. */
  readonly metric: "cpu" | "network-in" | "network-out" | "requests";
  /** Of each instance: percent, bytes, or requests. */
  readonly target: number;
  /**
   * Foresee only, to see how good it is, or act on it.
   * @default "ForecastOnly"
   */
  readonly mode?: "ForecastOnly" | "ForecastAndScale";
  /**
   * How long before the time instances are started, in seconds, at most 3,600.
   * @default 300
   */
  readonly bufferSeconds?: number;
  /**
   * Whether a forecast may go above the group's maximum, and by how many percent of the forecast.
   * @default "never"
   */
  readonly exceedMaxSize?: "never" | { readonly bufferPercent: number };
}

/** How a group's size follows its load: one policy. */
export type ScalingOptions =
  CpuScaling | NetworkScaling | RequestScaling | MetricScaling | StepScaling | SimpleScaling | PredictiveScaling;

/** True for a policy that counts the requests of a target group, and can be made only when there is one. */
export function countsRequests(options: ScalingOptions): options is RequestScaling | PredictiveScaling {
  return options.type === "requests" || (options.type === "predictive" && options.metric === "requests");
}
