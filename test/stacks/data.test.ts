import type { App } from "cdktf";
import type { EnvironmentConfig } from "../../environments/config";
import type { DatabaseConfig } from "../../environments/database-config";
import { createEnvironment } from "../../stacks";
import { byAddress, plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

const ORDERS: DatabaseConfig = { engine: "postgres", engineVersion: "16.4", instanceType: "db.t4g.medium" };
const SERVER = { instanceType: "t4g.small" } as const;

/** The stacks of an environment with a network of two zones. */
function environmentWith(own: Partial<EnvironmentConfig>): Record<string, Json> {
  const environment = {
    ...plainEnvironment,
    network: { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" },
    zones: { internal: { domainName: "acme.internal", visibility: "private" } },
    ...own,
  } as EnvironmentConfig;
  return synthesizedApp((app: App) => createEnvironment(app, environment));
}

const databases = (config: Record<string, DatabaseConfig>): Record<string, Json> =>
  byAddress(environmentWith({ databases: config })["dev-data"] ?? {});

describe("databases as data", () => {
  test("make no stack where there are none", () => {
    expect(Object.keys(environmentWith({}))).not.toContain("dev-data");
  });

  test("are added and dropped without touching each other", () => {
    const both = databases({ orders: ORDERS, users: { ...ORDERS, engine: "mysql", engineVersion: "8.4.3" } });
    for (const [address, body] of Object.entries(databases({ orders: ORDERS }))) expect(both[address]).toEqual(body);
    expect(both["aws_db_instance.users"]).toMatchObject({ engine: "mysql" });
  });

  test("have replicas that come and go by themselves", () => {
    const two = databases({ orders: { ...ORDERS, readReplicas: { a: {}, b: { availabilityZone: "b" } } } });
    const one = databases({ orders: { ...ORDERS, readReplicas: { b: { availabilityZone: "b" } } } });
    const ofReplica = (address: string): boolean => address.includes("replica_a");
    const [added, others] = [true, false].map((wanted) =>
      Object.fromEntries(Object.entries(two).filter(([address]) => ofReplica(address) === wanted)),
    );
    expect(others).toEqual(one);
    expect(added).toHaveProperty(["aws_db_instance.orders_replica_a"]);
  });

  test("have a replica and copies of their backups in another region, through its provider", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555";
    const there = { region: "us-east-1", kmsKeyArn, subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };
    const resources = databases({
      orders: {
        ...ORDERS,
        readReplicas: { far: { otherRegion: there } },
        copyBackupsTo: { region: "us-east-1", kmsKeyArn },
      },
    });
    expect(resources["aws_db_instance.orders_replica_far"]).toMatchObject({
      provider: "aws.us-east-1",
      kms_key_id: kmsKeyArn,
    });
    expect(resources["aws_db_instance_automated_backups_replication.orders_backup_copy"]).toMatchObject({
      provider: "aws.us-east-1",
    });
  });

  test("may be clusters, which a client names like any other", () => {
    const documents = environmentWith({
      databases: { orders: ORDERS },
      databaseClusters: { users: { engine: "postgres", engineVersion: "16.4", instanceType: "db.m6gd.large" } },
      auroraClusters: {
        reports: {
          engine: "aurora-postgresql",
          engineVersion: "16.4",
          instanceType: "db.r7g.large",
          instances: { a: {} },
        },
      },
      network: { cidr: "10.0.0.0/16", availabilityZones: ["a", "b", "c"], natGateways: "none" },
      servers: { app: { ...SERVER, databases: ["users", "reports"] } },
    });
    const data = byAddress(documents["dev-data"] ?? {});
    expect(
      Object.keys(data)
        .filter((address) => /^aws_(db_instance|rds_cluster)\./.test(address))
        .sort(),
    ).toEqual(["aws_db_instance.orders", "aws_rds_cluster.reports", "aws_rds_cluster.users"]);
    const rules = Object.keys(byAddress(documents["dev-servers"] ?? {})).filter((address) =>
      address.includes("ingress"),
    );
    expect(rules).toEqual([
      "aws_vpc_security_group_ingress_rule.app_security_group_to_data_reports_security_group_5432",
      "aws_vpc_security_group_ingress_rule.app_security_group_to_data_users_security_group_5432",
    ]);
  });

  test("have names in a zone of the environment", () => {
    const dnsNames = { zone: "internal", writer: "orders", readers: "orders-readers" };
    const resources = databases({ orders: { ...ORDERS, dnsNames, readReplicas: { a: {} } } });
    const records = Object.values(resources).filter(({ records: values }) => values !== undefined);
    expect(records.map(({ name }) => name).sort()).toEqual(["orders-readers.acme.internal", "orders.acme.internal"]);
  });

  test("refuse a zone that there is not, naming those that there are", () => {
    expect(() => databases({ orders: { ...ORDERS, dnsNames: { zone: "inner", writer: "orders" } } })).toThrow(
      'dev: databases.orders.dnsNames.zone names "inner", and there is none of that name in zones: name one of internal, or add it there',
    );
  });

  test("are reached by the servers that name them, which may read the password, and by nobody else", () => {
    const servers = { app: { ...SERVER, databases: ["orders"] }, other: SERVER };
    const resources = byAddress(environmentWith({ databases: { orders: ORDERS }, servers })["dev-servers"] ?? {});
    const toDatabase = Object.entries(resources).filter(([, resource]) => JSON.stringify(resource).includes("orders"));
    expect(toDatabase.map(([address]) => address).sort()).toMatchInlineSnapshot(`
     [
       "aws_iam_role_policy.app_role_read_secret_data_orders",
       "aws_vpc_security_group_ingress_rule.app_security_group_to_data_orders_security_group_5432",
     ]
    `);
  });

  test("that a server names and that there are not are refused", () => {
    expect(() =>
      environmentWith({ databases: { orders: ORDERS }, servers: { app: { ...SERVER, databases: ["order"] } } }),
    ).toThrow(
      'dev: servers.app.databases names "order", and there is none of that name in databases: name one of orders, or add it there',
    );
  });
});
