import type { ScalingOptions } from "../../modules/autoscaling";
import { web } from "../support/auto-scaling-group";
import type { Json } from "../support/synthesized";

const QUEUE = { namespace: "Shop", name: "Queue", statistic: "Average" };
const GROUP = "${aws_autoscaling_group.web.name}";

function policy(options: ScalingOptions): Json {
  return web({ scaling: { it: options } })["aws_autoscaling_policy.web_it_policy"] ?? {};
}

describe("a scaling policy that follows a target", () => {
  test("has a name and a place of its own", () => {
    expect(policy({ type: "cpu", targetPercent: 60, warmupSeconds: 90 })).toEqual({
      name: "acme-dev-web-it-policy",
      autoscaling_group_name: GROUP,
      policy_type: "TargetTrackingScaling",
      estimated_instance_warmup: 90,
      target_tracking_configuration: {
        target_value: 60,
        predefined_metric_specification: { predefined_metric_type: "ASGAverageCPUUtilization" },
      },
    });
  });

  test.each([
    ["network-in", "ASGAverageNetworkIn"],
    ["network-out", "ASGAverageNetworkOut"],
  ] as const)("follows %s", (type, metric) => {
    expect(policy({ type, targetBytes: 1e6, scaleIn: false })["target_tracking_configuration"]).toEqual({
      target_value: 1e6,
      disable_scale_in: true,
      predefined_metric_specification: { predefined_metric_type: metric },
    });
  });

  test("follows a metric, which is the group's unless it has dimensions of its own", () => {
    const followed = (dimensions?: Record<string, string>): unknown =>
      policy({
        type: "metric",
        target: 10,
        metric: { ...QUEUE, periodSeconds: 60, ...(dimensions && { dimensions }) },
      })["target_tracking_configuration"];
    const specification = { namespace: "Shop", metric_name: "Queue", statistic: "Average", period: 60 };
    const expected = (metric_dimension: unknown): Json => ({
      target_value: 10,
      customized_metric_specification: { ...specification, ...(metric_dimension ? { metric_dimension } : {}) },
    });
    expect(followed()).toEqual(expected([{ name: "AutoScalingGroupName", value: GROUP }]));
    expect(followed({ Name: "orders" })).toEqual(expected([{ name: "Name", value: "orders" }]));
    expect(followed({})).toEqual(expected(undefined));
  });

  test("follows an expression over several metrics", () => {
    const metric = {
      expression: "queue / size",
      metrics: {
        queue: { ...QUEUE, dimensions: { Name: "orders" } },
        size: { namespace: "AWS/AutoScaling", name: "GroupInServiceInstances", statistic: "Average" },
      },
    };
    expect(policy({ type: "metric", target: 10, metric })["target_tracking_configuration"]).toEqual({
      target_value: 10,
      customized_metric_specification: {
        metrics: [
          {
            id: "queue",
            return_data: false,
            metric_stat: {
              stat: "Average",
              metric: {
                namespace: "Shop",
                metric_name: "Queue",
                dimensions: [{ name: "Name", value: "orders" }],
              },
            },
          },
          {
            id: "size",
            return_data: false,
            metric_stat: {
              stat: "Average",
              metric: {
                namespace: "AWS/AutoScaling",
                metric_name: "GroupInServiceInstances",
                dimensions: [{ name: "AutoScalingGroupName", value: GROUP }],
              },
            },
          },
          { id: "result", expression: "queue / size", return_data: true },
        ],
      },
    });
  });
});

describe("a scaling policy in steps", () => {
  test("has steps without a gap, counted from the alarm that starts it", () => {
    const resources = web({
      scaling: {
        out: {
          type: "step",
          metric: { ...QUEUE, periodSeconds: 60 },
          steps: [
            { atLeast: 85, change: 3 },
            { atLeast: 60, change: 1 },
          ],
          evaluationPeriods: 3,
          datapointsToAlarm: 2,
          warmupSeconds: 120,
        },
      },
    });
    expect(resources["aws_autoscaling_policy.web_out_policy"]).toEqual({
      name: "acme-dev-web-out-policy",
      autoscaling_group_name: GROUP,
      policy_type: "StepScaling",
      adjustment_type: "ChangeInCapacity",
      metric_aggregation_type: "Average",
      estimated_instance_warmup: 120,
      step_adjustment: [
        { scaling_adjustment: 1, metric_interval_lower_bound: "0", metric_interval_upper_bound: "25" },
        { scaling_adjustment: 3, metric_interval_lower_bound: "25" },
      ],
    });
    expect(resources["aws_cloudwatch_metric_alarm.web_out_policy_alarm"]).toMatchObject({
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 60,
      evaluation_periods: 3,
      datapoints_to_alarm: 2,
      period: 60,
      dimensions: { AutoScalingGroupName: GROUP },
      alarm_actions: ["${aws_autoscaling_policy.web_out_policy.arn}"],
    });
  });

  test("goes down as it goes up, without the dust of binary fractions", () => {
    const steps = [
      { atMost: 0.1, change: -50 },
      { atMost: 0.3, change: -10 },
    ];
    const resources = web({
      scaling: { in: { type: "step", metric: QUEUE, steps, adjustment: "percent", minChange: 1 } },
    });
    expect(resources["aws_autoscaling_policy.web_in_policy"]).toMatchObject({
      adjustment_type: "PercentChangeInCapacity",
      min_adjustment_magnitude: 1,
      step_adjustment: [
        { scaling_adjustment: -10, metric_interval_lower_bound: "-0.2", metric_interval_upper_bound: "0" },
        { scaling_adjustment: -50, metric_interval_upper_bound: "-0.2" },
      ],
    });
    expect(resources["aws_cloudwatch_metric_alarm.web_in_policy_alarm"]).toMatchObject({
      comparison_operator: "LessThanOrEqualToThreshold",
      threshold: 0.3,
    });
  });

  test("can be a single one with a pause after it", () => {
    const resources = web({
      scaling: {
        full: {
          type: "simple",
          metric: QUEUE,
          step: { atLeast: 20, change: 6 },
          adjustment: "exact",
          cooldownSeconds: 600,
        },
      },
    });
    expect(resources["aws_autoscaling_policy.web_full_policy"]).toEqual({
      name: "acme-dev-web-full-policy",
      autoscaling_group_name: GROUP,
      policy_type: "SimpleScaling",
      adjustment_type: "ExactCapacity",
      scaling_adjustment: 6,
      cooldown: 600,
    });
    expect(resources["aws_cloudwatch_metric_alarm.web_full_policy_alarm"]).toMatchObject({ threshold: 20 });
  });
});

test("a predictive policy foresees only, unless it is told to act", () => {
  expect(policy({ type: "predictive", metric: "cpu", target: 50 })).toEqual({
    name: "acme-dev-web-it-policy",
    autoscaling_group_name: GROUP,
    policy_type: "PredictiveScaling",
    predictive_scaling_configuration: {
      mode: "ForecastOnly",
      metric_specification: {
        target_value: 50,
        predefined_metric_pair_specification: { predefined_metric_type: "ASGCPUUtilization" },
      },
    },
  });
  const acting = policy({
    type: "predictive",
    metric: "network-in",
    target: 1e6,
    mode: "ForecastAndScale",
    bufferSeconds: 600,
    exceedMaxSize: { bufferPercent: 10 },
  });
  expect(acting["predictive_scaling_configuration"]).toMatchObject({
    mode: "ForecastAndScale",
    scheduling_buffer_time: "600",
    max_capacity_breach_behavior: "IncreaseMaxCapacity",
    max_capacity_buffer: "10",
  });
});
