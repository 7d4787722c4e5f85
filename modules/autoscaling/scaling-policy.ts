import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AutoscalingPolicy, type AutoscalingPolicyConfig } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { Alarm, type Metric } from "../cloudwatch";
import { isMetricMath } from "../cloudwatch/metric";
import { awsName } from "../core";
import type { PredictiveScaling, ScalingMetric, ScalingOptions, SimpleScaling, StepScaling } from "./scaling-options";
import { stepAdjustments, thresholdOf } from "./scaling-steps";
import { targetTracking } from "./target-tracking";

/** A policy, and whose size it changes. */
export interface ScalingPolicyProps {
  /** Name of the group. Changing it replaces the policy. */
  readonly groupName: string;
  readonly options: ScalingOptions;
  /**
   * `app/<load balancer>/<id>/targetgroup/<target group>/<id>`: whose requests count.
   * @default none: no requests are counted
   */
  readonly resourceLabel?: string;
  /**
   * What must be there before: AWS refuses to count requests of a target group that the group does not belong to.
   * @default nothing
   */
  readonly dependsOn?: ITerraformDependable[];
}

type Arguments = Omit<AutoscalingPolicyConfig, "name" | "autoscalingGroupName">;

const ADJUSTMENTS = { change: "ChangeInCapacity", exact: "ExactCapacity", percent: "PercentChangeInCapacity" } as const;

const PREDICTED_METRICS = {
  cpu: "ASGCPUUtilization",
  "network-in": "ASGNetworkIn",
  "network-out": "ASGNetworkOut",
  requests: "ALBRequestCount",
} as const;

/**
 * One rule by which a group's size follows its load, with the alarm that starts it where it needs one. Made by `AutoScalingGroup`.
 *
 * Replaced by: nothing but another group. Costs: nothing; its alarm by the month.
 */
export class ScalingPolicy extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What starts a `step` or `simple` policy; the alarms of the others are AWS's own. */
  readonly alarm: Alarm | undefined;
  readonly resource: AutoscalingPolicy;

  constructor(scope: Construct, id: string, props: ScalingPolicyProps) {
    super(scope, id);
    const options = withGroupDimensions(props.options, props.groupName);
    this.resource = new AutoscalingPolicy(this, "Resource", {
      name: awsName(this, "scalingPolicy"),
      autoscalingGroupName: props.groupName,
      dependsOn: props.dependsOn,
      ...policyArguments(options, props.resourceLabel),
    });
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    this.alarm = this.createAlarm(options);
  }

  private createAlarm(options: ScalingOptions): Alarm | undefined {
    if (options.type !== "step" && options.type !== "simple") return undefined;
    return new Alarm(this, "alarm", {
      metric: options.metric,
      ...thresholdOf(options.type === "step" ? options.steps : [options.step]),
      evaluationPeriods: options.evaluationPeriods,
      datapointsToAlarm: options.datapointsToAlarm,
      description: "Starts a scaling policy.",
      notify: [this],
    });
  }
}

function policyArguments(options: ScalingOptions, resourceLabel?: string): Arguments {
  switch (options.type) {
    case "step":
      return {
        policyType: "StepScaling",
        ...adjustment(options),
        metricAggregationType: "Average",
        estimatedInstanceWarmup: options.warmupSeconds,
        stepAdjustment: stepAdjustments(options.steps),
      };
    case "simple":
      return {
        policyType: "SimpleScaling",
        ...adjustment(options),
        scalingAdjustment: options.step.change,
        cooldown: options.cooldownSeconds,
      };
    case "predictive":
      return { policyType: "PredictiveScaling", predictiveScalingConfiguration: predictive(options, resourceLabel) };
    default:
      return {
        policyType: "TargetTrackingScaling",
        estimatedInstanceWarmup: options.warmupSeconds,
        targetTrackingConfiguration: targetTracking(options, resourceLabel),
      };
  }
}

function adjustment({ adjustment: kind = "change", minChange }: StepScaling | SimpleScaling): Arguments {
  return { adjustmentType: ADJUSTMENTS[kind], minAdjustmentMagnitude: minChange };
}

function predictive(
  { metric, target, mode, bufferSeconds, exceedMaxSize = "never" }: PredictiveScaling,
  resourceLabel?: string,
): AutoscalingPolicyConfig["predictiveScalingConfiguration"] {
  return {
    mode: mode ?? "ForecastOnly",
    schedulingBufferTime: bufferSeconds === undefined ? undefined : `${bufferSeconds}`,
    ...(exceedMaxSize === "never"
      ? {}
      : { maxCapacityBreachBehavior: "IncreaseMaxCapacity", maxCapacityBuffer: `${exceedMaxSize.bufferPercent}` }),
    metricSpecification: {
      targetValue: target,
      predefinedMetricPairSpecification: { predefinedMetricType: PREDICTED_METRICS[metric], resourceLabel },
    },
  };
}

/** A metric that names no dimensions is the group's. */
function withGroupDimensions(options: ScalingOptions, groupName: string): ScalingOptions {
  if (options.type !== "step" && options.type !== "simple" && options.type !== "metric") return options;
  return { ...options, metric: metricOfGroup(options.metric, groupName) };
}

function metricOfGroup(metric: ScalingMetric, groupName: string): ScalingMetric {
  const complete = (one: Metric): Metric => ({ dimensions: { AutoScalingGroupName: groupName }, ...one });
  if (!isMetricMath(metric)) return complete(metric);
  const metrics = Object.entries(metric.metrics).map(([name, one]) => [name, complete(one)]);
  return { ...metric, metrics: Object.fromEntries(metrics) as Record<string, Metric> };
}
