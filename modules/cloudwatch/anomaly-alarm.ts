import { Construct } from "constructs";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { awsName } from "../core";
import { queriedMetric, type AlarmProps } from "./alarm";
import type { Metric } from "./metric";

/** What is watched, how unusual it must be, and who is told. */
export interface AnomalyAlarmProps extends Omit<AlarmProps, "metric" | "threshold" | "comparison"> {
  /** What is watched. */
  readonly metric: Metric;
  /**
   * On which side of what is usual the alarm goes off.
   * @default "outside": on both
   */
  readonly when?: "above" | "below" | "outside";
  /**
   * Width of what is usual, in standard deviations: the larger, the fewer alarms.
   * @default 2
   */
  readonly deviations?: number;
}

const OPERATORS = {
  above: "GreaterThanUpperThreshold",
  below: "LessThanLowerThreshold",
  outside: "LessThanLowerOrGreaterThanUpperThreshold",
} as const;

/**
 * An alarm that goes off when a metric leaves the band that CloudWatch learned from its past: for what has no fixed threshold.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html
 *
 * Replaced by: nothing that can be said here. Costs: three times the fee of an alarm. https://aws.amazon.com/cloudwatch/pricing/
 */
export class AnomalyAlarm extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly resource: CloudwatchMetricAlarm;

  constructor(scope: Construct, id: string, props: AnomalyAlarmProps) {
    super(scope, id);
    const { metric, when = "outside", deviations = 2 } = props;
    this.resource = new CloudwatchMetricAlarm(this, "Resource", {
      alarmName: awsName(this, "alarm"),
      alarmDescription: props.description,
      comparisonOperator: OPERATORS[when],
      thresholdMetricId: "band",
      evaluationPeriods: props.evaluationPeriods ?? 1,
      datapointsToAlarm: props.datapointsToAlarm,
      treatMissingData: props.treatMissingData ?? "missing",
      alarmActions: props.notify?.map(({ arn }) => arn),
      okActions: props.notifyOk?.map(({ arn }) => arn),
      metricQuery: [
        {
          id: "band",
          expression: `ANOMALY_DETECTION_BAND(metric, ${deviations})`,
          label: `${metric.name} as usual`,
          returnData: true,
        },
        { id: "metric", metric: queriedMetric(metric), returnData: true },
      ],
    });
    this.arn = this.resource.arn;
    this.name = this.resource.alarmName;
  }
}
