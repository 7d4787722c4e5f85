import { SecurityGroup } from "../../modules/ec2";
import type { DatabaseProps } from "../../modules/rds";
import { orders, ordersIn, primaryOf, vpcIn } from "../support/databases";
import { synthesized, type Synthesized } from "../support/synthesized";

const ORACLE = { engine: "oracle-se2", engineVersion: "19.0.0.0.ru-2024-10.rur-2024-10.r1" } as const;
const SQL_SERVER = { engine: "sqlserver-se", engineVersion: "15.00.4236.7.v1" } as const;
const DB2 = { engine: "db2-se", engineVersion: "11.5.9.0.sb00000000.r1" } as const;

/** Name, value and when it takes effect, of each parameter that is set. */
function parametersOf(props: Partial<DatabaseProps>): unknown {
  const group = orders(props)["aws_db_parameter_group.orders_parameters"] as { parameter?: unknown };
  return group.parameter;
}

describe("MySQL and MariaDB", () => {
  test.each([
    ["mysql", "8.4.3", "mysql8.4"],
    ["mariadb", "10.11.9", "mariadb10.11"],
  ] as const)("%s refuses clients without TLS, and writes the slow query log where the export finds it", (...names) => {
    const [engine, engineVersion, family] = names;
    expect(primaryOf({ engine, engineVersion })).toMatchObject({
      port: 3306,
      iam_database_authentication_enabled: true,
      enabled_cloudwatch_logs_exports: ["error", "slowquery"],
    });
    expect(orders({ engine, engineVersion })["aws_db_parameter_group.orders_parameters"]).toMatchObject({ family });
    expect(parametersOf({ engine, engineVersion })).toEqual([
      { name: "log_output", value: "FILE", apply_method: "immediate" },
      { name: "require_secure_transport", value: "1", apply_method: "immediate" },
      { name: "slow_query_log", value: "1", apply_method: "immediate" },
    ]);
  });

  test("write the general log when it is exported, and neither when none is", () => {
    const mysql = { engine: "mysql", engineVersion: "8.4", requireTls: false } as const;
    expect(parametersOf({ ...mysql, logExports: ["general"] })).toMatchObject([
      { name: "general_log", value: "1" },
      { name: "log_output", value: "FILE" },
    ]);
    expect(parametersOf({ ...mysql, logExports: ["error"] })).toBeUndefined();
  });

  test("have no IAM authentication where MariaDB is older than 10.11, nor measurements on the smallest classes", () => {
    expect(primaryOf({ engine: "mariadb", engineVersion: "10.6", instanceType: "db.t4g.micro" })).toMatchObject({
      iam_database_authentication_enabled: false,
      performance_insights_enabled: false,
    });
  });
});

describe("Oracle", () => {
  const GROUP = "aws_db_option_group.orders_options";

  test("encrypts connections by an option, which is one of the major version", () => {
    const resources = orders({ ...ORACLE, characterSet: "AL32UTF8", nationalCharacterSet: "UTF8" });
    expect(resources[GROUP]).toMatchObject({
      engine_name: "oracle-se2",
      major_engine_version: "19",
      skip_destroy: false,
      lifecycle: { create_before_destroy: true },
      option: [
        {
          option_name: "NATIVE_NETWORK_ENCRYPTION",
          option_settings: [
            { name: "SQLNET.CRYPTO_CHECKSUM_SERVER", value: "REQUIRED" },
            { name: "SQLNET.ENCRYPTION_SERVER", value: "REQUIRED" },
          ],
        },
      ],
    });
    expect(resources["aws_db_instance.orders"]).toMatchObject({
      port: 1521,
      option_group_name: `\${${GROUP}.name}`,
      character_set_name: "AL32UTF8",
      nchar_character_set_name: "UTF8",
      enabled_cloudwatch_logs_exports: ["alert", "listener"],
    });
  });

  test("keeps the option group while snapshots may use it, and has none without options", () => {
    expect(orders({ ...ORACLE, finalSnapshot: true })[GROUP]).toMatchObject({ skip_destroy: true });
    const plain = orders({ ...ORACLE, requireTls: false });
    expect(plain[GROUP]).toBeUndefined();
    expect(plain["aws_db_instance.orders"]).not.toHaveProperty("option_group_name");
  });

  test("keeps a group without options on request, where the engine has options at all", () => {
    const emptied = orders({ ...ORACLE, requireTls: false, options: {} });
    expect(emptied[GROUP]).toMatchObject({ option: [] });
    expect(emptied["aws_db_instance.orders"]).toMatchObject({ option_group_name: `\${${GROUP}.name}` });
    expect(orders({ options: {} })[GROUP]).toBeUndefined();
  });

  test("takes further options, with settings, a version, a port and who may reach it", () => {
    const { resources } = synthesized((stack) => {
      const vpc = vpcIn(stack);
      const securityGroup = new SecurityGroup(stack, "console", { vpc });
      const options = {
        OEM_AGENT: {
          version: "13.5.0.0.v1",
          port: 3872,
          securityGroup,
          settings: { OMS_PORT: "4903", OMS_HOST: "oms" },
        },
        STATSPACK: {},
      };
      ordersIn(stack, { vpc, ...ORACLE, options, requireTls: false });
    });
    expect(resources[GROUP]?.["option"]).toEqual([
      {
        option_name: "OEM_AGENT",
        version: "13.5.0.0.v1",
        port: 3872,
        vpc_security_group_memberships: ["${aws_security_group.console.id}"],
        option_settings: [
          { name: "OMS_HOST", value: "oms" },
          { name: "OMS_PORT", value: "4903" },
        ],
      },
      { option_name: "STATSPACK" },
    ]);
  });

  test("leaves the options of a replica in another region to RDS, where MySQL's have to be made", () => {
    const replicated = (props: Partial<DatabaseProps>): Synthesized["resources"] =>
      synthesized((stack) => {
        const provider = stack.providerIn("us-east-1");
        const kmsKeyArn = "arn:aws:kms:us-east-1:111111111111:key/1";
        const otherRegion = { provider, kmsKeyArn, subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] };
        ordersIn(stack, { ...props, readReplicas: { us: { otherRegion } } });
      }).resources;
    const oracle = replicated({ engine: "oracle-ee", engineVersion: "19" });
    expect(oracle["aws_db_instance.orders_replica_us"]).not.toHaveProperty("option_group_name");
    const mysql = replicated({ engine: "mysql", engineVersion: "8.4", options: { MARIADB_AUDIT_PLUGIN: {} } });
    expect(mysql["aws_db_option_group.orders_replica_us_options"]).toMatchObject({ provider: "aws.us-east-1" });
    expect(mysql["aws_db_instance.orders_replica_us"]).toMatchObject({
      option_group_name: "${aws_db_option_group.orders_replica_us_options.name}",
    });
  });
});

describe("SQL Server", () => {
  test("refuses clients without TLS after a restart, and may have a time zone, a collation and a domain", () => {
    const domain = { directoryId: "d-1234567890", roleName: "rds-directory" };
    const timeZone = "GMT Standard Time";
    const sqlServer = { ...SQL_SERVER, timeZone, characterSet: "Latin1_General_CI_AS", domain };
    expect(parametersOf(sqlServer)).toEqual([{ name: "rds.force_ssl", value: "1", apply_method: "pending-reboot" }]);
    expect(primaryOf(sqlServer)).toMatchObject({
      port: 1433,
      timezone: timeZone,
      character_set_name: "Latin1_General_CI_AS",
      domain: "d-1234567890",
      domain_iam_role_name: "rds-directory",
      iam_database_authentication_enabled: false,
    });
  });

  test("joins a domain of one's own", () => {
    const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:join-AbCdEf";
    const organizationalUnit = "OU=rds,DC=corp,DC=example,DC=com";
    const dnsIps = ["10.0.0.10", "10.0.0.11"] as const;
    expect(
      primaryOf({ ...SQL_SERVER, domain: { domainName: "corp.example.com", organizationalUnit, secretArn, dnsIps } }),
    ).toMatchObject({
      domain_fqdn: "corp.example.com",
      domain_ou: organizationalUnit,
      domain_auth_secret_arn: secretArn,
      domain_dns_ips: dnsIps,
    });
  });

  test("of the Express edition has no standby in production", () => {
    expect(primaryOf({ ...SQL_SERVER, engine: "sqlserver-ex" }, { tier: "production" })).toMatchObject({
      multi_az: false,
    });
  });
});

describe("Db2", () => {
  test("listens for TLS at a port of its own, and for nothing else", () => {
    const licence = { "rds.ibm_customer_id": "1", "rds.ibm_site_id": "2" };
    expect(parametersOf({ ...DB2, parameters: licence })).toEqual([
      { name: "db2comm", value: "SSL", apply_method: "pending-reboot" },
      { name: "rds.ibm_customer_id", value: "1", apply_method: "immediate" },
      { name: "rds.ibm_site_id", value: "2", apply_method: "immediate" },
      { name: "ssl_svcename", value: "50443", apply_method: "pending-reboot" },
    ]);
    expect(primaryOf({ ...DB2, licenseModel: "marketplace-license" })).toMatchObject({
      port: 50_000,
      license_model: "marketplace-license",
      performance_insights_enabled: false,
      enabled_cloudwatch_logs_exports: ["diag.log", "notify.log"],
    });
    expect(Object.keys(orders(DB2))).toContain("aws_cloudwatch_log_group.orders_log_diag_log");
  });

  test("has an endpoint with the port for TLS", () => {
    const { json } = synthesized((stack) => stack.output("endpoint", ordersIn(stack, DB2).endpoint, "Where it is."));
    expect(json["output"]).toMatchObject({ endpoint: { value: "${aws_db_instance.orders.address}:50443" } });
  });
});
