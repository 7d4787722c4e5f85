import { byAction, planOf, type PlannedStack } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded, type CommandResult } from "../support/run-command";

/* A database with a replica, as examples/rds.ts has it, is applied once; what changes to it would do is planned. */

const EXAMPLE = "examples/rds.ts";
const OTHER_ENGINES = /^for \(const \[name, engine\] of .*\n/m;
const REPLICA_A = `    a: { availabilityZone: "b" },\n`;
const PRIMARY = "aws_db_instance.orders";

const copy = projectCopy();
let emulator: string;
const andamio = (verb: string, ...flags: string[]): Promise<CommandResult> =>
  copy.andamio([verb, "example", "--emulator", ...flags]);

/** The snapshots of databases that somebody asked for: RDS's own answer. */
async function snapshots(): Promise<string[]> {
  const scope = "Credential=andamio/20260101/eu-west-1/rds/aws4_request";
  const answer = await fetch(emulator, {
    method: "POST",
    headers: {
      Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none`,
      "Content-Type": "application/x-www-form-urlencoded",
      "x-moto-account-id": "444444444444",
    },
    body: "Action=DescribeDBSnapshots&Version=2014-10-31&SnapshotType=manual",
  });
  const names = (await answer.text()).matchAll(/<DBSnapshotIdentifier>([^<]+)</g);
  return [...names].map(([, name]) => name!);
}

/** What becomes of the stack when one text of the example is another. */
async function planned(from: string, to: string): Promise<PlannedStack> {
  return copy.whileReplaced(EXAMPLE, from, to, async () =>
    planOf(succeeded(await andamio("plan", "--json")), "example-data"),
  );
}

beforeAll(async () => {
  copy.replace("cdktf.json", "node bin/app.js", `node bin/app.js ${EXAMPLE}`);
  copy.write(EXAMPLE, copy.read(EXAMPLE).replace(OTHER_ENGINES, ""));
  emulator = await startEmulator(copy);
  succeeded(await andamio("bootstrap"));
  succeeded(await andamio("apply", "--auto-approve"));
});

test("the next plan is empty", async () => {
  endedWith(0, await andamio("plan", "--detailed-exitcode"));
});

test("another replica touches nothing that is there but what counts the replicas", async () => {
  expect(byAction(await planned(REPLICA_A, `${REPLICA_A}    b: {},\n`))).toMatchInlineSnapshot(`
   {
     "create": [
       "aws_cloudwatch_log_group.orders_replica_b_log_postgresql",
       "aws_cloudwatch_log_group.orders_replica_b_log_upgrade",
       "aws_cloudwatch_metric_alarm.orders_replica_b_alarm_connections",
       "aws_cloudwatch_metric_alarm.orders_replica_b_alarm_cpu",
       "aws_cloudwatch_metric_alarm.orders_replica_b_alarm_free_storage",
       "aws_cloudwatch_metric_alarm.orders_replica_b_alarm_memory",
       "aws_cloudwatch_metric_alarm.orders_replica_b_alarm_replica_lag",
       "aws_db_instance.orders_replica_b",
       "aws_route53_record.internal_orders-ro_cname_b",
     ],
     "update": [
       "aws_cloudwatch_dashboard.databases",
       "aws_iam_role_policy.web_role_connect_app_user_orders",
     ],
   }
  `);
});

test("a replica that goes takes nothing with it but what is its own", async () => {
  expect(byAction(await planned(REPLICA_A, ""))).toMatchInlineSnapshot(`
   {
     "create": [
       "aws_route53_record.internal_orders-ro_cname_primary",
     ],
     "delete": [
       "aws_cloudwatch_log_group.orders_replica_a_log_postgresql",
       "aws_cloudwatch_log_group.orders_replica_a_log_upgrade",
       "aws_cloudwatch_metric_alarm.orders_replica_a_alarm_connections",
       "aws_cloudwatch_metric_alarm.orders_replica_a_alarm_cpu",
       "aws_cloudwatch_metric_alarm.orders_replica_a_alarm_free_storage",
       "aws_cloudwatch_metric_alarm.orders_replica_a_alarm_memory",
       "aws_cloudwatch_metric_alarm.orders_replica_a_alarm_replica_lag",
       "aws_db_instance.orders_replica_a",
       "aws_route53_record.internal_orders-ro_cname_a",
     ],
     "update": [
       "aws_cloudwatch_dashboard.databases",
       "aws_iam_role_policy.web_role_connect_app_user_orders",
     ],
   }
  `);
});

test("a change of what cannot be changed says that the database would be replaced, and its data with it", async () => {
  const { resources = [] } = await planned(`databaseName: "orders",`, `databaseName: "sales",`);
  expect(resources.find(({ address }) => address === PRIMARY)).toEqual({
    address: PRIMARY,
    action: "replace",
    destroys_data: true,
    forced_by: ["db_name"],
  });
});

test("the database is destroyed with its replica, and its last snapshot stays", async () => {
  succeeded(await andamio("destroy", "--auto-approve"));
  expect(await snapshots()).toEqual([expect.stringMatching(/^acme-example-orders-final-[0-9a-f]{8}$/)]);
});
