import { App } from "cdktf";
import {
  ANYWHERE,
  CapacityReservation,
  DedicatedHost,
  ElasticIp,
  Instance,
  InstanceSet,
  KeyPair,
  PlacementGroup,
  PowerSchedule,
  UserData,
} from "../modules/ec2";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

const network = new EnvironmentStack(app, "network", settings);
const vpc = new Vpc(network, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });

const stack = new EnvironmentStack(app, "servers", settings);

// A web server with a public address that outlives it: give `address` to another instance, and it moves there.
const address = new ElasticIp(stack, "address");
const web = new Instance(stack, "web", {
  vpc,
  subnets: "public",
  instanceType: "t4g.small",
  elasticIp: address,
  userData: UserData.webServer({ page: "<h1>Built by Andamio</h1>" }),
  replaceOnUserDataChange: true,
});
web.allowFrom(ANYWHERE, "http");

// Three brokers, each with a disk that it keeps: a1, a2 and b1. They stand on racks of their own.
const apart = new PlacementGroup(stack, "apart", { strategy: "spread" });
const brokers = new InstanceSet(stack, "broker", {
  vpc,
  instanceType: "m7g.large",
  instancesPerZone: { a: 2, b: 1 },
  placementGroup: apart,
  dataVolumes: { queue: { deviceName: "/dev/sdf", sizeGib: 20 } },
  overrides: { b1: { instanceType: "m7g.xlarge" } },
});
brokers.allowFrom(web, 5672);

// Batch work on spot capacity: stopped when AWS wants it back, and started again when there is some.
new Instance(stack, "batch", {
  vpc,
  instanceType: "c7g.large",
  purchasing: { spot: { interruption: "stop", maxPricePerHour: 0.05 } },
  userData: UserData.script(
    `echo "broker ${brokers.instances["a1"]?.privateIp}" > "\${HOME:-/root}/broker"`,
  ).compressed(),
});

// A database host with capacity kept for it, switched off until it is needed.
const capacity = new CapacityReservation(stack, "kept", {
  availabilityZone: "b",
  instanceType: "r7g.large",
  instanceCount: 1,
});
new Instance(stack, "standby", {
  vpc,
  availabilityZone: "b",
  instanceType: "r7g.large",
  capacityReservation: capacity,
  state: "stopped",
});

// A licence that is bound to hardware: a host of one's own, a publisher's image that is looked up, and a key to log in with.
const host = new DedicatedHost(stack, "licensed", { availabilityZone: "a", instanceFamily: "m5" });
const admin = new KeyPair(stack, "admin", {
  publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhyTQk1vpVm7uxDrQ4sMvA3ZbU0kqzH0mO5cXJ9d2Wn admin@acme.example",
});
const legacy = new Instance(stack, "legacy", {
  vpc,
  instanceType: "m5.large",
  tenancy: { host },
  image: { owners: ["099720109477"], name: "ubuntu/images/hvm-ssd*/ubuntu-*-amd64-server-*", loginUser: "ubuntu" },
  keyPair: admin,
  terminationProtection: true,
  detailedMonitoring: true,
});

// A build machine that nobody pays for at night. It can be hibernated too, for which its disk is larger than its memory.
const build = new Instance(stack, "build", {
  vpc,
  instanceType: "t4g.large",
  rootVolume: { sizeGib: 40 },
  hibernation: true,
  cpuCredits: "unlimited",
  metadataHopLimit: 2,
});
new PowerSchedule(stack, "office_hours", {
  instances: { build },
  start: "cron(0 7 ? * MON-FRI *)",
  stop: "cron(0 20 ? * MON-FRI *)",
  timeZone: "Europe/Madrid",
});

stack.output("web_url", `http://${web.publicIp}`, "The page that the web server shows");
stack.output(
  "legacy_login",
  `${legacy.loginUser}@${legacy.privateIp}`,
  "How to log in to the licensed server over SSH",
);
stack.output("build_volume_ids", build.volumeIds, "Ids of the build machine's volumes");
for (const [key, broker] of Object.entries(brokers.instances))
  stack.output(`broker_${key}_private_ip`, broker.privateIp, `Private address of broker ${key}`);

synth(app, process.env);
