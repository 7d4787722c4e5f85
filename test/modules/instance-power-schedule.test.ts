import { Instance, PowerSchedule, type InstanceProps, type PowerScheduleProps } from "../../modules/ec2";
import { synthesized, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a"], ["public", "private"]);
const NIGHT = { start: "cron(0 7 ? * MON-FRI *)", stop: "cron(0 20 ? * MON-FRI *)" };

function schedule(
  names: readonly string[] = ["build"],
  props: Partial<PowerScheduleProps> = NIGHT,
  instanceProps: Partial<InstanceProps> = {},
): Synthesized["resources"] {
  return synthesized((stack) => {
    const instances = Object.fromEntries(
      names.map((name) => [name, new Instance(stack, name, { vpc, instanceType: "t4g.small", ...instanceProps })]),
    );
    new PowerSchedule(stack, "nights", { instances, ...props });
  }).resources;
}

describe("a power schedule", () => {
  test("starts and stops an instance, and may do nothing else", () => {
    const resources = schedule(["build"], { ...NIGHT, timeZone: "Europe/Madrid" });
    expect(resources["aws_scheduler_schedule.nights_build_stop"]).toEqual({
      name: "acme-dev-nights-build-stop",
      schedule_expression: "cron(0 20 ? * MON-FRI *)",
      schedule_expression_timezone: "Europe/Madrid",
      state: "ENABLED",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:ec2:stopInstances",
        role_arn: "${aws_iam_role.nights_role.arn}",
        input: '{"InstanceIds":["${aws_instance.build.id}"]}',
      },
    });
    expect(resources["aws_scheduler_schedule.nights_build_start"]).toMatchObject({
      target: { arn: "arn:aws:scheduler:::aws-sdk:ec2:startInstances" },
    });
    expect(resources["aws_iam_role.nights_role"]?.["assume_role_policy"]).toContain("scheduler.amazonaws.com");
    expect(JSON.parse(resources["aws_iam_role_policy.nights_role_build"]?.["policy"] as string)).toMatchObject({
      Statement: [{ Action: ["ec2:StartInstances", "ec2:StopInstances"], Resource: ["${aws_instance.build.arn}"] }],
    });
  });

  test("may be only for stopping, in UTC, and out of force for a while", () => {
    const resources = schedule(["build"], { stop: NIGHT.stop, enabled: false });
    expect(Object.keys(resources).filter((address) => address.startsWith("aws_scheduler"))).toEqual([
      "aws_scheduler_schedule.nights_build_stop",
    ]);
    expect(resources["aws_scheduler_schedule.nights_build_stop"]).toMatchObject({
      state: "DISABLED",
      schedule_expression_timezone: "UTC",
    });
  });

  test("touches nothing when an instance is added to it", () => {
    expect(schedule(["a", "build"])).toMatchObject(schedule(["build"]));
  });

  test("may use the keys of volumes, because an encrypted volume is decrypted for who starts the instance", () => {
    const key = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const resources = schedule(["build"], NIGHT, {
      rootVolume: { kmsKeyArn: key },
      dataVolumes: { uploads: { deviceName: "/dev/sdf", sizeGib: 1, kmsKeyArn: key } },
    });
    expect(JSON.parse(resources["aws_iam_role_policy.nights_role_build_keys"]?.["policy"] as string)).toMatchObject({
      Statement: [{ Action: ["kms:CreateGrant"], Resource: [key] }],
    });
    expect(schedule()).not.toHaveProperty(["aws_iam_role_policy.nights_role_build_keys"]);
  });

  test("that is set up wrongly is refused, with everything that is wrong", () => {
    expect(() => schedule([], {})).toThrowErrorMatchingInlineSnapshot(`
     "PowerSchedule "dev-test/nights" is invalid:
       - give start, stop, or both as schedule expressions, got none
       - instances must name one or more, got none"
    `);
    expect(() =>
      schedule(["build"], NIGHT, { subnets: "public", state: "running", purchasing: "spot", stopProtection: true }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "PowerSchedule "dev-test/nights" is invalid:
       - instances.build has state "running", which each apply would restore: drop it there
       - instances.build: the instance loses its public address, and the provider replaces it in the next plan for not having one; give it an elasticIp, or publicIp false
       - instances.build: a spot instance can be stopped only when its request is persistent; give spot.interruption "stop"
       - instances.build: stopProtection refuses it; drop one of the two"
    `);
  });

  test("that only starts does not mind what an instance loses when it stops", () => {
    expect(() => schedule(["build"], { start: NIGHT.start }, { subnets: "public" })).not.toThrow();
  });

  test("takes a spot instance whose request is persistent", () => {
    expect(() => schedule(["build"], NIGHT, { purchasing: { spot: { interruption: "stop" } } })).not.toThrow();
  });
});
