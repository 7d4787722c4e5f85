import { App } from "cdktf";
import { Dashboard } from "../modules/cloudwatch";
import { Instance } from "../modules/ec2";
import { Database, DatabaseEvents, type DatabaseProps } from "../modules/rds";
import { HostedZone } from "../modules/route53";
import { Topic } from "../modules/sns";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const stack = new EnvironmentStack(app, "data", { environment: example, emulator: process.env.ANDAMIO_EMULATOR });

const vpc = new Vpc(stack, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
const zone = new HostedZone(stack, "internal", { domainName: "internal.example.com", vpcs: [vpc] });
const web = new Instance(stack, "web", { vpc, instanceType: "t4g.small" });
const onCall = new Topic(stack, "on_call");
onCall.allowPublish("events.rds.amazonaws.com");

// PostgreSQL, with all that a database has.
const orders = new Database(stack, "orders", {
  vpc,
  engine: "postgres",
  engineVersion: "16.4",
  instanceType: "db.m7g.large",
  multiAz: true,
  databaseName: "orders",
  storageGib: 50,
  maxStorageGib: 200,
  backupRetentionDays: 14,
  backupWindow: "01:00-02:00",
  maintenanceWindow: "sun:03:00-sun:04:00",
  finalSnapshot: true,
  monitoringIntervalSeconds: 60,
  parameters: { log_min_duration_statement: "1000", max_connections: { value: "400", apply: "pending-reboot" } },
  passwordVersion: 1, // raise it, and the password is another one
  readReplicas: {
    a: { availabilityZone: "b" },
  },
  alarms: { notify: [onCall], cpuPercent: 90 },
});

orders.allowFrom(web); // the port is the engine's
orders.grantSecretRead(web);
orders.grantConnect(web, "app_user");
orders.dnsNames(zone, { writer: "orders", readers: "orders-ro" });
new DatabaseEvents(stack, "database_events", { topic: onCall, databases: [orders], categories: ["failover"] });
new Dashboard(stack, "databases", { widgets: orders.widgets });
stack.output("orders_endpoint", orders.endpoint, "Where orders are written.");
stack.output("orders_secret_arn", orders.secretArn, "Secret of its master user.");

// The other engines: what each must have is its name, its version and a class; Db2 with a licence of your own also IBM's numbers for you.
const engines: Record<string, Pick<DatabaseProps, "engine" | "engineVersion" | "instanceType" | "parameters">> = {
  shop: { engine: "mysql", engineVersion: "8.4.3", instanceType: "db.t4g.medium" },
  forum: { engine: "mariadb", engineVersion: "10.11.9", instanceType: "db.t4g.medium" },
  ledger: {
    engine: "oracle-se2",
    engineVersion: "19.0.0.0.ru-2024-10.rur-2024-10.r1",
    instanceType: "db.m5.large",
  },
  reports: { engine: "sqlserver-ex", engineVersion: "15.00.4236.7.v1", instanceType: "db.t3.medium" },
  archive: {
    engine: "db2-se",
    engineVersion: "11.5.9.0.sb00000000.r1",
    instanceType: "db.m6i.large",
    parameters: { "rds.ibm_customer_id": "1234567", "rds.ibm_site_id": "1234567890" },
  },
};
for (const [name, engine] of Object.entries(engines)) new Database(stack, name, { vpc, ...engine }).allowFrom(web);

synth(app, process.env);
