import { Database, type DatabaseProps } from "../../modules/rds";
import { byAddress, synthesized } from "../support/synthesized";
import { orders, ordersIn, primaryOf, vpcIn } from "../support/databases";

const production = { tier: "production" } as const;

describe("a database", () => {
  test("is private, encrypted, backed up, reached over TLS, and its password is RDS's", () => {
    const resources = orders();
    expect(resources["aws_db_instance.orders"]).toEqual({
      identifier: "acme-dev-orders",
      engine: "postgres",
      engine_version: "16.4",
      instance_class: "db.m7g.large",
      port: 5432,
      username: "dbadmin",
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      db_subnet_group_name: "${aws_db_subnet_group.orders_subnet_group.name}",
      vpc_security_group_ids: ["${aws_security_group.orders_security_group.id}"],
      publicly_accessible: false,
      multi_az: false,
      parameter_group_name: "${aws_db_parameter_group.orders_parameters.name}",
      allocated_storage: 20,
      storage_type: "gp3",
      storage_encrypted: true,
      backup_retention_period: 7,
      backup_window: "02:00-03:00",
      delete_automated_backups: true,
      copy_tags_to_snapshot: true,
      skip_final_snapshot: true,
      deletion_protection: false,
      maintenance_window: "sun:04:00-sun:05:00",
      apply_immediately: true,
      auto_minor_version_upgrade: true,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      monitoring_interval: 0,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      depends_on: ["aws_cloudwatch_log_group.orders_log_postgresql", "aws_cloudwatch_log_group.orders_log_upgrade"],
      lifecycle: { ignore_changes: ["snapshot_identifier", "restore_to_point_in_time"] },
      tags: { Name: "acme-dev-orders" },
    });
    expect(resources["aws_db_subnet_group.orders_subnet_group"]).toMatchObject({
      subnet_ids: ["${aws_subnet.vpc_isolated_a.id}", "${aws_subnet.vpc_isolated_b.id}"],
    });
    expect(Object.keys(resources).filter((address) => address.includes("ingress_rule"))).toEqual([]);
  });

  test("in production has a standby, a last snapshot, its backups for longer, and cannot be destroyed", () => {
    const resources = orders({}, production);
    expect(resources["aws_db_instance.orders"]).toMatchObject({
      multi_az: true,
      deletion_protection: true,
      delete_automated_backups: false,
      backup_retention_period: 14,
      skip_final_snapshot: false,
      final_snapshot_identifier: "acme-dev-orders-final-${random_id.orders_final_snapshot.hex}",
      apply_immediately: false,
      monitoring_interval: 60,
      monitoring_role_arn: "${aws_iam_role.orders_monitoring_role.arn}",
      lifecycle: { prevent_destroy: true },
    });
    expect(
      resources["aws_iam_role_policy_attachment.orders_monitoring_role_AmazonRDSEnhancedMonitoringRole"],
    ).toMatchObject({ policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" });
  });

  test("keeps every address, whatever is switched", () => {
    const before = Object.keys(orders());
    const switches: Partial<DatabaseProps>[] = [
      { multiAz: true, deletionProtection: true },
      { requireTls: false, storageType: "io2", iops: 1000, storageGib: 100, maxStorageGib: 200 },
      { applyImmediately: false, allowMajorVersionUpgrade: true, engineVersion: "17.2" },
      { performanceInsights: false, iamAuthentication: false },
    ];
    for (const props of switches) expect(Object.keys(orders(props))).toEqual(before);
  });

  test("has the parameter group of its major version, beside the old one while it is upgraded", () => {
    const group = "aws_db_parameter_group.orders_parameters";
    const [old, next] = [orders()[group], orders({ engineVersion: "17.2" })[group]];
    expect(old).toMatchObject({ family: "postgres16", lifecycle: { create_before_destroy: true } });
    expect(next).toMatchObject({ family: "postgres17" });
    expect(old?.["name"]).toMatch(/^acme-dev-orders-parameters-[0-9a-f]{6}$/);
    expect(next?.["name"]).not.toBe(old?.["name"]);
    expect(orders({ engineVersion: "16.9" })[group]).toEqual(old);
  });

  test("sets parameters at once or at the next restart, over what the module sets", () => {
    const parameters = {
      "rds.force_ssl": "0",
      max_connections: { value: "400", apply: "pending-reboot" },
    } as const;
    expect(orders({ parameters })["aws_db_parameter_group.orders_parameters"]).toMatchObject({
      parameter: [
        { name: "max_connections", value: "400", apply_method: "pending-reboot" },
        { name: "rds.force_ssl", value: "0", apply_method: "immediate" },
      ],
    });
  });

  test("has the disks that it is told to have", () => {
    const disks = {
      storageType: "gp3",
      storageGib: 400,
      maxStorageGib: 1000,
      iops: 12_000,
      throughputMibps: 500,
    } as const;
    expect(primaryOf({ ...disks, kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1" })).toMatchObject({
      storage_type: "gp3",
      allocated_storage: 400,
      max_allocated_storage: 1000,
      iops: 12_000,
      storage_throughput: 500,
      kms_key_id: "arn:aws:kms:eu-west-1:111111111111:key/1",
    });
    expect(primaryOf({ storageType: "io2", iops: 1000, dedicatedLogVolume: true })).toMatchObject({
      allocated_storage: 100,
      dedicated_log_volume: true,
    });
  });

  test("is maintained as it is told", () => {
    expect(
      primaryOf({
        blueGreenUpdates: true,
        extendedSupport: false,
        certificateAuthority: "rds-ca-ecc384-g1",
        maintenanceWindow: "mon:04:00-mon:05:00",
        autoMinorVersionUpgrade: false,
        allowMajorVersionUpgrade: true,
      }),
    ).toMatchObject({
      blue_green_update: { enabled: true },
      engine_lifecycle_support: "open-source-rds-extended-support-disabled",
      ca_cert_identifier: "rds-ca-ecc384-g1",
      maintenance_window: "mon:04:00-mon:05:00",
      auto_minor_version_upgrade: false,
      allow_major_version_upgrade: true,
      password_wo_version: 1,
    });
    expect(primaryOf({ extendedSupport: true })).toMatchObject({
      engine_lifecycle_support: "open-source-rds-extended-support",
    });
  });

  test("stands where it is told to", () => {
    expect(primaryOf({ availabilityZone: "b", port: 5433 }, production)).toMatchObject({
      availability_zone: "eu-west-1b",
      multi_az: false,
      port: 5433,
    });
    expect(orders({ subnets: "private" })["aws_db_subnet_group.orders_subnet_group"]).toMatchObject({
      subnet_ids: ["${aws_subnet.vpc_private_a.id}", "${aws_subnet.vpc_private_b.id}"],
    });
  });
});

describe("logs, measurements and alarms", () => {
  test("are kept in groups that are made before the database, for as long as one says", () => {
    const resources = orders({ logExports: ["postgresql"], logs: { retentionDays: 14 } });
    expect(resources["aws_cloudwatch_log_group.orders_log_postgresql"]).toMatchObject({
      name: "/aws/rds/instance/acme-dev-orders/postgresql",
      retention_in_days: 14,
    });
    expect(resources["aws_db_instance.orders"]).toMatchObject({
      enabled_cloudwatch_logs_exports: ["postgresql"],
      depends_on: ["aws_cloudwatch_log_group.orders_log_postgresql"],
    });
  });

  test("are more with a key and a longer time, or none", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    expect(primaryOf({ performanceInsights: { retentionDays: 31, kmsKeyArn } })).toMatchObject({
      performance_insights_retention_period: 31,
      performance_insights_kms_key_id: kmsKeyArn,
    });
    const none = primaryOf({ performanceInsights: false, logExports: [], monitoringIntervalSeconds: 0 }, production);
    expect(none).toMatchObject({ performance_insights_enabled: false, monitoring_interval: 0 });
    expect(none).not.toHaveProperty("performance_insights_retention_period");
    expect(none).not.toHaveProperty("depends_on");
  });

  test("go off at thresholds that follow class and storage, and only for those that are not off", () => {
    const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:on-call" };
    const resources = orders({ storageGib: 100, alarms: { notify: [topic], cpuPercent: "off", connections: 50 } });
    const alarm = (id: string): unknown => resources[`aws_cloudwatch_metric_alarm.orders_alarm_${id}`];
    expect(alarm("free_storage")).toMatchObject({
      metric_name: "FreeStorageSpace",
      dimensions: { DBInstanceIdentifier: "acme-dev-orders" },
      threshold: 10 * 2 ** 30,
      comparison_operator: "LessThanOrEqualToThreshold",
      alarm_actions: [topic.arn],
    });
    expect(alarm("memory")).toMatchObject({ metric_name: "FreeableMemory", threshold: 410 * 2 ** 20 });
    expect(alarm("connections")).toMatchObject({ threshold: 50 });
    expect(alarm("cpu")).toBeUndefined();
    expect(alarm("replica_lag")).toBeUndefined();
  });

  test("are shown on a dashboard, with a line for each replica", () => {
    synthesized((stack) => {
      const { widgets } = ordersIn(stack, { readReplicas: { a: {} } });
      expect(widgets["Processors"]).toMatchObject({
        metrics: {
          primary: { name: "CPUUtilization", dimensions: { DBInstanceIdentifier: "acme-dev-orders" } },
          a: { dimensions: { DBInstanceIdentifier: "acme-dev-orders-replica-a" } },
        },
      });
      expect(widgets["Replica lag"]).toMatchObject({ metrics: { a: { name: "ReplicaLag" } } });
    });
  });
});

test("a stack without a last snapshot asks for no second provider, and one with several asks once", () => {
  const { json: without } = synthesized((stack) => void ordersIn(stack));
  expect(Object.keys(without["provider"] as object)).toEqual(["aws"]);
  const { json } = synthesized((stack) => {
    const vpc = vpcIn(stack);
    for (const name of ["orders", "users"])
      new Database(stack, name, {
        vpc,
        engine: "mysql",
        engineVersion: "8.4",
        instanceType: "db.m7g.large",
        finalSnapshot: true,
      });
  });
  expect(Object.keys(json["provider"] as object)).toEqual(["aws", "random"]);
  expect(Object.keys(byAddress(json)).filter((address) => address.startsWith("random_id."))).toEqual([
    "random_id.orders_final_snapshot",
    "random_id.users_final_snapshot",
  ]);
});
