import { App } from "cdktf";
import { EbsDefaults, Instance, Snapshot, SnapshotCopy, SnapshotPolicy, Volume } from "../modules/ec2";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

const network = new EnvironmentStack(app, "network", settings);
const vpc = new Vpc(network, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });

const storage = new EnvironmentStack(app, "storage", settings);

// From now on, whatever makes a volume in this account and region makes an encrypted one.
new EbsDefaults(storage, "ebs");

// Every night at three, two weeks of it, and a month of copies in another region; once a month for a year.
new SnapshotPolicy(storage, "backup", {
  schedules: {
    nightly: { everyHours: 24, startTime: "03:00", keep: { count: 14 }, copyTo: { "eu-central-1": { days: 30 } } },
    monthly: { cron: "cron(0 4 1 * ? *)", keep: { months: 12 } },
  },
});

// A disk that is nobody's in particular, and is backed up by the policy above. It grows in place.
const archive = new Volume(storage, "archive", {
  availabilityZone: "eu-west-1a",
  sizeGib: 125,
  type: "st1",
  backup: "backup",
});

const servers = new EnvironmentStack(app, "servers", settings);

// A disk that belongs to a server, and outlives it.
const files = new Instance(servers, "files", {
  vpc,
  availabilityZone: "a",
  instanceType: "t4g.small",
  dataVolumes: { uploads: { deviceName: "/dev/sdg", sizeGib: 20, backup: "backup" } },
});
archive.attachTo(files, "/dev/sdf");

// Before an upgrade: a snapshot of one disk, a volume in another zone that starts from it, and a copy abroad, encrypted.
const before = new Snapshot(servers, "before_upgrade", { volume: files.dataVolumes["uploads"] ?? archive });
new Volume(servers, "restored", { availabilityZone: "eu-west-1b", sizeGib: 20, snapshotId: before.id });
new SnapshotCopy(servers, "abroad", { snapshot: before, provider: servers.providerIn("eu-central-1") });

synth(app, process.env);
