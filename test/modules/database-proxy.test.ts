import type { App } from "cdktf";
import { Role } from "../../modules/iam";
import { Database, DatabaseProxy, type DatabaseProxyProps } from "../../modules/rds";
import { HostedZone } from "../../modules/route53";
import { Secret, SecretValue } from "../../modules/secretsmanager";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { auroraIn } from "../support/clusters";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Json } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a", "b"], ["private", "isolated"]);

/** Before an Aurora cluster, unless `target` says otherwise. */
function proxyIn(stack: EnvironmentStack, props: Partial<DatabaseProxyProps> = {}): DatabaseProxy {
  return new DatabaseProxy(stack, "proxy", { vpc, target: auroraIn(stack, {}), ...props });
}

function proxy(props: Partial<DatabaseProxyProps> = {}): Readonly<Record<string, Json>> {
  return synthesized((stack) => void proxyIn(stack, props)).resources;
}

function databaseIn(stack: EnvironmentStack, engine: "mysql" | "oracle-ee" | "sqlserver-se"): Database {
  const engineVersion = {
    mysql: "8.0.39",
    "oracle-ee": "19.0.0.0.ru-2024-10.rur-2024-10.r1",
    "sqlserver-se": "15.00.4236.7.v1",
  };
  return new Database(stack, "shop", {
    vpc,
    engine,
    engineVersion: engineVersion[engine],
    instanceType: "db.m7g.large",
  });
}

describe("a proxy", () => {
  test("stands before a cluster: it reads its secret, reaches it, and takes TLS only", () => {
    const resources = proxy();
    expect(resources["aws_db_proxy.proxy"]).toEqual({
      name: "acme-dev-proxy",
      engine_family: "POSTGRESQL",
      role_arn: "${aws_iam_role.proxy_role.arn}",
      vpc_subnet_ids: ["subnet-isolated-a", "subnet-isolated-b"],
      vpc_security_group_ids: ["${aws_security_group.proxy_security_group.id}"],
      require_tls: true,
      idle_client_timeout: 1800,
      debug_logging: false,
      auth: [
        {
          auth_scheme: "SECRETS",
          iam_auth: "DISABLED",
          secret_arn: "${aws_rds_cluster.orders.master_user_secret[0].secret_arn}",
        },
      ],
      tags: { Name: "acme-dev-proxy" },
    });
    expect(resources["aws_db_proxy_target.proxy_target"]).toEqual({
      db_proxy_name: "${aws_db_proxy.proxy.name}",
      target_group_name: "${aws_db_proxy_default_target_group.proxy_target_group.name}",
      db_cluster_identifier: "${aws_rds_cluster.orders.cluster_identifier}",
      depends_on: ["aws_rds_cluster_instance.orders_instance_a", "aws_rds_cluster_instance.orders_instance_b"],
      lifecycle: { replace_triggered_by: ["aws_rds_cluster.orders.cluster_resource_id"] },
    });
    expect(
      resources["aws_vpc_security_group_ingress_rule.orders_security_group_from_proxy_security_group_5432"],
    ).toMatchObject({ referenced_security_group_id: "${aws_security_group.proxy_security_group.id}", from_port: 5432 });
    expect(
      JSON.parse(resources["aws_iam_role_policy.proxy_role_read_secret_orders"]?.["policy"] as string),
    ).toMatchObject({
      Statement: [{ Resource: ["${aws_rds_cluster.orders.master_user_secret[0].secret_arn}"] }],
    });
  });

  test("stands before a database, at the port of its kind of engine", () => {
    const { resources } = synthesized((stack) => {
      proxyIn(stack, { target: databaseIn(stack, "sqlserver-se") }).allowFrom({ cidr: "10.9.0.0/16" });
    });
    expect(resources["aws_db_proxy.proxy"]).toMatchObject({ engine_family: "SQLSERVER" });
    expect(resources["aws_db_proxy_target.proxy_target"]).toMatchObject({
      lifecycle: { replace_triggered_by: ["aws_db_instance.shop.resource_id"] },
      db_instance_identifier: "${aws_db_instance.shop.identifier}",
    });
    expect(resources).toHaveProperty([
      "aws_vpc_security_group_ingress_rule.proxy_security_group_from_10_9_0_0_16_1433",
    ]);
  });

  test("has a second endpoint, for what only reads", () => {
    expect(proxy({ readEndpoint: true })["aws_db_proxy_endpoint.proxy_read_endpoint"]).toMatchObject({
      db_proxy_endpoint_name: "acme-dev-proxy-read",
      target_role: "READ_ONLY",
      vpc_subnet_ids: ["subnet-isolated-a", "subnet-isolated-b"],
      depends_on: ["aws_db_proxy_target.proxy_target"],
    });
  });

  test("shares connections as it is told", () => {
    const group = "aws_db_proxy_default_target_group.proxy_target_group";
    expect(proxy()[group]?.["connection_pool_config"]).toEqual({
      max_connections_percent: 100,
      max_idle_connections_percent: 50,
      connection_borrow_timeout: 120,
    });
    const pool = {
      maxConnectionsPercent: 40,
      borrowTimeoutSeconds: 5,
      initQuery: "SET x = 1",
      shareDespiteVariables: true,
    };
    expect(proxy({ pool })[group]?.["connection_pool_config"]).toEqual({
      max_connections_percent: 40,
      max_idle_connections_percent: 40,
      connection_borrow_timeout: 5,
      init_query: "SET x = 1",
      session_pinning_filters: ["EXCLUDE_VARIABLE_SETS"],
    });
  });

  test("logs in as other users than the master, by their secrets", () => {
    const { resources } = synthesized((stack) => {
      const value = SecretValue.json({ password: SecretValue.generated() }, { username: "app" });
      const app = new Secret(stack, "app_user", { value });
      proxyIn(stack, { users: { app }, clientPasswordType: "POSTGRES_SCRAM_SHA_256" });
    });
    expect(resources["aws_db_proxy.proxy"]?.["auth"]).toEqual([
      {
        auth_scheme: "SECRETS",
        iam_auth: "DISABLED",
        secret_arn: "${aws_secretsmanager_secret.app_user.arn}",
        client_password_auth_type: "POSTGRES_SCRAM_SHA_256",
      },
    ]);
    expect(Object.keys(resources).filter((address) => address.startsWith("aws_iam_role_policy."))).toEqual([
      "aws_iam_role_policy.proxy_role_read_app_user",
    ]);
  });

  test("lets roles log in where it requires them, and says so where it does not", () => {
    const { resources } = synthesized((stack) => {
      const role = new Role(stack, "web", { service: "ec2.amazonaws.com" });
      proxyIn(stack, { iamAuthentication: "required" }).grantConnect(role, "app");
    });
    expect(resources["aws_db_proxy.proxy"]?.["auth"]).toMatchObject([{ iam_auth: "REQUIRED" }]);
    expect(resources["aws_iam_role_policy.web_connect_app_proxy"]?.["policy"]).toContain(
      '"Action":["rds-db:connect"],"Resource":["arn:aws:rds-db:eu-west-1:111111111111:dbuser:${element(split(":", aws_db_proxy.proxy.arn), 6)}/app"]',
    );
    synthesized((stack) => {
      const role = new Role(stack, "web", { service: "ec2.amazonaws.com" });
      const passwordsOnly = proxyIn(stack);
      expect(() => passwordsOnly.grantConnect(role, "app")).toThrow(
        'DatabaseProxy "dev-test/proxy" takes passwords only: make it with iamAuthentication "required".',
      );
    });
  });

  test("in a later stack than its target depends on nothing there", () => {
    const documents = synthesizedApp((app: App) => {
      const [data, web] = ["data", "web"].map(
        (name) => new EnvironmentStack(app, name, { environment: plainEnvironment }),
      ) as [EnvironmentStack, EnvironmentStack];
      const target = auroraIn(data, {});
      const zone = new HostedZone(data, "zone", { domainName: "acme.internal", vpcs: [{ id: "vpc-1" }] });
      new DatabaseProxy(web, "proxy", { vpc, target, readEndpoint: true }).dnsNames(zone, {
        writer: "db",
        readers: "db-read",
      });
    });
    const resources = byAddress(documents["dev-web"] ?? {});
    expect(resources["aws_db_proxy_target.proxy_target"]).not.toHaveProperty("depends_on");
    expect(resources["aws_db_proxy_target.proxy_target"]).not.toHaveProperty("lifecycle");
    const names = Object.values(resources).filter((body) => body["type"] === "CNAME");
    expect(names.map(({ name, records }) => [name, records])).toEqual([
      ["db-read.acme.internal", ["${aws_db_proxy_endpoint.proxy_read_endpoint.endpoint}"]],
      ["db.acme.internal", ["${aws_db_proxy.proxy.endpoint}"]],
    ]);
  });

  test("changes what each option says", () => {
    expect(
      proxy({ requireTls: false, idleTimeoutSeconds: 60, debugLogging: true, subnets: "private" })[
        "aws_db_proxy.proxy"
      ],
    ).toMatchObject({
      require_tls: false,
      idle_client_timeout: 60,
      debug_logging: true,
      vpc_subnet_ids: ["subnet-private-a", "subnet-private-b"],
    });
  });

  test("is refused before an engine that it does not know, in one zone, and with a read endpoint before a database", () => {
    const wrong = (): unknown =>
      synthesized((stack) =>
        proxyIn(stack, {
          target: databaseIn(stack, "oracle-ee"),
          readEndpoint: true,
          vpc: vpcWith(["a"], ["isolated"]),
        }),
      );
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "DatabaseProxy "dev-test/proxy" is invalid:
       - target must be of an engine that a proxy knows, got "oracle-ee": aurora-mysql, aurora-postgresql, mariadb, mysql, postgres, sqlserver-ee, sqlserver-se, sqlserver-ex, sqlserver-web
       - readEndpoint must be left out: only clusters have instances that are only read behind one address
       - subnets must be a tier with subnets in at least 2 availability zones, "isolated" is in ["a"]: add a zone to the tier, or name another tier"
    `);
  });
});
