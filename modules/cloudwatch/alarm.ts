import { Construct } from "constructs";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { awsName, Problems } from "../core";
import {
  DEFAULT_PERIOD_SECONDS,
  isMetricMath,
  isPlainStatistic,
  metricMathProblems,
  type Metric,
  type MetricMath,
} from "./metric";

/** How the metric is compared with the threshold. */
export type AlarmComparison = ">" | ">=" | "<" | "<=";

/** What periods without a value count as. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

/** What is watched, when it is too much, and who is told. */
export interface AlarmProps {
  /** What is watched: a metric, or an expression over several. */
  readonly metric: Metric | MetricMath;
  /** What the metric is compared with, in the metric's unit. */
  readonly threshold: number;
  /** The alarm goes off when `metric <comparison> threshold`. */
  readonly comparison: AlarmComparison;
  /**
   * How many of the last periods are looked at.
   * @default 1
   */
  readonly evaluationPeriods?: number;
  /**
   * How many of these must be beyond the threshold: 3 of 5 keeps a single peak from waking anybody.
   * @default all of them
   */
  readonly datapointsToAlarm?: number;
  /** @default "missing": with too few values, the state is INSUFFICIENT_DATA */
  readonly treatMissingData?: MissingData;
  /**
   * What it means and what to do, for whoever it wakes; at most 1,024 characters.
   * @default none
   */
  readonly description?: string;
  /**
   * Who is told when the alarm goes off: topics, or other actions, at most 5.
   * @default nobody
   */
  readonly notify?: readonly { readonly arn: string }[];
  /**
   * Who is told when all is well again.
   * @default nobody
   */
  readonly notifyOk?: readonly { readonly arn: string }[];
}

const OPERATORS: Readonly<Record<AlarmComparison, string>> = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
};

/** Name of the expression's own line among those of its metrics. */
const RESULT = "result";

/**
 * A CloudWatch alarm on one metric, or on an expression over several.
 *
 * Replaced by: nothing that can be said here. Costs: a fee for each metric and month. https://aws.amazon.com/cloudwatch/pricing/
 *
 * @example
 * new Alarm(this, "cpu", {
 *   metric: { namespace: "AWS/EC2", name: "CPUUtilization", statistic: "Average", dimensions: { InstanceId: web.id } },
 *   comparison: ">=",
 *   threshold: 80,
 *   evaluationPeriods: 3,
 *   notify: [topic],
 * });
 */
export class Alarm extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly resource: CloudwatchMetricAlarm;

  /** @throws InvalidConstructError when metrics of an expression have names that CloudWatch does not take */
  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    this.resource = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: awsName(this, "alarm"),
      alarmDescription: props.description,
      comparisonOperator: OPERATORS[props.comparison],
      threshold: props.threshold,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      datapointsToAlarm: props.datapointsToAlarm,
      treatMissingData: props.treatMissingData ?? "missing",
      alarmActions: props.notify?.map(({ arn }) => arn),
      okActions: props.notifyOk?.map(({ arn }) => arn),
      ...this.watched(props.metric),
    });
    this.arn = this.resource.arn;
    this.name = this.resource.alarmName;
  }

  private watched(metric: Metric | MetricMath): Partial<CloudwatchMetricAlarmConfig> {
    if (!isMetricMath(metric)) return metricArguments(metric);
    const problems = new Problems(this, "Alarm");
    for (const problem of metricMathProblems(metric, new Set([RESULT]))) problems.add(problem);
    problems.throwIfAny();
    const { expression, label, metrics } = metric;
    return {
      metricQuery: [
        { id: RESULT, expression, label: label ?? expression, returnData: true },
        ...Object.entries(metrics).map(([id, one]) => ({ id, metric: queriedMetric(one) })),
      ],
    };
  }
}

/** A metric as an alarm on it alone names it. */
function metricArguments(metric: Metric): Partial<CloudwatchMetricAlarmConfig> {
  const { namespace, name, statistic, dimensions, periodSeconds, unit } = metric;
  return {
    namespace,
    metricName: name,
    ...(isPlainStatistic(statistic) ? { statistic } : { extendedStatistic: statistic }),
    dimensions,
    period: periodSeconds ?? DEFAULT_PERIOD_SECONDS,
    unit,
  };
}

/** A metric as one of several in an alarm. */
export function queriedMetric({ namespace, name, statistic, dimensions, periodSeconds, unit }: Metric): {
  readonly namespace: string;
  readonly metricName: string;
  readonly stat: string;
  readonly period: number;
  readonly dimensions?: Record<string, string>;
  readonly unit?: string;
} {
  const period = periodSeconds ?? DEFAULT_PERIOD_SECONDS;
  return { namespace, metricName: name, stat: statistic, period, dimensions, unit };
}
