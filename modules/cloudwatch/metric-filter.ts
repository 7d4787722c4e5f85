import { Construct } from "constructs";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { awsName, contextOf, pathBelowStack } from "../core";
import type { Metric } from "./metric";

/** What is counted in a log, and what the count is called. */
export interface MetricFilterProps {
  /** Where the log events are. Changing it replaces the filter. */
  readonly logGroup: { readonly name: string };
  /**
   * Which log events count: `"ERROR"`, `{ $.status >= 500 }`.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
   */
  readonly pattern: string;
  /** @default "<project>/<environment>" */
  readonly namespace?: string;
  /** @default the construct's path below the stack */
  readonly metricName?: string;
  /**
   * What each such event is worth: a number, or a field of it, `$.latency`.
   * @default "1": events are counted
   */
  readonly value?: string;
  /**
   * What a minute is worth that has log events, but none that count. AWS takes it only where there are no `dimensions`.
   * @default 0, or none where there are dimensions
   */
  readonly defaultValue?: number;
  /**
   * Fields of the event by which values are kept apart, at most 3: `{ Path: "$.path" }`. Each value of these is a metric of its own, and paid for.
   * @default none
   */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/**
 * A metric made of log events: as many as match a pattern, or the sum of a field of theirs.
 *
 * Replaced by: a change of `logGroup`. Costs: the metric. https://aws.amazon.com/cloudwatch/pricing/
 *
 * @example
 * const errors = new MetricFilter(this, "errors", { logGroup: logs, pattern: "ERROR" });
 * new Alarm(this, "many_errors", { metric: errors.metric, comparison: ">", threshold: 10, notify: [topic] });
 */
export class MetricFilter extends Construct {
  /** What it counts, summed up over a period; for another statistic: `{ ...errors.metric, statistic: "Maximum" }`. */
  readonly metric: Metric;
  readonly resource: CloudwatchLogMetricFilter;

  constructor(scope: Construct, id: string, props: MetricFilterProps) {
    super(scope, id);
    const { project, environment } = contextOf(this);
    const namespace = props.namespace ?? `${project}/${environment}`;
    const name = props.metricName ?? pathBelowStack(this).join("-").replaceAll("_", "-");
    const defaultValue = props.defaultValue ?? (props.dimensions ? undefined : 0);
    this.resource = new CloudwatchLogMetricFilter(this, "Resource", {
      name: awsName(this, "metricFilter"),
      logGroupName: props.logGroup.name,
      pattern: props.pattern,
      metricTransformation: {
        namespace,
        name,
        value: props.value ?? "1",
        defaultValue: defaultValue === undefined ? undefined : String(defaultValue),
        dimensions: props.dimensions,
      },
    });
    this.metric = { namespace, name, statistic: "Sum" };
  }
}
