import type { AutoscalingPolicyTargetTrackingConfiguration } from "@cdktf/provider-aws/lib/autoscaling-policy";
import type { Metric } from "../cloudwatch";
import { isMetricMath } from "../cloudwatch/metric";
import type { CpuScaling, MetricScaling, NetworkScaling, RequestScaling, ScalingMetric } from "./scaling-options";

type Tracking = CpuScaling | NetworkScaling | RequestScaling | MetricScaling;
type CustomizedMetric = AutoscalingPolicyTargetTrackingConfiguration["customizedMetricSpecification"];

/** Name of the expression's own line among those of its metrics. */
const RESULT = "result";

/**
 * What a target tracking policy follows.
 * @param resourceLabel load balancer and target group, for requests
 */
export function targetTracking(
  options: Tracking,
  resourceLabel?: string,
): AutoscalingPolicyTargetTrackingConfiguration {
  const disableScaleIn = options.scaleIn === undefined ? undefined : !options.scaleIn;
  switch (options.type) {
    case "cpu":
      return predefined("ASGAverageCPUUtilization", options.targetPercent);
    case "network-in":
      return predefined("ASGAverageNetworkIn", options.targetBytes);
    case "network-out":
      return predefined("ASGAverageNetworkOut", options.targetBytes);
    case "requests":
      return predefined("ALBRequestCountPerTarget", options.targetPerInstance);
    case "metric":
      return {
        targetValue: options.target,
        disableScaleIn,
        customizedMetricSpecification: customizedMetric(options.metric),
      };
  }

  function predefined(predefinedMetricType: string, targetValue: number): AutoscalingPolicyTargetTrackingConfiguration {
    return { targetValue, disableScaleIn, predefinedMetricSpecification: { predefinedMetricType, resourceLabel } };
  }
}

function customizedMetric(metric: ScalingMetric): CustomizedMetric {
  if (!isMetricMath(metric)) {
    const { namespace, name, statistic, dimensions, periodSeconds, unit } = metric;
    return {
      namespace,
      metricName: name,
      statistic,
      metricDimension: dimensionList(dimensions),
      period: periodSeconds,
      unit,
    };
  }
  const { expression, label, metrics } = metric;
  return {
    metrics: [
      ...Object.entries(metrics).map(([id, one]) => ({ id, returnData: false, metricStat: metricStat(one) })),
      { id: RESULT, expression, label, returnData: true },
    ],
  };
}

function metricStat({ namespace, name, statistic, dimensions, periodSeconds, unit }: Metric): {
  readonly stat: string;
  readonly period?: number;
  readonly unit?: string;
  readonly metric: { namespace: string; metricName: string; dimensions?: { name: string; value: string }[] };
} {
  const metric = { namespace, metricName: name, dimensions: dimensionList(dimensions) };
  return { stat: statistic, period: periodSeconds, unit, metric };
}

function dimensionList(dimensions: Metric["dimensions"] = {}): { name: string; value: string }[] | undefined {
  const list = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
  return list.length > 0 ? list : undefined;
}
