import { Construct } from "constructs";
import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { awsName, contextOf, Problems } from "../core";
import { DEFAULT_PERIOD_SECONDS, isMetricMath, metricMathProblems, type Metric, type MetricMath } from "./metric";

/** How large a widget is, on a grid of 24 columns. */
interface WidgetSize {
  /**
   * Columns, 1 to 24.
   * @default 6; of a text 24
   */
  readonly width?: number;
  /**
   * Rows, 1 to 1,000.
   * @default 6; of a text 2
   */
  readonly height?: number;
}

/** Lines, numbers or bars of metrics. */
export interface MetricWidget extends WidgetSize {
  /** The metrics by the names that they are shown with. */
  readonly metrics: Readonly<Record<string, Metric | MetricMath>>;
  /** @default "timeSeries" */
  readonly view?: "timeSeries" | "singleValue" | "bar" | "pie";
  /**
   * Draw the lines on top of each other.
   * @default false
   */
  readonly stacked?: boolean;
}

/** Words. */
export interface TextWidget extends WidgetSize {
  readonly markdown: string;
}

/** One thing on a dashboard. */
export type Widget = MetricWidget | TextWidget;

/** What a dashboard shows. */
export interface DashboardProps {
  /**
   * The widgets by their titles, 1 to 500. They stand in the order in which they are written, each at the next free place; one
   * added at the end moves no other.
   */
  readonly widgets: Readonly<Record<string, Widget>>;
}

/**
 * A CloudWatch dashboard.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 *
 * Replaced by: nothing that can be said here. Costs: a fee for each month beyond the first three.
 * https://aws.amazon.com/cloudwatch/pricing/
 *
 * @example
 * new Dashboard(this, "web", { widgets: { Errors: { metrics: { "5xx": errors }, width: 12 } } });
 */
export class Dashboard extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly resource: CloudwatchDashboard;

  /** @throws InvalidConstructError when names of metrics are not CloudWatch's, or used twice in a widget; or the region is not known */
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { region } = contextOf(this);
    this.check(props, region);
    const widgets = Object.entries(props.widgets).map(([title, widget]) =>
      "markdown" in widget ? textWidget(widget) : metricWidget(title, widget, region),
    );
    this.resource = new CloudwatchDashboard(this, "Resource", {
      dashboardName: awsName(this, "dashboard"),
      dashboardBody: JSON.stringify({ widgets }),
    });
    this.arn = this.resource.dashboardArn;
    this.name = this.resource.dashboardName;
  }

  private check({ widgets }: DashboardProps, region: string): void {
    const problems = new Problems(this, "Dashboard");
    problems.require(
      region !== "",
      "region must be known to show metrics, got none: build it in an EnvironmentStack, or say where it is with provideContext",
    );
    for (const [title, widget] of Object.entries(widgets)) {
      if ("markdown" in widget) continue;
      const taken = new Set<string>();
      for (const metric of Object.values(widget.metrics).filter(isMetricMath)) {
        for (const problem of metricMathProblems(metric, taken)) problems.add(`${title}: ${problem}`);
        for (const name of Object.keys(metric.metrics)) taken.add(name);
      }
    }
    problems.throwIfAny();
  }
}

function textWidget({ markdown, width = 24, height = 2 }: TextWidget): object {
  return { type: "text", width, height, properties: { markdown } };
}

function metricWidget(title: string, widget: MetricWidget, region: string): object {
  const { metrics, view = "timeSeries", stacked = false, width = 6, height = 6 } = widget;
  const lines = Object.entries(metrics).flatMap(([label, metric]) =>
    isMetricMath(metric) ? mathLines(label, metric) : [line(metric, { label })],
  );
  return { type: "metric", width, height, properties: { title, view, stacked, region, metrics: lines } };
}

/** The line of an expression, and the metrics in it, which are not drawn. */
function mathLines(label: string, { expression, metrics }: MetricMath): unknown[] {
  const hidden = Object.entries(metrics).map(([id, metric]) => line(metric, { id, visible: false }));
  return [[{ expression, label }], ...hidden];
}

/** One metric as the body of a dashboard has it: `["AWS/EC2", "CPUUtilization", "InstanceId", "i-1", { "stat": "Average" }]`. */
function line({ namespace, name, dimensions = {}, statistic, periodSeconds }: Metric, more: object): unknown[] {
  const rendering = { stat: statistic, period: periodSeconds ?? DEFAULT_PERIOD_SECONDS, ...more };
  return [namespace, name, ...Object.entries(dimensions).flat(), rendering];
}
