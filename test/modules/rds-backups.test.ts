import {
  DatabaseEvents,
  DatabaseSnapshot,
  DatabaseSnapshotCopy,
  type DatabaseProps,
  type RestoreSource,
} from "../../modules/rds";
import { orders, ordersIn, primaryOf } from "../support/databases";
import { synthesized } from "../support/synthesized";

describe("the last snapshot", () => {
  const life = (props: Partial<DatabaseProps> = {}): unknown =>
    orders({ finalSnapshot: true, ...props })["random_id.orders_final_snapshot"]?.["keepers"];

  test("has a name that stays for the life of a database, and is another for the next", () => {
    expect(orders({ finalSnapshot: true })["random_id.orders_final_snapshot"]).toMatchObject({ byte_length: 4 });
    expect(life({ instanceType: "db.m7g.xlarge", storageGib: 100, multiAz: true, engineVersion: "17" })).toEqual(
      life(),
    );
    for (const replaced of [{ username: "admin2" }, { databaseName: "other" }, { availabilityZone: "a" }] as const)
      expect(life(replaced)).not.toEqual(life());
  });

  test("is taken or not by a switch that changes no address of the database", () => {
    const [taken, not] = [orders({ finalSnapshot: true }), orders({ finalSnapshot: false })];
    expect(not["aws_db_instance.orders"]).toMatchObject({ skip_final_snapshot: true });
    expect(Object.keys(taken).filter((address) => !(address in not))).toEqual(["random_id.orders_final_snapshot"]);
  });
});

describe("a database that is made from a backup", () => {
  test.each<[RestoreSource, object]>([
    [{ snapshot: "before-migration" }, { snapshot_identifier: "before-migration" }],
    [
      { database: "acme-prod-orders", time: "latest" },
      {
        restore_to_point_in_time: {
          source_db_instance_identifier: "acme-prod-orders",
          use_latest_restorable_time: true,
        },
      },
    ],
    [
      { resourceId: "db-ABC", time: "2026-11-20T03:00:00Z" },
      { restore_to_point_in_time: { source_dbi_resource_id: "db-ABC", restore_time: "2026-11-20T03:00:00Z" } },
    ],
    [
      { automatedBackups: "arn:aws:rds:eu-west-1:111111111111:auto-backup:ab-1", time: "latest" },
      {
        restore_to_point_in_time: {
          source_db_instance_automated_backups_arn: "arn:aws:rds:eu-west-1:111111111111:auto-backup:ab-1",
          use_latest_restorable_time: true,
        },
      },
    ],
  ])("is from %j", (restoreFrom, expected) => {
    expect(primaryOf({ restoreFrom })).toMatchObject(expected);
  });

  test("has the user and the storage of the backup unless they are given, and is not made anew when the source is taken out", () => {
    const restored = primaryOf({ restoreFrom: { snapshot: "old" } });
    expect(restored).not.toHaveProperty("username");
    expect(restored).not.toHaveProperty("allocated_storage");
    expect(restored["lifecycle"]).toEqual({ ignore_changes: ["snapshot_identifier", "restore_to_point_in_time"] });
    expect(primaryOf()["lifecycle"]).toEqual(restored["lifecycle"]);
    expect(primaryOf({ restoreFrom: { snapshot: "old" }, username: "app", storageGib: 50 })).toMatchObject({
      username: "app",
      allocated_storage: 50,
    });
  });
});

test("backups are copied to another region, for as long as the database's own", () => {
  const { resources } = synthesized((stack) => {
    const provider = stack.providerIn("eu-central-1");
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";
    ordersIn(stack, { backupRetentionDays: 10, copyBackupsTo: { provider, kmsKeyArn } });
  });
  expect(resources["aws_db_instance_automated_backups_replication.orders_backup_copy"]).toEqual({
    source_db_instance_arn: "${aws_db_instance.orders.arn}",
    kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/1",
    retention_period: 10,
    provider: "aws.eu-central-1",
  });
});

test("a snapshot is taken, shared, and copied with another key", () => {
  const { resources } = synthesized((stack) => {
    const database = ordersIn(stack);
    const snapshot = new DatabaseSnapshot(stack, "before_migration", { database, sharedWith: ["222222222222"] });
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";
    new DatabaseSnapshotCopy(stack, "copy", { snapshot, kmsKeyArn, provider: stack.providerIn("eu-central-1") });
  });
  expect(resources["aws_db_snapshot.before_migration"]).toMatchObject({
    db_instance_identifier: "${aws_db_instance.orders.identifier}",
    db_snapshot_identifier: "acme-dev-before-migration",
    shared_accounts: ["222222222222"],
  });
  expect(resources["aws_db_snapshot_copy.copy"]).toMatchObject({
    source_db_snapshot_identifier: "${aws_db_snapshot.before_migration.db_snapshot_arn}",
    target_db_snapshot_identifier: "acme-dev-copy",
    kms_key_id: "arn:aws:kms:eu-central-1:111111111111:key/1",
    provider: "aws.eu-central-1",
  });
});

test("a topic is told what happens to one database, or to all", () => {
  const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:on-call" };
  const { resources } = synthesized((stack) => {
    const databases = [ordersIn(stack)];
    new DatabaseEvents(stack, "one", { topic, databases, categories: ["failure", "failover"] });
    new DatabaseEvents(stack, "all", { topic, enabled: false });
  });
  expect(resources["aws_db_event_subscription.one"]).toMatchObject({
    name: "acme-dev-one",
    sns_topic: topic.arn,
    source_type: "db-instance",
    source_ids: ["${aws_db_instance.orders.identifier}"],
    event_categories: ["failover", "failure"],
    enabled: true,
  });
  const all = resources["aws_db_event_subscription.all"];
  expect(all).toMatchObject({ enabled: false });
  expect(all).not.toHaveProperty("source_ids");
  expect(all).not.toHaveProperty("event_categories");
});
