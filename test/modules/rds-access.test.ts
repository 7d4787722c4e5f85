import { Instance } from "../../modules/ec2";
import { Database, type DatabaseProps } from "../../modules/rds";
import { HostedZone } from "../../modules/route53";
import { SecretValue } from "../../modules/secretsmanager";
import { EnvironmentStack } from "../../stacks";
import { orders, ordersIn, primaryOf, vpcIn } from "../support/databases";
import { byAddress, plainEnvironment, synthesized, synthesizedApp, type Synthesized } from "../support/synthesized";

/** `orders` and a server that uses it as `use` says. */
function used(
  props: Partial<DatabaseProps>,
  use: (database: Database, web: Instance) => void,
): Synthesized["resources"] {
  return synthesized((stack) => {
    const database = ordersIn(stack, props);
    use(database, new Instance(stack, "web", { vpc: database.props.vpc, instanceType: "t4g.small" }));
  }).resources;
}

function policyOf(resource: Record<string, unknown> | undefined): unknown {
  return (JSON.parse(resource?.["policy"] as string) as { Statement: unknown[] }).Statement[0];
}

describe("the master user's password", () => {
  const DRAWN = "${ephemeral.aws_secretsmanager_random_password.orders_password.random_password}";

  test("is drawn where RDS cannot manage it, and written to database and secret with one version", () => {
    const resources = orders({ readReplicas: {}, passwordVersion: 3 });
    expect(resources["aws_db_instance.orders"]).toMatchObject({ password_wo: DRAWN, password_wo_version: 3 });
    expect(resources["aws_db_instance.orders"]).not.toHaveProperty("manage_master_user_password");
    expect(resources["aws_secretsmanager_secret_version.orders_secret_version"]).toMatchObject({
      secret_string_wo: expect.stringContaining(DRAWN.slice(2, -1)) as string,
      secret_string_wo_version: 3,
      lifecycle: { replace_triggered_by: ["aws_db_instance.orders.resource_id"] },
    });
  });

  test("changes hands without a change of the database's address", () => {
    const [managed, generated] = [primaryOf(), primaryOf({ masterPassword: "generated" })];
    const { manage_master_user_password: _, ...rest } = managed;
    expect(generated).toEqual({ ...rest, password_wo: DRAWN, password_wo_version: 1 });
  });

  test("may be one that is there, and its secret may have a key of its own", () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:old-AbCdEf";
    const secretKmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const resources = orders({ masterPassword: SecretValue.fromSecretsManager(arn, "password"), secretKmsKeyArn });
    expect(resources["aws_db_instance.orders"]?.["password_wo"]).toContain(
      "ephemeral.aws_secretsmanager_secret_version.orders_password.secret_string",
    );
    expect(resources["aws_secretsmanager_secret.orders_secret"]).toMatchObject({ kms_key_id: secretKmsKeyArn });
    expect(primaryOf({ secretKmsKeyArn })).toMatchObject({
      manage_master_user_password: true,
      master_user_secret_kms_key_id: secretKmsKeyArn,
    });
  });

  test("is read by whom it is granted to, with the key if there is one", () => {
    const secretKmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
    const managed = used({ secretKmsKeyArn }, (database, web) => {
      database.grantSecretRead(web);
      database.grantSecretRead(web);
    });
    expect(policyOf(managed["aws_iam_role_policy.web_role_read_secret_orders"])).toMatchObject({
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: ["${aws_db_instance.orders.master_user_secret[0].secret_arn}"],
    });
    expect(policyOf(managed["aws_iam_role_policy.web_role_decrypt_secret_orders"])).toMatchObject({
      Action: ["kms:Decrypt"],
      Resource: [secretKmsKeyArn],
    });
    const generated = used({ masterPassword: "generated" }, (database, web) => database.grantSecretRead(web));
    expect(policyOf(generated["aws_iam_role_policy.web_role_read_orders_secret"])).toMatchObject({
      Resource: ["${aws_secretsmanager_secret.orders_secret.arn}"],
    });
  });
});

describe("a client", () => {
  test("reaches the database at the engine's port, and Db2 at that for TLS", () => {
    const rule = "aws_vpc_security_group_ingress_rule.orders_security_group_from_web_security_group_";
    const allow = (database: Database, web: Instance): void => database.allowFrom(web);
    expect(used({}, allow)[`${rule}5432`]).toMatchObject({ from_port: 5432, to_port: 5432 });
    expect(used({ port: 5433 }, allow)[`${rule}5433`]).toMatchObject({ from_port: 5433 });
    const db2 = { engine: "db2-se", engineVersion: "11.5.9.0.sb00000000.r1" } as const;
    expect(used(db2, allow)[`${rule}50443`]).toMatchObject({ from_port: 50_443 });
    expect(used({ ...db2, requireTls: false }, allow)[`${rule}50000`]).toMatchObject({ from_port: 50_000 });
  });

  test("logs in with its role, to the database and to its replicas", () => {
    const resources = used({ readReplicas: { a: {} } }, (database, web) => database.grantConnect(web, "app_user"));
    const arn = "arn:aws:rds-db:eu-west-1:111111111111:dbuser:";
    expect(policyOf(resources["aws_iam_role_policy.web_role_connect_app_user_orders"])).toEqual({
      Effect: "Allow",
      Action: ["rds-db:connect"],
      Resource: [
        `${arn}\${aws_db_instance.orders.resource_id}/app_user`,
        `${arn}\${aws_db_instance.orders_replica_a.resource_id}/app_user`,
      ],
    });
  });

  test("cannot where the engine knows no roles, or is told not to", () => {
    const connect = (database: Database, web: Instance): void => database.grantConnect(web, "app_user");
    expect(() => used({ engine: "oracle-se2", engineVersion: "19" }, connect)).toThrow(
      'Database "dev-test/orders" has no IAM authentication: nobody can log in as "app_user" by it.',
    );
    expect(() => used({ iamAuthentication: false }, connect)).toThrow("has no IAM authentication");
  });
});

describe("names in a zone", () => {
  function named(readReplicas: DatabaseProps["readReplicas"], weights = {}): Synthesized["resources"] {
    return synthesized((stack) => {
      const database = ordersIn(stack, { readReplicas });
      const zone = new HostedZone(stack, "internal", { domainName: "acme.internal", vpcs: [database.props.vpc] });
      database.dnsNames(zone, { writer: "orders", readers: "orders-ro", weights });
    }).resources;
  }

  test("lead to the writer, and to each of the readers in turn", () => {
    const resources = named({ a: {}, b: {} }, { b: 3 });
    expect(resources["aws_route53_record.internal_orders_cname"]).toMatchObject({
      records: ["${aws_db_instance.orders.address}"],
      ttl: 60,
    });
    expect(resources["aws_route53_record.internal_orders-ro_cname_a"]).toMatchObject({
      records: ["${aws_db_instance.orders_replica_a.address}"],
      weighted_routing_policy: { weight: 1 },
    });
    expect(resources["aws_route53_record.internal_orders-ro_cname_b"]).toMatchObject({
      weighted_routing_policy: { weight: 3 },
    });
  });

  test("of the readers lead to the writer while there are none, and another reader touches no record", () => {
    expect(named({})["aws_route53_record.internal_orders-ro_cname_primary"]).toMatchObject({
      records: ["${aws_db_instance.orders.address}"],
    });
    const [one, two] = [named({ a: {} }), named({ a: {}, b: {} })];
    expect(two["aws_route53_record.internal_orders-ro_cname_a"]).toEqual(
      one["aws_route53_record.internal_orders-ro_cname_a"],
    );
  });
});

test("what joins a database with something of an earlier or a later stack is made in the later one", () => {
  const stacks = synthesizedApp((app) => {
    const stackOf = (name: string): EnvironmentStack =>
      new EnvironmentStack(app, name, { environment: plainEnvironment });
    const [network, data, web] = [stackOf("network"), stackOf("data"), stackOf("web")];
    const vpc = vpcIn(network);
    const bastion = new Instance(network, "bastion", { vpc, instanceType: "t4g.small" });
    const zone = new HostedZone(network, "internal", { domainName: "acme.internal", vpcs: [vpc] });
    const database = ordersIn(data, { vpc });
    const server = new Instance(web, "server", { vpc, instanceType: "t4g.small" });
    for (const client of [bastion, server]) {
      database.allowFrom(client);
      database.grantConnect(client, "app_user");
    }
    database.dnsNames(zone, { writer: "orders" });
  });
  const [inData, inWeb] = [byAddress(stacks["dev-data"] ?? {}), byAddress(stacks["dev-web"] ?? {})];
  expect(Object.keys(inData)).toEqual(
    expect.arrayContaining([
      "aws_iam_role_policy.orders_connect_app_user_network_bastion_role",
      "aws_route53_record.orders_network_internal_orders_cname",
    ]),
  );
  expect(Object.keys(inWeb)).toContain("aws_iam_role_policy.server_role_connect_app_user_data_orders");
});
