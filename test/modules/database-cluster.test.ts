import type { DatabaseClusterProps } from "../../modules/rds";
import { cluster, clusterIn, without } from "../support/clusters";
import { synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const CLUSTER = "aws_rds_cluster.orders";

describe("a Multi-AZ DB cluster", () => {
  test("has three instances of one class, storage of a size, and is private and encrypted", () => {
    const resources = cluster();
    expect(resources[CLUSTER]).toMatchObject({
      cluster_identifier: "acme-dev-orders",
      engine: "postgres",
      db_cluster_instance_class: "db.m6gd.large",
      allocated_storage: 100,
      storage_type: "gp3",
      iops: 3000,
      storage_encrypted: true,
      manage_master_user_password: true,
      iam_database_authentication_enabled: false,
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      monitoring_interval: 0,
      performance_insights_enabled: true,
      performance_insights_retention_period: 7,
      skip_final_snapshot: true,
    });
    expect(Object.keys(resources).filter((address) => address.includes("cluster_instance"))).toEqual([]);
    expect(resources["aws_rds_cluster_parameter_group.orders_parameters"]).toMatchObject({
      family: "postgres16",
      parameter: [{ name: "rds.force_ssl", value: "1" }],
    });
  });

  test("gives its large disks what these have at least, and what is asked for", () => {
    const disks = (props: Partial<DatabaseClusterProps>): unknown[] => {
      const { allocated_storage: gib, storage_type: type, iops } = cluster(props)[CLUSTER] ?? {};
      return [gib, type, iops];
    };
    expect(disks({ storageGib: 400 })).toEqual([400, "gp3", 12_000]);
    expect(disks({ storageGib: 400, storageType: "io2" })).toEqual([400, "io2", 3000]);
    expect(disks({ storageType: "io1", iops: 5000 })).toEqual([100, "io1", 5000]);
    expect(disks({ restoreFrom: { snapshot: "before" } })).toEqual([undefined, "gp3", 3000]);
  });

  test("lets roles log in where it is told to", () => {
    expect(cluster({ iamAuthentication: true })[CLUSTER]).toMatchObject({ iam_database_authentication_enabled: true });
  });

  test("has a certificate by whom it is told, for all three at once", () => {
    expect(cluster({ certificateAuthority: "rds-ca-ecc384-g1" })[CLUSTER]).toMatchObject({
      ca_certificate_identifier: "rds-ca-ecc384-g1",
    });
  });

  test("of MySQL writes the logs that it exports, by the parameters of the cluster", () => {
    const resources = cluster({ engine: "mysql", engineVersion: "8.0.39" });
    const parameters = resources["aws_rds_cluster_parameter_group.orders_parameters"]?.["parameter"];
    expect((parameters as { name: string; value: string }[]).map(({ name, value }) => `${name}=${value}`)).toEqual([
      "log_output=FILE",
      "require_secure_transport=1",
      "slow_query_log=1",
    ]);
  });

  test("in production is measured under a role of its own, and keeps a last snapshot", () => {
    const resources = cluster({}, { tier: "production" });
    expect(resources[CLUSTER]).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: "${aws_iam_role.orders_monitoring_role.arn}",
      final_snapshot_identifier: "acme-dev-orders-final-${random_id.orders_final_snapshot.hex}",
      deletion_protection: true,
    });
  });

  test("has a name that leaves room for those of its instances", () => {
    const { resources } = synthesized((stack) => void clusterIn(stack, {}), {
      project: "a-project-with-a-long-name".repeat(2),
    });
    expect(resources[CLUSTER]?.["cluster_identifier"]).toHaveLength(52);
  });

  test("has alarms of each of the three, and nothing else changes with them", () => {
    const alarms = { notify: [{ arn: "arn:aws:sns:eu-west-1:111111111111:on-call" }] };
    const resources = cluster({ alarms });
    const found = Object.keys(resources).filter((address) => address.startsWith("aws_cloudwatch_metric_alarm."));
    expect(found).toHaveLength(15);
    expect(resources["aws_cloudwatch_metric_alarm.orders_instance_2_alarm_free_storage"]).toMatchObject({
      dimensions: { DBInstanceIdentifier: "acme-dev-orders-instance-2" },
      threshold: 10 * 2 ** 30,
    });
    expect(without(resources, ...found)).toEqual(cluster());
  });

  test("shows a line for each of the three", () => {
    synthesized((stack) => {
      const { widgets } = clusterIn(stack, {});
      expect(Object.keys(widgets)).toContain("Free storage");
      expect(widgets["Processors"]).toMatchObject({
        metrics: { "3": { dimensions: { DBInstanceIdentifier: "acme-dev-orders-instance-3" } } },
      });
    });
  });

  test("is refused in fewer than three zones, and as a clone", () => {
    const wrong = (): unknown =>
      cluster({ vpc: vpcWith(["a", "b"], ["isolated"]), restoreFrom: { cloneOf: "shop" }, engineVersion: "x" });
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "DatabaseCluster "dev-test/orders" is invalid:
       - engineVersion must be one of postgres, got "x": write it as AWS does
       - subnets must be a tier with subnets in 3 availability zones, "isolated" is in ["a","b"]: add zones to the tier, or make a Database with multiAz
       - restoreFrom cannot be a clone: only Aurora has these"
    `);
  });
});
