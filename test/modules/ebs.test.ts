import type { App } from "cdktf";
import {
  EbsDefaults,
  Snapshot,
  SnapshotCopy,
  SnapshotPolicy,
  Volume,
  type SnapshotPolicyProps,
  type SnapshotSchedule,
  type VolumeProps,
} from "../../modules/ec2";
import { Construct } from "constructs";
import { EnvironmentStack } from "../../stacks";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Synthesized } from "../support/synthesized";

/** What a volume needs of an instance. */
class Host extends Construct {
  readonly id = `i-${this.node.id}`;
}

function volume(props: Partial<VolumeProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized(
    (stack) => void new Volume(stack, "archive", { availabilityZone: "eu-west-1a", sizeGib: 100, ...props }),
    environment,
  ).resources;
}

describe("a volume", () => {
  test("is encrypted gp3, and can go outside production", () => {
    expect(volume()).toEqual({
      "aws_ebs_volume.archive": {
        availability_zone: "eu-west-1a",
        encrypted: true,
        size: 100,
        type: "gp3",
        tags: { Name: "acme-dev-archive" },
      },
    });
  });

  test("is protected in production, and leaves a snapshot when it goes, unless it is said otherwise", () => {
    const production = { tier: "production" as const };
    expect(volume({}, production)["aws_ebs_volume.archive"]).toMatchObject({
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
    });
    const unprotected = { deletionProtection: false, finalSnapshot: false };
    expect(volume(unprotected, production)).toEqual(volume());
    expect(volume({ deletionProtection: true, finalSnapshot: true })).toEqual(volume({}, production));
  });

  test("changes only what it is told to when it grows or becomes faster", () => {
    const faster = { sizeGib: 200, type: "io2", iops: 8000, multiAttach: true } as const;
    expect(volume(faster)["aws_ebs_volume.archive"]).toEqual({
      ...volume()["aws_ebs_volume.archive"],
      size: 200,
      type: "io2",
      iops: 8000,
      multi_attach_enabled: true,
    });
    const other = { throughputMibps: 250, snapshotId: "snap-1", kmsKeyArn: "arn:aws:kms:eu-west-1:1:key/1" };
    expect(volume(other)["aws_ebs_volume.archive"]).toMatchObject({
      throughput: 250,
      snapshot_id: "snap-1",
      kms_key_id: "arn:aws:kms:eu-west-1:1:key/1",
    });
  });

  test("is attached to each instance by a resource of its own", () => {
    const { resources } = synthesized((stack) => {
      const shared = new Volume(stack, "shared", {
        availabilityZone: "eu-west-1a",
        sizeGib: 100,
        type: "io2",
        iops: 1000,
        multiAttach: true,
      });
      for (const name of ["one", "two"]) shared.attachTo(new Host(stack, name), "/dev/sdf");
    });
    expect(resources["aws_volume_attachment.shared_attachment_two"]).toEqual({
      volume_id: "${aws_ebs_volume.shared.id}",
      instance_id: "i-two",
      device_name: "/dev/sdf",
      stop_instance_before_detaching: true,
    });
    expect(resources).toHaveProperty(["aws_volume_attachment.shared_attachment_one"]);
  });

  test.each([true, false])("of another stack is attached in the later of the two (volume first: %s)", (volumeFirst) => {
    const stacks = synthesizedApp((app: App) => {
      const stack = (name: string): EnvironmentStack =>
        new EnvironmentStack(app, name, { environment: plainEnvironment });
      const [first, second] = [stack("first"), stack("second")];
      const archive = new Volume(volumeFirst ? first : second, "archive", {
        availabilityZone: "eu-west-1a",
        sizeGib: 100,
      });
      archive.attachTo(new Host(volumeFirst ? second : first, "app"), "/dev/sdf");
    });
    const inFirst = Object.keys(byAddress(stacks["dev-first"] ?? {}));
    expect(inFirst).toEqual(volumeFirst ? ["aws_ebs_volume.archive"] : []);
    const attachment = volumeFirst ? "app_attachment_first_archive" : "archive_attachment_first_app";
    expect(byAddress(stacks["dev-second"] ?? {})[`aws_volume_attachment.${attachment}`]).toMatchObject({
      volume_id: volumeFirst
        ? "${data.terraform_remote_state.first.outputs.aws_ebs_volume_archive_id}"
        : "${aws_ebs_volume.archive.id}",
      instance_id: "i-app",
    });
  });
});

describe("a snapshot", () => {
  test("is taken once, and can be copied elsewhere, encrypted", () => {
    const { resources } = synthesized((stack) => {
      const before = new Snapshot(stack, "before", { volume: { id: "vol-1" }, description: "before the upgrade" });
      new SnapshotCopy(stack, "abroad", { snapshot: before, provider: stack.providerIn("eu-central-1") });
    });
    expect(resources["aws_ebs_snapshot.before"]).toEqual({
      volume_id: "vol-1",
      description: "before the upgrade",
      lifecycle: { ignore_changes: ["volume_id"] },
      tags: { Name: "acme-dev-before" },
    });
    expect(resources["aws_ebs_snapshot_copy.abroad"]).toEqual({
      source_snapshot_id: "${aws_ebs_snapshot.before.id}",
      source_region: "eu-west-1",
      encrypted: true,
      provider: "aws.eu-central-1",
      tags: { Name: "acme-dev-abroad" },
    });
  });

  test("can be copied from another region, which must be known", () => {
    const copy = (sourceRegion?: string, environment = {}): Synthesized["resources"] =>
      synthesized((stack) => {
        new SnapshotCopy(stack, "copy", { snapshot: { id: "snap-1" }, sourceRegion });
      }, environment).resources;
    expect(copy("us-east-1")["aws_ebs_snapshot_copy.copy"]).toMatchObject({ source_region: "us-east-1" });
    expect(() => copy(undefined, { region: "" })).toThrow(
      "sourceRegion must be the region that the snapshot is in, got none",
    );
  });
});

describe("a snapshot policy", () => {
  const nightly: SnapshotSchedule = { everyHours: 24, startTime: "03:00", keep: { count: 14 } };
  const policy = (props: SnapshotPolicyProps, environment = {}): Synthesized["resources"] =>
    synthesized((stack) => void new SnapshotPolicy(stack, "daily", props), environment).resources;
  const details = (schedule: SnapshotSchedule): unknown =>
    policy({ schedules: { nightly: schedule } })["aws_dlm_lifecycle_policy.daily"]?.["policy_details"];

  test("finds the volumes that name it, in its own environment", () => {
    const resources = policy({ schedules: { nightly } });
    expect(resources["aws_dlm_lifecycle_policy.daily"]).toEqual({
      description: "acme-dev-daily",
      execution_role_arn: "${aws_iam_role.daily_role.arn}",
      state: "ENABLED",
      policy_details: {
        policy_type: "EBS_SNAPSHOT_MANAGEMENT",
        resource_types: ["VOLUME"],
        target_tags: { Backup: "acme-dev-daily" },
        schedule: [
          {
            name: "nightly",
            copy_tags: true,
            create_rule: { interval: 24, interval_unit: "HOURS", times: ["03:00"] },
            retain_rule: { count: 14 },
          },
        ],
      },
      tags: { Name: "acme-dev-daily" },
    });
    expect(volume({ backup: "daily" })["aws_ebs_volume.archive"]).toMatchObject({
      tags: { Backup: "acme-dev-daily", Name: "acme-dev-archive" },
    });
    expect(resources["aws_iam_role_policy_attachment.daily_role_AWSDataLifecycleManagerServiceRole"]).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole",
    });
    expect(resources).not.toHaveProperty(["aws_iam_role_policy.daily_role_kms_keys"]);
  });

  test("runs by cron, keeps by age, copies abroad and restores fast when it is told to", () => {
    const schedule: SnapshotSchedule = {
      cron: "cron(0 4 1 * ? *)",
      keep: { months: 12 },
      copyTo: { "eu-central-1": { days: 30, kmsKeyArn: "arn:aws:kms:eu-central-1:1:key/1" } },
      fastRestore: { availabilityZones: ["a", "b"], count: 2 },
      copyTags: false,
    };
    expect(details(schedule)).toMatchObject({
      schedule: [
        {
          copy_tags: false,
          create_rule: { cron_expression: "cron(0 4 1 * ? *)" },
          retain_rule: { interval: 12, interval_unit: "MONTHS" },
          cross_region_copy_rule: [
            {
              target: "eu-central-1",
              encrypted: true,
              cmk_arn: "arn:aws:kms:eu-central-1:1:key/1",
              copy_tags: false,
              retain_rule: { interval: 30, interval_unit: "DAYS" },
            },
          ],
          fast_restore_rule: { availability_zones: ["eu-west-1a", "eu-west-1b"], count: 2 },
        },
      ],
    });
  });

  test("may use the keys that it is told of and those of its copies", () => {
    const copyTo = { "eu-central-1": { days: 1, kmsKeyArn: "arn:copy" } };
    const resources = policy({ schedules: { nightly: { ...nightly, copyTo } }, kmsKeyArns: ["arn:source"] });
    const written = resources["aws_iam_role_policy.daily_role_kms_keys"]?.["policy"] as string;
    expect(JSON.parse(written)).toMatchObject({
      Statement: [
        { Resource: ["arn:source", "arn:copy"], Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } },
        { Resource: ["arn:source", "arn:copy"] },
      ],
    });
  });

  test("can be switched off", () => {
    expect(policy({ schedules: { nightly }, enabled: false })["aws_dlm_lifecycle_policy.daily"]).toMatchObject({
      state: "DISABLED",
    });
  });

  test("refuses none and more than four schedules", () => {
    expect(() => policy({ schedules: {} })).toThrow("schedules must be one to 4, got none");
    expect(() => policy({ schedules: { a: nightly, b: nightly, c: nightly, d: nightly, e: nightly } })).toThrow(
      'schedules must be one to 4, got ["a","b","c","d","e"]',
    );
  });

  test("refuses fast restore where no region names the zones", () => {
    const schedules = { nightly: { ...nightly, fastRestore: { availabilityZones: ["a"], count: 1 } as const } };
    expect(() => policy({ schedules }, { region: "" })).toThrow(
      "fastRestore needs a region, got none: put the policy into an EnvironmentStack, or say where it is with provideContext",
    );
    expect(() => policy({ schedules: { nightly } }, { region: "" })).not.toThrow();
  });
});

describe("the defaults of an account", () => {
  test("encrypt every new volume, with a key of one's own when there is one", () => {
    const { resources } = synthesized((stack) => {
      new EbsDefaults(stack, "ebs", { kmsKeyArn: "arn:key" });
    });
    expect(resources).toEqual({
      "aws_ebs_encryption_by_default.ebs": { enabled: true },
      "aws_ebs_default_kms_key.ebs_kms_key": { key_arn: "arn:key" },
    });
  });
});
