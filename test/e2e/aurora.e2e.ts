import { byAction, planOf } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded } from "../support/run-command";

/* The example of clusters: applied, planned again, and planned with what day 2 changes. */

const EXAMPLE = "examples/aurora.ts";
const copy = projectCopy();

/** An instance of the orders, with its alarms. */
const instance = (name: string): string[] => [
  ...["connections", "cpu", "memory", "replica_lag"].map(
    (alarm) => `aws_cloudwatch_metric_alarm.orders_instance_${name}_alarm_${alarm}`,
  ),
  `aws_rds_cluster_instance.orders_instance_${name}`,
];

const planned = async (): Promise<ReturnType<typeof byAction>> =>
  byAction(planOf(succeeded(await copy.andamio(["plan", "example", "data", "--emulator", "--json"])), "example-data"));

/** What is planned while a text of the example is another one. */
const plannedWith = (from: string, to: string): Promise<ReturnType<typeof byAction>> =>
  copy.whileReplaced(EXAMPLE, from, to, planned);

describe("Aurora, a Multi-AZ DB cluster and a proxy on the emulator", () => {
  beforeAll(async () => {
    copy.replace("cdktf.json", "node bin/app.js", `node bin/app.js ${EXAMPLE}`);
    await startEmulator(copy);
    succeeded(await copy.andamio(["bootstrap", "example", "--emulator"]));
    succeeded(await copy.andamio(["apply", "example", "--emulator", "--auto-approve"]));
  });

  test("are made, and the next plan is empty", async () => {
    endedWith(0, await copy.andamio(["plan", "example", "--emulator", "--detailed-exitcode"]));
  });

  test("get another instance, with its alarms, by creations only", async () => {
    expect(await plannedWith('b: { availabilityZone: "b" },', 'b: { availabilityZone: "b" },\n    c: {},')).toEqual({
      create: instance("c"),
    });
  });

  test("lose the first of two instances, and nothing else", async () => {
    expect(await plannedWith('a: { availabilityZone: "a", promotionTier: 0 },', "")).toEqual({
      delete: instance("a"),
    });
  });

  test("grow in place", async () => {
    expect(await plannedWith("maxCapacityAcu: 4", "maxCapacityAcu: 16")).toEqual({
      update: ["aws_rds_cluster.catalogue"],
    });
    expect(await plannedWith('instanceType: "db.r7g.large"', 'instanceType: "db.r7g.xlarge"')).toEqual({
      update: [
        ...["a", "b"].flatMap((name) => [
          `aws_cloudwatch_metric_alarm.orders_instance_${name}_alarm_connections`,
          `aws_cloudwatch_metric_alarm.orders_instance_${name}_alarm_memory`,
        ]),
        "aws_rds_cluster_instance.orders_instance_a",
        "aws_rds_cluster_instance.orders_instance_b",
      ],
    });
  });

  test("are given another password with one number, together with its secret", async () => {
    expect(
      await plannedWith('masterPassword: "generated"', 'masterPassword: "generated",\n  passwordVersion: 2'),
    ).toEqual({
      replace: ["aws_secretsmanager_secret_version.orders_secret_version"],
      update: ["aws_rds_cluster.orders"],
    });
  });
});
