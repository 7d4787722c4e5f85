import { web } from "../support/auto-scaling-group";
import type { Json } from "../support/synthesized";

const GROUP = "${aws_autoscaling_group.web.name}";

test("a schedule changes the sizes that it names and leaves the others as they are", () => {
  const resources = web({
    schedules: {
      night: { recurrence: "0 20 * * *", timeZone: "Europe/Madrid", minSize: 0, desiredSize: 0 },
      sale: { startTime: "2030-11-29T00:00:00Z", endTime: "2030-12-02T00:00:00Z", maxSize: 40 },
    },
  });
  expect(resources["aws_autoscaling_schedule.web_night_schedule"]).toEqual({
    scheduled_action_name: "acme-dev-web-night-schedule",
    autoscaling_group_name: GROUP,
    recurrence: "0 20 * * *",
    time_zone: "Europe/Madrid",
    min_size: 0,
    max_size: -1,
    desired_capacity: 0,
  });
  expect(resources["aws_autoscaling_schedule.web_sale_schedule"]).toMatchObject({
    start_time: "2030-11-29T00:00:00Z",
    end_time: "2030-12-02T00:00:00Z",
    min_size: -1,
    max_size: 40,
    desired_capacity: -1,
  });
});

test("a hook waits an hour and then gives the instance up; who is told may be", () => {
  const resources = web({
    hooks: {
      warm: { transition: "launching" },
      drain: {
        transition: "terminating",
        timeoutSeconds: 300,
        defaultResult: "continue",
        metadata: "web",
        notify: { arn: "arn:aws:sqs:eu-west-1:111111111111:drain" },
      },
    },
  });
  expect(resources["aws_autoscaling_lifecycle_hook.web_warm_hook"]).toEqual({
    name: "acme-dev-web-warm-hook",
    autoscaling_group_name: GROUP,
    lifecycle_transition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    heartbeat_timeout: 3600,
    default_result: "ABANDON",
  });
  expect(resources["aws_autoscaling_lifecycle_hook.web_drain_hook"]).toMatchObject({
    lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
    heartbeat_timeout: 300,
    default_result: "CONTINUE",
    notification_metadata: "web",
    notification_target_arn: "arn:aws:sqs:eu-west-1:111111111111:drain",
    role_arn: "${aws_iam_role.web_drain_hook_role.arn}",
  });
  expect(resources["aws_iam_role_policy.web_drain_hook_role_notify"]?.["policy"]).toContain(
    '"Resource":["arn:aws:sqs:eu-west-1:111111111111:drain"]',
  );
});

test("a topic is told of everything, or of what it asks for", () => {
  const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:ops" };
  const resources = web({ notifications: { ops: { topic }, failures: { topic, events: ["launch-error"] } } });
  expect(resources["aws_autoscaling_notification.web_ops_notification"]).toEqual({
    group_names: [GROUP],
    topic_arn: topic.arn,
    notifications: [
      "autoscaling:EC2_INSTANCE_LAUNCH",
      "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
      "autoscaling:EC2_INSTANCE_TERMINATE",
      "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
    ],
  });
  expect(resources["aws_autoscaling_notification.web_failures_notification"]).toMatchObject({
    notifications: ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR"],
  });
});

describe("the default alarms", () => {
  const notify = [{ arn: "arn:aws:sns:eu-west-1:111111111111:ops" }];
  const alarms = (schedules = {}): Record<string, Json> =>
    Object.fromEntries(
      Object.entries(web({ alarms: { notify, cpuPercent: 70 }, schedules }))
        .filter(([address]) => address.startsWith("aws_cloudwatch"))
        .map(([address, body]) => [address.slice(address.indexOf(".") + 1), body]),
    );

  test("watch CPU and the instances in service", () => {
    expect(alarms()).toMatchObject({
      web_cpu_high_alarm: {
        metric_name: "CPUUtilization",
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 70,
        evaluation_periods: 3,
        dimensions: { AutoScalingGroupName: GROUP },
        alarm_actions: ["arn:aws:sns:eu-west-1:111111111111:ops"],
      },
      web_in_service_low_alarm: {
        namespace: "AWS/AutoScaling",
        metric_name: "GroupInServiceInstances",
        comparison_operator: "LessThanThreshold",
        threshold: 2,
      },
    });
  });

  test("let a night with fewer instances pass, and one without any", () => {
    expect(alarms({ night: { recurrence: "0 20 * * *", minSize: 1 } })["web_in_service_low_alarm"]).toMatchObject({
      threshold: 1,
    });
    expect(Object.keys(alarms({ night: { recurrence: "0 20 * * *", minSize: 0 } }))).toEqual(["web_cpu_high_alarm"]);
  });
});

test("a policy, schedule, hook, notification or alarm that is added touches nothing that is there", () => {
  const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:ops" };
  const before = web({ scaling: { b: { type: "cpu", targetPercent: 60 } } });
  const after = web({
    scaling: { a: { type: "network-in", targetBytes: 1e6 }, b: { type: "cpu", targetPercent: 60 } },
    schedules: { night: { recurrence: "0 20 * * *", minSize: 1 } },
    hooks: { drain: { transition: "terminating" } },
    notifications: { ops: { topic } },
    alarms: { notify: [topic] },
  });
  expect(after).toMatchObject(before);
  for (const address of Object.keys(before)) expect(after[address]).toEqual(before[address]);
  expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 6);
});
