import type { DatabaseProps } from "../../modules/rds";
import { orders, ordersIn } from "../support/databases";
import { synthesized } from "../support/synthesized";

const REPLICA = "aws_db_instance.orders_replica_";

/** What `with_` adds, when everything that was there is as it was. */
function added(without: Partial<DatabaseProps>, with_: Partial<DatabaseProps>, environment = {}): string[] {
  const [before, after] = [orders(without, environment), orders(with_, environment)];
  for (const address of Object.keys(before)) expect([address, after[address]]).toEqual([address, before[address]]);
  return Object.keys(after).filter((address) => !(address in before));
}

describe("a read replica", () => {
  test("has the class, the parameters and the group of its source, is encrypted, and leaves no snapshot", () => {
    const resources = orders({ readReplicas: { a: {} }, maxStorageGib: 100 });
    expect(resources[`${REPLICA}a`]).toEqual({
      identifier: "acme-dev-orders-replica-a",
      replicate_source_db: "${aws_db_instance.orders.identifier}",
      instance_class: "db.m7g.large",
      multi_az: false,
      max_allocated_storage: 100,
      storage_encrypted: true,
      publicly_accessible: false,
      vpc_security_group_ids: ["${aws_security_group.orders_security_group.id}"],
      parameter_group_name: "${aws_db_parameter_group.orders_parameters.name}",
      iam_database_authentication_enabled: true,
      skip_final_snapshot: true,
      copy_tags_to_snapshot: true,
      deletion_protection: false,
      backup_retention_period: 0,
      maintenance_window: "sun:04:00-sun:05:00",
      apply_immediately: true,
      auto_minor_version_upgrade: true,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      monitoring_interval: 0,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      depends_on: [
        "aws_cloudwatch_log_group.orders_replica_a_log_postgresql",
        "aws_cloudwatch_log_group.orders_replica_a_log_upgrade",
      ],
      lifecycle: { replace_triggered_by: ["aws_db_instance.orders.resource_id"] },
      tags: { Name: "acme-dev-orders-replica-a" },
    });
  });

  test("is upgraded before its source, with parameters of its own while the major versions differ", () => {
    const MYSQL = { engine: "mysql", engineVersion: "8.0.39", allowMajorVersionUpgrade: true } as const;
    const minor = orders({ ...MYSQL, readReplicas: { a: { engineVersion: "8.0.40" } } });
    expect(minor[`${REPLICA}a`]).toMatchObject({
      engine_version: "8.0.40",
      parameter_group_name: "${aws_db_parameter_group.orders_parameters.name}",
    });
    const major = orders({ ...MYSQL, readReplicas: { a: { engineVersion: "8.4.3" }, b: {} } });
    expect(major["aws_db_parameter_group.orders_replica_a_parameters"]).toMatchObject({ family: "mysql8.4" });
    expect(major[`${REPLICA}a`]).toMatchObject({
      allow_major_version_upgrade: true,
      parameter_group_name: "${aws_db_parameter_group.orders_replica_a_parameters.name}",
    });
    expect(major[`${REPLICA}b`]).not.toHaveProperty("engine_version");
    expect(major[`${REPLICA}b`]).not.toHaveProperty("allow_major_version_upgrade");
  });

  test("that is added touches neither its source nor the others, in any tier", () => {
    for (const tier of ["development", "production"]) {
      const [one, two] = [{ readReplicas: { b: {} } }, { readReplicas: { a: {}, b: {} } }];
      expect(added({ readReplicas: {} }, one, { tier })).toContain(`${REPLICA}b`);
      expect(added(one, two, { tier }).every((address) => address.includes("orders_replica_a"))).toBe(true);
    }
  });

  test("of SQL Server leaves a password that RDS manages with it", () => {
    const sqlServer = { engine: "sqlserver-ee", engineVersion: "15.00.4236.7.v1", multiAz: true } as const;
    expect(added(sqlServer, { ...sqlServer, readReplicas: { a: {} } })).toContain(`${REPLICA}a`);
    expect(orders({ ...sqlServer, readReplicas: { a: {} } })["aws_db_instance.orders"]).toMatchObject({
      manage_master_user_password: true,
    });
  });

  test("may have a class, a zone, disks, parameters, backups and a window of its own", () => {
    const resources = orders({
      readReplicas: {
        a: {
          instanceType: "db.r7g.large",
          availabilityZone: "b",
          storage: { storageType: "io2", iops: 2000, maxStorageGib: 300 },
          parameters: { work_mem: "65536" },
          backupRetentionDays: 3,
          backupWindow: "05:00-06:00",
          maintenanceWindow: "sat:04:00-sat:05:00",
          monitoringIntervalSeconds: 15,
          deletionProtection: true,
        },
      },
    });
    expect(resources[`${REPLICA}a`]).toMatchObject({
      instance_class: "db.r7g.large",
      availability_zone: "eu-west-1b",
      storage_type: "io2",
      iops: 2000,
      max_allocated_storage: 300,
      parameter_group_name: "${aws_db_parameter_group.orders_replica_a_parameters.name}",
      backup_retention_period: 3,
      backup_window: "05:00-06:00",
      maintenance_window: "sat:04:00-sat:05:00",
      monitoring_interval: 15,
      monitoring_role_arn: "${aws_iam_role.orders_monitoring_role.arn}",
      deletion_protection: true,
    });
    expect(resources["aws_db_parameter_group.orders_replica_a_parameters"]).toMatchObject({
      family: "postgres16",
      parameter: [{ name: "rds.force_ssl" }, { name: "work_mem", value: "65536" }],
    });
    expect(resources["aws_db_instance.orders"]).toMatchObject({ monitoring_interval: 0 });
  });

  test("may have a standby itself, and be for disaster recovery only", () => {
    const oracle = { engine: "oracle-ee", engineVersion: "19" } as const;
    const resources = orders({ ...oracle, readReplicas: { a: { multiAz: true, replicaMode: "mounted" } } });
    expect(resources[`${REPLICA}a`]).toMatchObject({ multi_az: true, replica_mode: "mounted" });
  });

  test("has an endpoint of its own", () => {
    const { json } = synthesized((stack) => {
      stack.output("readers", ordersIn(stack, { readReplicas: { a: {} } }).replicaEndpoints, "Where one reads.");
    });
    expect(json["output"]).toMatchObject({
      readers: { value: { a: "${aws_db_instance.orders_replica_a.address}:5432" } },
    });
  });

  test("is watched, and how far it is behind, too", () => {
    const notify = [{ arn: "arn:aws:sns:eu-west-1:111111111111:on-call" }];
    const resources = orders({ readReplicas: { a: {} }, alarms: { notify, replicaLagSeconds: 30 } });
    expect(resources["aws_cloudwatch_metric_alarm.orders_replica_a_alarm_replica_lag"]).toMatchObject({
      metric_name: "ReplicaLag",
      dimensions: { DBInstanceIdentifier: "acme-dev-orders-replica-a" },
      threshold: 30,
    });
    expect(resources["aws_cloudwatch_metric_alarm.orders_alarm_replica_lag"]).toBeUndefined();
  });
});

describe("a read replica in another region", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1";

  test("has its network, key, parameters and logs there", () => {
    const { resources } = synthesized((stack) => {
      ordersIn(stack, {
        kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/2",
        performanceInsights: { retentionDays: 31, kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/2" },
        readReplicas: {
          us: {
            availabilityZone: "c",
            otherRegion: {
              provider: stack.providerIn("us-east-1"),
              kmsKeyArn,
              subnetIds: ["subnet-1", "subnet-2"],
              securityGroupIds: ["sg-1"],
            },
          },
        },
      });
    });
    const provider = "aws.us-east-1";
    expect(resources[`${REPLICA}us`]).toMatchObject({
      replicate_source_db: "${aws_db_instance.orders.arn}",
      kms_key_id: kmsKeyArn,
      availability_zone: "us-east-1c",
      db_subnet_group_name: "${aws_db_subnet_group.orders_replica_us_subnet_group.name}",
      vpc_security_group_ids: ["sg-1"],
      parameter_group_name: "${aws_db_parameter_group.orders_replica_us_parameters.name}",
      performance_insights_retention_period: 31,
      provider,
    });
    expect(resources[`${REPLICA}us`]).not.toHaveProperty("performance_insights_kms_key_id");
    expect(resources["aws_db_subnet_group.orders_replica_us_subnet_group"]).toMatchObject({
      subnet_ids: ["subnet-1", "subnet-2"],
      provider,
    });
    expect(resources["aws_db_parameter_group.orders_replica_us_parameters"]).toMatchObject({ provider });
    expect(resources["aws_cloudwatch_log_group.orders_replica_us_log_postgresql"]).toMatchObject({ provider });
  });

  test("is not watched from here", () => {
    const { resources } = synthesized((stack) => {
      const provider = stack.providerIn("us-east-1");
      const otherRegion = { provider, kmsKeyArn, subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };
      ordersIn(stack, { readReplicas: { us: { otherRegion } }, alarms: { notify: [] } });
    });
    expect(resources).toHaveProperty(["aws_cloudwatch_metric_alarm.orders_alarm_cpu"]);
    expect(resources).not.toHaveProperty(["aws_cloudwatch_metric_alarm.orders_replica_us_alarm_cpu"]);
  });
});
