import type { AuroraClusterProps } from "../../modules/rds";
import { auroraIn, aurora, without } from "../support/clusters";
import { synthesized } from "../support/synthesized";

const production = { tier: "production" } as const;
const CLUSTER = "aws_rds_cluster.orders";
const ALARMS = { notify: [{ arn: "arn:aws:sns:eu-west-1:111111111111:on-call" }] };

describe("an Aurora cluster", () => {
  test("is private, encrypted, backed up, reached over TLS, and its password is RDS's", () => {
    const resources = aurora();
    expect(resources[CLUSTER]).toEqual({
      cluster_identifier: "acme-dev-orders",
      engine: "aurora-postgresql",
      engine_version: "16.4",
      port: 5432,
      master_username: "dbadmin",
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      db_subnet_group_name: "${aws_db_subnet_group.orders_subnet_group.name}",
      vpc_security_group_ids: ["${aws_security_group.orders_security_group.id}"],
      db_cluster_parameter_group_name: "${aws_rds_cluster_parameter_group.orders_parameters.name}",
      storage_encrypted: true,
      backup_retention_period: 7,
      preferred_backup_window: "02:00-03:00",
      preferred_maintenance_window: "sun:04:00-sun:05:00",
      delete_automated_backups: true,
      copy_tags_to_snapshot: true,
      skip_final_snapshot: true,
      deletion_protection: false,
      apply_immediately: true,
      enabled_cloudwatch_logs_exports: ["postgresql"],
      depends_on: ["aws_cloudwatch_log_group.orders_log_postgresql"],
      lifecycle: { ignore_changes: ["snapshot_identifier", "restore_to_point_in_time"] },
      tags: { Name: "acme-dev-orders" },
    });
    expect(resources["aws_cloudwatch_log_group.orders_log_postgresql"]).toMatchObject({
      name: "/aws/rds/cluster/acme-dev-orders/postgresql",
      retention_in_days: 30,
    });
    expect(resources["aws_rds_cluster_parameter_group.orders_parameters"]).toMatchObject({
      family: "aurora-postgresql16",
      parameter: [{ name: "rds.force_ssl", value: "1", apply_method: "immediate" }],
      lifecycle: { create_before_destroy: true },
    });
    expect(Object.keys(resources).filter((address) => address.includes("ingress_rule"))).toEqual([]);
  });

  test("has instances by name, each with its class, zone and turn to take over", () => {
    const resources = aurora({
      instances: { a: { availabilityZone: "a", promotionTier: 0 }, b: { instanceType: "db.r7g.xlarge" } },
    });
    expect(resources["aws_rds_cluster_instance.orders_instance_a"]).toEqual({
      identifier: "acme-dev-orders-instance-a",
      cluster_identifier: "${aws_rds_cluster.orders.id}",
      engine: "aurora-postgresql",
      instance_class: "db.r7g.large",
      availability_zone: "eu-west-1a",
      promotion_tier: 0,
      db_parameter_group_name: "${aws_db_parameter_group.orders_instance_parameters.name}",
      publicly_accessible: false,
      apply_immediately: true,
      auto_minor_version_upgrade: true,
      copy_tags_to_snapshot: true,
      monitoring_interval: 0,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      preferred_maintenance_window: "sun:04:00-sun:05:00",
      tags: { Name: "acme-dev-orders-instance-a" },
    });
    expect(resources["aws_rds_cluster_instance.orders_instance_b"]).toMatchObject({
      instance_class: "db.r7g.xlarge",
      promotion_tier: 1,
    });
    expect(resources["aws_rds_cluster_instance.orders_instance_b"]).not.toHaveProperty("availability_zone");
  });

  test("gets and loses an instance without a change of anything else but the order in which readers scale", () => {
    const scaling = { readerScaling: { maxReaders: 3, target: { cpuPercent: 60 } } };
    const two = aurora({ ...scaling, instances: { a: {}, b: {} } });
    const three = aurora({ ...scaling, instances: { c: {}, a: {}, b: {} } });
    const added = "aws_rds_cluster_instance.orders_instance_c";
    const order = "aws_appautoscaling_target.orders_scaling_target";
    expect(without(three, added, order)).toEqual(without(two, order));
    const { depends_on: _one, ...target } = two[order] ?? {};
    const { depends_on: _two, ...targetAfter } = three[order] ?? {};
    expect(targetAfter).toEqual(target);
  });

  test("in production has a last snapshot, its backups for longer, measurements, and cannot be destroyed", () => {
    const resources = aurora({}, production);
    expect(resources[CLUSTER]).toMatchObject({
      deletion_protection: true,
      delete_automated_backups: false,
      backup_retention_period: 14,
      skip_final_snapshot: false,
      final_snapshot_identifier: "acme-dev-orders-final-${random_id.orders_final_snapshot.hex}",
      apply_immediately: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(resources["aws_rds_cluster_instance.orders_instance_a"]).toMatchObject({
      apply_immediately: false,
      monitoring_interval: 60,
      monitoring_role_arn: "${aws_iam_role.orders_monitoring_role.arn}",
    });
  });

  test("of serverless instances has a capacity, and may pause", () => {
    const serverless = { minCapacityAcu: 0, maxCapacityAcu: 8.5, pauseAfterSeconds: 600 };
    const resources = aurora({
      instanceType: undefined,
      serverless,
      instances: { a: {}, b: { instanceType: "db.r7g.large" } },
    });
    expect(resources[CLUSTER]).toMatchObject({
      serverlessv2_scaling_configuration: { min_capacity: 0, max_capacity: 8.5, seconds_until_auto_pause: 600 },
    });
    const classes = ["a", "b"].map((name) => resources[`aws_rds_cluster_instance.orders_instance_${name}`]);
    expect(classes.map((instance) => instance?.["instance_class"])).toEqual(["db.serverless", "db.r7g.large"]);
  });

  test("adds readers by their processors, or by their connections", () => {
    const policy = "aws_appautoscaling_policy.orders_scaling";
    const byCpu = aurora({ readerScaling: { maxReaders: 4, target: { cpuPercent: 60 } } });
    expect(byCpu["aws_appautoscaling_target.orders_scaling_target"]).toMatchObject({
      service_namespace: "rds",
      scalable_dimension: "rds:cluster:ReadReplicaCount",
      resource_id: "cluster:${aws_rds_cluster.orders.id}",
      min_capacity: 1,
      max_capacity: 4,
      depends_on: ["aws_rds_cluster_instance.orders_instance_a", "aws_rds_cluster_instance.orders_instance_b"],
    });
    expect(byCpu[policy]?.["target_tracking_scaling_policy_configuration"]).toEqual({
      target_value: 60,
      predefined_metric_specification: { predefined_metric_type: "RDSReaderAverageCPUUtilization" },
      scale_in_cooldown: 300,
      scale_out_cooldown: 300,
      disable_scale_in: false,
    });
    const cooldowns = { scaleInCooldownSeconds: 600, scaleOutCooldownSeconds: 60, scaleIn: false };
    const byConnections = aurora({ readerScaling: { maxReaders: 4, target: { connections: 500 }, ...cooldowns } });
    expect(byConnections[policy]?.["target_tracking_scaling_policy_configuration"]).toEqual({
      target_value: 500,
      predefined_metric_specification: { predefined_metric_type: "RDSReaderAverageDatabaseConnections" },
      scale_in_cooldown: 600,
      scale_out_cooldown: 60,
      disable_scale_in: true,
    });
  });

  test("has endpoints of its own, for some instances or for all but some", () => {
    const resources = aurora({
      customEndpoints: { reports: { type: "any", members: ["b"] }, web_reads: { type: "reader", exclude: ["b"] } },
    });
    const b = "${aws_rds_cluster_instance.orders_instance_b.id}";
    expect(resources["aws_rds_cluster_endpoint.orders_endpoint_reports"]).toMatchObject({
      cluster_endpoint_identifier: "acme-dev-orders-reports",
      custom_endpoint_type: "ANY",
      static_members: [b],
    });
    expect(resources["aws_rds_cluster_endpoint.orders_endpoint_web_reads"]).toMatchObject({
      cluster_endpoint_identifier: "acme-dev-orders-web-reads",
      custom_endpoint_type: "READER",
      excluded_members: [b],
    });
    const { json } = synthesized((stack) => {
      const { customEndpoints } = auroraIn(stack, { customEndpoints: { reports: { type: "any" } } });
      stack.output("reports", customEndpoints["reports"]?.endpoint, "Where reports are made");
    });
    expect(json["output"]).toMatchObject({
      reports: { value: "${aws_rds_cluster_endpoint.orders_endpoint_reports.endpoint}:5432" },
    });
  });

  test("changes what each option says, and its address never", () => {
    const changed = (props: Partial<AuroraClusterProps>): unknown => aurora(props)[CLUSTER];
    expect(changed({ storage: "io-optimized" })).toMatchObject({ storage_type: "aurora-iopt1" });
    expect(changed({ storage: "standard" })).toMatchObject({ storage_type: "aurora" });
    expect(changed({ dataApi: true })).toMatchObject({ enable_http_endpoint: true });
    expect(changed({ databaseName: "shop", port: 5433, username: "app", kmsKeyArn: "arn:key" })).toMatchObject({
      database_name: "shop",
      port: 5433,
      master_username: "app",
      kms_key_id: "arn:key",
    });
    expect(changed({ iamAuthentication: false })).toMatchObject({ iam_database_authentication_enabled: false });
    expect(changed({ extendedSupport: false })).toMatchObject({
      engine_lifecycle_support: "open-source-rds-extended-support-disabled",
    });
    expect(changed({ allowMajorVersionUpgrade: true })).toMatchObject({
      allow_major_version_upgrade: true,
      db_instance_parameter_group_name: "${aws_db_parameter_group.orders_instance_parameters.name}",
    });
    expect(changed({ databaseInsights: "advanced" })).toMatchObject({
      database_insights_mode: "advanced",
      performance_insights_enabled: true,
      performance_insights_retention_period: 465,
    });
    expect(changed({ secretKmsKeyArn: "arn:key" })).toMatchObject({ master_user_secret_kms_key_id: "arn:key" });
    const instance = aurora({ certificateAuthority: "rds-ca-ecc384-g1", autoMinorVersionUpgrade: false });
    expect(instance["aws_rds_cluster_instance.orders_instance_a"]).toMatchObject({
      ca_cert_identifier: "rds-ca-ecc384-g1",
      auto_minor_version_upgrade: false,
    });
    expect(instance[CLUSTER]).not.toHaveProperty("ca_certificate_identifier");
  });

  test("is made from a snapshot, a point in time or as a clone, and says nothing of it later", () => {
    const restored = (restoreFrom: AuroraClusterProps["restoreFrom"]): unknown => aurora({ restoreFrom })[CLUSTER];
    expect(restored({ snapshot: "before" })).toMatchObject({ snapshot_identifier: "before" });
    expect(restored({ snapshot: "before" })).not.toHaveProperty("master_username");
    expect(restored({ cluster: "shop", time: "2026-11-20T03:00:00Z" })).toMatchObject({
      restore_to_point_in_time: { source_cluster_identifier: "shop", restore_to_time: "2026-11-20T03:00:00Z" },
    });
    expect(restored({ resourceId: "cluster-X", time: "latest" })).toMatchObject({
      restore_to_point_in_time: { source_cluster_resource_id: "cluster-X", use_latest_restorable_time: true },
    });
    expect(restored({ cloneOf: "shop" })).toMatchObject({
      restore_to_point_in_time: { source_cluster_identifier: "shop", restore_type: "copy-on-write" },
    });
  });

  test("of MySQL backtracks, writes the logs that it exports, and audits when it is to export that", () => {
    const mysql = { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.0" } as const;
    const resources = aurora({ ...mysql, backtrackSeconds: 3600, logExports: ["audit", "error", "slowquery"] });
    expect(resources[CLUSTER]).toMatchObject({ port: 3306, backtrack_window: 3600 });
    const parameters = (address: string): unknown[] =>
      (resources[address]?.["parameter"] as { name: string; value: string }[]).map(({ name, value }) => [name, value]);
    expect(parameters("aws_rds_cluster_parameter_group.orders_parameters")).toEqual([
      ["require_secure_transport", "ON"],
      ["server_audit_events", "CONNECT,QUERY_DCL,QUERY_DDL"],
      ["server_audit_logging", "1"],
    ]);
    expect(parameters("aws_db_parameter_group.orders_instance_parameters")).toEqual([
      ["log_output", "FILE"],
      ["slow_query_log", "1"],
    ]);
  });

  test("of MySQL measures waits only where a class has room for it, unless it is told to", () => {
    const mysql = { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.0" } as const;
    const measures = (instanceType: string, performanceInsights?: object): unknown =>
      aurora({ ...mysql, instances: { a: { instanceType } }, performanceInsights })[
        "aws_rds_cluster_instance.orders_instance_a"
      ]?.["performance_insights_enabled"];
    expect(["db.t3.medium", "db.t4g.small", "db.t4g.medium", "db.r7g.large"].map((type) => measures(type))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(measures("db.t3.medium", {})).toBe(true);
  });

  test("has alarms of each instance, and a dashboard's widgets", () => {
    const resources = aurora({ alarms: ALARMS });
    expect(Object.keys(resources).filter((address) => address.startsWith("aws_cloudwatch_metric_alarm."))).toEqual(
      ["a", "b"].flatMap((name) =>
        ["connections", "cpu", "memory", "replica_lag"].map(
          (alarm) => `aws_cloudwatch_metric_alarm.orders_instance_${name}_alarm_${alarm}`,
        ),
      ),
    );
    synthesized((stack) => {
      const { widgets } = auroraIn(stack, {});
      expect(widgets["Replica lag"]).toMatchObject({
        metrics: {
          b: { name: "AuroraReplicaLag", dimensions: { DBInstanceIdentifier: "acme-dev-orders-instance-b" } },
        },
      });
    });
  });
});
