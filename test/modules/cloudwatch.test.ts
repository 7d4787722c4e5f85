import {
  Alarm,
  AnomalyAlarm,
  CompositeAlarm,
  Dashboard,
  LogGroup,
  MetricFilter,
  type AlarmProps,
  type LogGroupProps,
  type Metric,
  type MetricFilterProps,
  type Widget,
} from "../../modules/cloudwatch";
import { synthesized, type Json } from "../support/synthesized";

const cpu: Metric = {
  namespace: "AWS/EC2",
  name: "CPUUtilization",
  statistic: "Average",
  dimensions: { InstanceId: "i-1" },
};
const errors: Metric = { namespace: "acme/dev", name: "errors", statistic: "Sum", periodSeconds: 60 };
const requests: Metric = { namespace: "acme/dev", name: "requests", statistic: "Sum", periodSeconds: 60 };
const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:ops" };

function alarm(props: Partial<AlarmProps> = {}): Json {
  const { resources } = synthesized((stack) => {
    new Alarm(stack, "cpu", { metric: cpu, comparison: ">=", threshold: 80, ...props });
  });
  return resources["aws_cloudwatch_metric_alarm.cpu"] ?? {};
}

describe("an alarm", () => {
  test("watches one metric, in periods of five minutes, and tells nobody unless asked to", () => {
    expect(alarm()).toEqual({
      alarm_name: "acme-dev-cpu",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 80,
      evaluation_periods: 1,
      treat_missing_data: "missing",
      namespace: "AWS/EC2",
      metric_name: "CPUUtilization",
      statistic: "Average",
      dimensions: { InstanceId: "i-1" },
      period: 300,
      tags: { Name: "acme-dev-cpu" },
    });
  });

  test("takes every comparison, the periods, missing data, a description and whom to tell", () => {
    const operator = (comparison: AlarmProps["comparison"]): unknown => alarm({ comparison })["comparison_operator"];
    expect(([">", ">=", "<", "<="] as const).map(operator)).toEqual([
      "GreaterThanThreshold",
      "GreaterThanOrEqualToThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ]);
    expect(
      alarm({
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        treatMissingData: "breaching",
        description: "Too hot",
        notify: [topic],
        notifyOk: [topic],
      }),
    ).toMatchObject({
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      treat_missing_data: "breaching",
      alarm_description: "Too hot",
      alarm_actions: [topic.arn],
      ok_actions: [topic.arn],
    });
  });

  test("gives a percentile as the extended statistic, and the unit and the period as they are", () => {
    const made = alarm({ metric: { ...cpu, statistic: "p99", unit: "Percent", periodSeconds: 60 } });
    expect(made).toMatchObject({ extended_statistic: "p99", unit: "Percent", period: 60 });
    expect(made).not.toHaveProperty("statistic");
  });

  test("watches an expression over several metrics", () => {
    const made = alarm({
      metric: { expression: "100 * errors / requests", label: "error rate", metrics: { errors, requests } },
    });
    const queried = (metric_name: string): object => ({
      id: metric_name,
      metric: { metric_name, namespace: "acme/dev", period: 60, stat: "Sum" },
    });
    expect(made["metric_query"]).toEqual([
      { id: "result", expression: "100 * errors / requests", label: "error rate", return_data: true },
      queried("errors"),
      queried("requests"),
    ]);
    for (const argument of ["metric_name", "namespace", "statistic", "period", "dimensions"])
      expect(made).not.toHaveProperty(argument);
  });

  test("refuses names in an expression that CloudWatch does not take, all at once", () => {
    expect(() => alarm({ metric: { expression: "Errors / result", metrics: { Errors: errors, result: requests } } }))
      .toThrowErrorMatchingInlineSnapshot(`
"Alarm "dev-test/cpu" is invalid:
  - metrics must be named by a lower-case letter, then letters, digits and "_", got "Errors": rename it there and in the expression
  - metrics must not be named "result", which is taken: choose another name"
`);
  });

  test("of anomalies has a band instead of a threshold", () => {
    const anomaly = (props: object): Json =>
      synthesized((stack) => {
        new AnomalyAlarm(stack, "odd", { metric: errors, ...props });
      }).resources["aws_cloudwatch_metric_alarm.odd"] ?? {};
    expect(anomaly({})).toMatchObject({
      comparison_operator: "LessThanLowerOrGreaterThanUpperThreshold",
      threshold_metric_id: "band",
      metric_query: [
        { id: "band", expression: "ANOMALY_DETECTION_BAND(metric, 2)", return_data: true },
        { id: "metric", metric: { metric_name: "errors", stat: "Sum", period: 60 }, return_data: true },
      ],
    });
    expect(anomaly({})).not.toHaveProperty("threshold");
    expect(anomaly({ when: "above", deviations: 3, notify: [topic], notifyOk: [topic] })).toMatchObject({
      comparison_operator: "GreaterThanUpperThreshold",
      metric_query: [{ expression: "ANOMALY_DETECTION_BAND(metric, 3)" }, {}],
      alarm_actions: [topic.arn],
      ok_actions: [topic.arn],
    });
  });

  test("of alarms says in CloudWatch's words when it goes off", () => {
    const { resources } = synthesized((stack) => {
      const [one, two, three] = ["one", "two", "three"].map(
        (id) => new Alarm(stack, id, { metric: cpu, comparison: ">", threshold: 1 }),
      ) as [Alarm, Alarm, Alarm];
      const when = { allOf: [{ anyOf: [one, two] }, { not: three }] };
      new CompositeAlarm(stack, "down", { when, description: "All is lost", notify: [topic], notifyOk: [topic] });
    });
    const of = (id: string): string => `ALARM("\${aws_cloudwatch_metric_alarm.${id}.arn}")`;
    expect(resources["aws_cloudwatch_composite_alarm.down"]).toMatchObject({
      alarm_name: "acme-dev-down",
      alarm_rule: `(${of("one")} OR ${of("two")}) AND NOT (${of("three")})`,
      alarm_description: "All is lost",
      alarm_actions: [topic.arn],
      ok_actions: [topic.arn],
    });
    const empty = (): unknown =>
      synthesized((stack) => new CompositeAlarm(stack, "down", { when: { not: { anyOf: [] } } }));
    expect(empty).toThrow("anyOf and allOf must list a condition or more, got none");
  });
});

describe("a log group", () => {
  const group = (props: LogGroupProps = {}, tier = "development"): Json =>
    synthesized((stack) => new LogGroup(stack, "app_logs", props), { tier: tier as "development" }).resources[
      "aws_cloudwatch_log_group.app_logs"
    ] ?? {};

  test("never keeps logs for ever, and longer the more the tier matters", () => {
    expect(group()).toMatchObject({ name: "acme-dev-app-logs", retention_in_days: 30, skip_destroy: false });
    const days = (tier: string): unknown => group({}, tier)["retention_in_days"];
    expect(["sandbox", "development", "staging", "production"].map(days)).toEqual([7, 30, 90, 365]);
    expect(group({}, "production")).toMatchObject({ skip_destroy: true });
  });

  test("takes a name, a time, a key and a class", () => {
    const props = {
      name: "/aws/eks/main/cluster",
      retentionDays: 731,
      kmsKeyArn: "arn:key",
      logGroupClass: "INFREQUENT_ACCESS",
      keepOnDestroy: true,
    } as const;
    expect(group(props)).toMatchObject({
      name: "/aws/eks/main/cluster",
      retention_in_days: 731,
      kms_key_id: "arn:key",
      log_group_class: "INFREQUENT_ACCESS",
      skip_destroy: true,
    });
  });
});

describe("a metric filter", () => {
  const filter = (props: Partial<MetricFilterProps> = {}): { made: Json; metric: Metric | undefined } => {
    let metric: Metric | undefined;
    const { resources } = synthesized((stack) => {
      const logGroup = new LogGroup(stack, "logs");
      ({ metric } = new MetricFilter(stack, "many_errors", { logGroup, pattern: "ERROR", ...props }));
    });
    return { made: resources["aws_cloudwatch_log_metric_filter.many_errors"] ?? {}, metric };
  };

  test("counts events, and is a metric to put an alarm on", () => {
    const { made, metric } = filter();
    expect(made).toEqual({
      name: "acme-dev-many-errors",
      log_group_name: "${aws_cloudwatch_log_group.logs.name}",
      pattern: "ERROR",
      metric_transformation: { namespace: "acme/dev", name: "many-errors", value: "1", default_value: "0" },
    });
    expect(metric).toEqual({ namespace: "acme/dev", name: "many-errors", statistic: "Sum" });
  });

  test("sums up a field, by dimensions, which AWS takes no default with", () => {
    const { made, metric } = filter({
      namespace: "shop",
      metricName: "latency",
      value: "$.latency",
      dimensions: { Path: "$.path" },
    });
    expect(made["metric_transformation"]).toEqual({
      namespace: "shop",
      name: "latency",
      value: "$.latency",
      dimensions: { Path: "$.path" },
    });
    expect(metric).toMatchObject({ namespace: "shop", name: "latency" });
    expect(filter({ defaultValue: 7 }).made["metric_transformation"]).toMatchObject({ default_value: "7" });
  });
});

describe("a dashboard", () => {
  const widgets = (given: Record<string, Widget>): Json[] => {
    const { resources } = synthesized((stack) => {
      new Dashboard(stack, "overview", { widgets: given });
    });
    const { dashboard_body } = resources["aws_cloudwatch_dashboard.overview"] as { dashboard_body: string };
    return (JSON.parse(dashboard_body) as { widgets: Json[] }).widgets;
  };

  test("shows metrics by name, and expressions without the metrics in them", () => {
    const rate = { expression: "100 * errors / requests", metrics: { errors, requests } };
    expect(widgets({ Load: { metrics: { CPU: cpu, "error rate": rate } } })).toEqual([
      {
        type: "metric",
        width: 6,
        height: 6,
        properties: {
          title: "Load",
          view: "timeSeries",
          stacked: false,
          region: "eu-west-1",
          metrics: [
            ["AWS/EC2", "CPUUtilization", "InstanceId", "i-1", { stat: "Average", period: 300, label: "CPU" }],
            [{ expression: "100 * errors / requests", label: "error rate" }],
            ["acme/dev", "errors", { stat: "Sum", period: 60, id: "errors", visible: false }],
            ["acme/dev", "requests", { stat: "Sum", period: 60, id: "requests", visible: false }],
          ],
        },
      },
    ]);
  });

  test("keeps what was there when a widget is added", () => {
    const text: Widget = { markdown: "# Web", height: 1 };
    const load: Widget = { metrics: { CPU: cpu }, view: "singleValue", stacked: true, width: 12, height: 3 };
    const one = widgets({ intro: text, Load: load });
    expect(one).toMatchObject([
      { type: "text", width: 24, height: 1, properties: { markdown: "# Web" } },
      { width: 12, height: 3, properties: { view: "singleValue", stacked: true } },
    ]);
    expect(widgets({ intro: text, Load: load, Errors: { metrics: { errors } } }).slice(0, 2)).toEqual(one);
  });

  test("refuses a name that means two metrics in one widget", () => {
    const rate = { expression: "errors / 2", metrics: { errors } };
    expect(() => widgets({ Errors: { metrics: { one: rate, two: rate } } })).toThrow(
      'Dashboard "dev-test/overview" is invalid:\n  - Errors: metrics must not be named "errors", which is taken: choose another name',
    );
  });
});
