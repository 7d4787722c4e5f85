import { App } from "cdktf";
import { SecurityGroup } from "../modules/ec2";
import { Role } from "../modules/iam";
import { AuroraCluster, DatabaseCluster, DatabaseProxy } from "../modules/rds";
import { HostedZone } from "../modules/route53";
import { Topic } from "../modules/sns";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

const network = new EnvironmentStack(app, "network", settings);
const vpc = new Vpc(network, "vpc", {
  cidr: "10.40.0.0/16",
  availabilityZones: ["a", "b", "c"],
  natGateways: "none",
  subnetTiers: ["private", "isolated"],
});
const zone = new HostedZone(network, "internal", { domainName: "example.internal", vpcs: [vpc] });
const web = new SecurityGroup(network, "web", { vpc });
const webRole = new Role(network, "web_role", { service: "ec2.amazonaws.com" });

const stack = new EnvironmentStack(app, "data", settings);
const onCall = new Topic(stack, "on_call");

// Orders: a writer and a reader in zones of their own, and up to three more readers while they are busy.
const orders = new AuroraCluster(stack, "orders", {
  vpc,
  engine: "aurora-postgresql",
  engineVersion: "16.4",
  databaseName: "orders",
  instanceType: "db.r7g.large",
  instances: {
    a: { availabilityZone: "a", promotionTier: 0 },
    b: { availabilityZone: "b" },
  },
  readerScaling: { minReaders: 1, maxReaders: 4, target: { cpuPercent: 60 } },
  customEndpoints: { reports: { type: "any", members: ["b"] } },
  parameters: { "rds.logical_replication": { value: "1", apply: "pending-reboot" } },
  masterPassword: "generated",
  storage: "io-optimized",
  alarms: { notify: [onCall] },
});
orders.dnsNames(zone, { writer: "orders", readers: "orders-readers" });

// Its many short-lived clients share a few connections, and log in with their role.
const proxy = new DatabaseProxy(stack, "orders_proxy", {
  vpc,
  target: orders,
  iamAuthentication: "required",
  readEndpoint: true,
});
proxy.allowFrom(web);
proxy.grantConnect({ role: webRole }, "dbadmin");

// The shop's catalogue: nobody reads it at night, so it grows, shrinks and pauses.
const catalogue = new AuroraCluster(stack, "catalogue", {
  vpc,
  engine: "aurora-mysql",
  engineVersion: "8.0.mysql_aurora.3.08.0",
  instances: { a: {} },
  serverless: { minCapacityAcu: 0, maxCapacityAcu: 4, pauseAfterSeconds: 900 },
  dataApi: true,
});
catalogue.allowFrom(web);
catalogue.grantDataApi({ role: webRole });

// The ledger: written in two zones before a payment is confirmed.
const ledger = new DatabaseCluster(stack, "ledger", {
  vpc,
  engine: "postgres",
  engineVersion: "16.4",
  instanceType: "db.m6gd.large",
  storageGib: 100,
});
ledger.allowFrom(web);
ledger.grantSecretRead({ role: webRole });

stack.output("orders_endpoint", orders.endpoint, "Where orders are written");
stack.output("orders_reader_endpoint", orders.readerEndpoint, "Where orders are read");
stack.output("orders_secret_arn", orders.secretArn, "The master user's password");
stack.output("proxy_endpoint", proxy.endpoint, "Where many clients share connections");
stack.output("ledger_endpoint", ledger.endpoint, "Where the ledger is written");

synth(app, process.env);
