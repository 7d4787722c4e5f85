/** A CloudWatch metric, as one line of numbers: what is measured, of what, and how a period's values become one. */
export interface Metric {
  /** `AWS/EC2` */
  readonly namespace: string;
  /** `CPUUtilization` */
  readonly name: string;
  /**
   * How the values of a period become one: `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile and its like (`p99`,
   * `tm95`, `IQM`). https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
   */
  readonly statistic: string;
  /**
   * What is measured: `{ InstanceId: instance.id }`. All of a metric's dimensions, or CloudWatch finds no values.
   * @default none
   */
  readonly dimensions?: Readonly<Record<string, string>>;
  /**
   * Length of a period in seconds: a multiple of 60; 1, 5, 10, 20 or 30 for high-resolution metrics.
   * @default 300
   */
  readonly periodSeconds?: number;
  /**
   * Only values published with this unit count: `Percent`, `Seconds`.
   * @default every unit
   */
  readonly unit?: string;
}

/** A metric computed from others. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
export interface MetricMath {
  /** `100 * errors / requests` */
  readonly expression: string;
  /** The metrics that the expression names, by these names: a lower-case letter, then letters, digits and `_`. */
  readonly metrics: Readonly<Record<string, Metric>>;
  /**
   * Name of the line.
   * @default the expression
   */
  readonly label?: string;
}

/** Seconds; where a metric says nothing. */
export const DEFAULT_PERIOD_SECONDS = 300;

/** True for what is computed from other metrics. */
export function isMetricMath(metric: Metric | MetricMath): metric is MetricMath {
  return "expression" in metric;
}

const STATISTICS: ReadonlySet<string> = new Set(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]);

/** True for one of the five plain statistics: all others are given in another argument. */
export function isPlainStatistic(statistic: string): boolean {
  return STATISTICS.has(statistic);
}

/** What is wrong with the names in an expression; `taken` are names that mean something else already. */
export function metricMathProblems({ metrics }: MetricMath, taken: ReadonlySet<string>): string[] {
  const names = Object.keys(metrics);
  return [
    ...names
      .filter((name) => !/^[a-z][A-Za-z0-9_]*$/.test(name))
      .map(
        (name) =>
          `metrics must be named by a lower-case letter, then letters, digits and "_", got ${JSON.stringify(name)}: rename it there and in the expression`,
      ),
    ...names
      .filter((name) => taken.has(name))
      .map((name) => `metrics must not be named ${JSON.stringify(name)}, which is taken: choose another name`),
  ];
}
