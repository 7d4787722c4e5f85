import type { App } from "cdktf";
import { Role } from "../../modules/iam";
import type { AuroraClusterProps } from "../../modules/rds";
import { HostedZone } from "../../modules/route53";
import { SecretValue } from "../../modules/secretsmanager";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { aurora, auroraIn } from "../support/clusters";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Json } from "../support/synthesized";

/** What each inline policy allows, by address. */
function policies(resources: Readonly<Record<string, Json>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resources)
      .filter(([address]) => address.startsWith("aws_iam_role_policy."))
      .map(([address, { policy }]) => {
        const [statement] = (JSON.parse(policy as string) as { Statement: Json[] }).Statement;
        return [
          address.slice("aws_iam_role_policy.".length),
          { [String(statement?.["Action"])]: statement?.["Resource"] },
        ];
      }),
  );
}

const roleIn = (stack: EnvironmentStack): Role => new Role(stack, "web", { service: "ec2.amazonaws.com" });

describe("who may reach an Aurora cluster", () => {
  test("is let in at the engine's port, or at the cluster's own", () => {
    const rule = (props: Partial<AuroraClusterProps>): unknown =>
      synthesized((stack) => auroraIn(stack, props).allowFrom({ cidr: "10.9.0.0/16" })).resources;
    expect(rule({})).toHaveProperty([
      "aws_vpc_security_group_ingress_rule.orders_security_group_from_10_9_0_0_16_5432",
    ]);
    expect(rule({ port: 5433 })).toHaveProperty([
      "aws_vpc_security_group_ingress_rule.orders_security_group_from_10_9_0_0_16_5433",
    ]);
  });

  test("reads the secret that RDS keeps, with its key", () => {
    const { resources } = synthesized((stack) =>
      auroraIn(stack, { secretKmsKeyArn: "arn:key" }).grantSecretRead(roleIn(stack)),
    );
    expect(policies(resources)).toEqual({
      web_read_secret_orders: {
        "secretsmanager:GetSecretValue,secretsmanager:DescribeSecret": [
          "${aws_rds_cluster.orders.master_user_secret[0].secret_arn}",
        ],
      },
      web_decrypt_secret_orders: { "kms:Decrypt": ["arn:key"] },
    });
  });

  test("logs in with its role, as the users that it may be", () => {
    const { resources } = synthesized((stack) => {
      const [cluster, role] = [auroraIn(stack, {}), roleIn(stack)];
      for (const user of ["app", "report"]) cluster.grantConnect(role, user);
    });
    const user = (name: string): string =>
      `arn:aws:rds-db:eu-west-1:111111111111:dbuser:\${aws_rds_cluster.orders.cluster_resource_id}/${name}`;
    expect(policies(resources)).toEqual({
      web_connect_app_orders: { "rds-db:connect": [user("app")] },
      web_connect_report_orders: { "rds-db:connect": [user("report")] },
    });
  });

  test("sends SQL over the Data API, and reads the secret that this takes", () => {
    const { resources } = synthesized((stack) => auroraIn(stack, { dataApi: true }).grantDataApi(roleIn(stack)));
    expect(Object.keys(policies(resources))).toEqual(["web_data_api_orders", "web_read_secret_orders"]);
    expect(policies(resources)["web_data_api_orders"]).toEqual({
      "rds-data:BatchExecuteStatement,rds-data:ExecuteStatement,rds-data:BeginTransaction,rds-data:CommitTransaction,rds-data:RollbackTransaction":
        ["${aws_rds_cluster.orders.arn}"],
    });
  });

  test("is told what the cluster has not", () => {
    synthesized((stack) => {
      const cluster = auroraIn(stack, { iamAuthentication: false });
      const role = roleIn(stack);
      expect(() => cluster.grantConnect(role, "app")).toThrow(
        'Cluster "dev-test/orders" has no IAM authentication: nobody can log in as "app" by it.',
      );
      expect(() => cluster.grantDataApi(role)).toThrow(
        'AuroraCluster "dev-test/orders" has no Data API: make it with dataApi: true.',
      );
    });
  });

  test("finds it under names of the zone, which are made in the later stack", () => {
    const documents = synthesizedApp((app: App) => {
      const [network, data] = ["network", "data"].map(
        (name) => new EnvironmentStack(app, name, { environment: plainEnvironment }),
      ) as [EnvironmentStack, EnvironmentStack];
      const zone = new HostedZone(network, "zone", { domainName: "acme.internal", vpcs: [{ id: "vpc-1" }] });
      auroraIn(data, {}).dnsNames(zone, { writer: "orders", readers: "orders-read" });
    });
    const records = Object.values(byAddress(documents["dev-data"] ?? {})).filter((body) => body["type"] === "CNAME");
    expect(records.map(({ name, records: values, ttl }) => [name, values, ttl])).toEqual([
      ["orders-read.acme.internal", ["${aws_rds_cluster.orders.reader_endpoint}"], 60],
      ["orders.acme.internal", ["${aws_rds_cluster.orders.endpoint}"], 60],
    ]);
  });
});

describe("the password of an Aurora cluster", () => {
  const CLUSTER = "aws_rds_cluster.orders";
  const SECRET = "aws_secretsmanager_secret_version.orders_secret_version";

  test("that is generated is written to the cluster and to a secret, by one value and one number", () => {
    const resources = aurora({ masterPassword: "generated", passwordVersion: 4, databaseName: "shop" });
    const value = "ephemeral.aws_secretsmanager_random_password.orders_password.random_password";
    expect(resources[CLUSTER]).toMatchObject({ master_password_wo: `\${${value}}`, master_password_wo_version: 4 });
    expect(resources[CLUSTER]).not.toHaveProperty("manage_master_user_password");
    expect(resources[SECRET]).toMatchObject({
      secret_string_wo_version: 4,
      secret_string_wo: expect.stringContaining(`"password" = ${value}})`) as unknown,
      lifecycle: { replace_triggered_by: ["aws_rds_cluster.orders.cluster_resource_id"] },
    });
    expect(resources[SECRET]?.["secret_string_wo"]).toContain('"dbClusterIdentifier" = "acme-dev-orders"');
  });

  test("that is there already is taken from where it is", () => {
    const resources = aurora({ masterPassword: SecretValue.fromEnvironmentVariable("orders_password") });
    expect(resources[CLUSTER]).toMatchObject({ master_password_wo: "${var.orders_password}" });
    expect(resources[SECRET]?.["secret_string_wo"]).toContain('"password" = var.orders_password');
  });

  test("is never a text: that does not compile", () => {
    // @ts-expect-error: a literal would be in the JSON and in the plan
    const wrong: Partial<AuroraClusterProps> = { masterPassword: "hunter2" };
    expect(wrong).toBeDefined();
  });

  test("is read by whatever has a role", () => {
    const { resources } = synthesized((stack) =>
      auroraIn(stack, { masterPassword: "generated" }).grantSecretRead(roleIn(stack)),
    );
    expect(policies(resources)).toEqual({
      web_read_orders_secret: {
        "secretsmanager:GetSecretValue,secretsmanager:DescribeSecret": [
          "${aws_secretsmanager_secret.orders_secret.arn}",
        ],
      },
    });
  });
});
