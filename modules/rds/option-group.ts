import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { DbOptionGroup, type DbOptionGroupOption } from "@cdktf/provider-aws/lib/db-option-group";
import { awsName, stableHash } from "../core";
import type { Connectable } from "../ec2";
import type { Engine } from "./engine";

/** Options of MySQL and MariaDB. */
type MysqlOption = "MARIADB_AUDIT_PLUGIN" | "MEMCACHED";

/** Options of Oracle. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.html */
type OracleOption =
  | "APEX"
  | "APEX-DEV"
  | "EFS_INTEGRATION"
  | "JVM"
  | "LOCATOR"
  | "NATIVE_NETWORK_ENCRYPTION"
  | "OEM"
  | "OEM_AGENT"
  | "OLAP"
  | "OLS"
  | "S3_INTEGRATION"
  | "SPATIAL"
  | "SQLT"
  | "SSL"
  | "STATSPACK"
  | "TDE"
  | "TIMEZONE_FILE_AUTOUPGRADE"
  | "Timezone"
  | "UTL_MAIL"
  | "XMLDB";

/** Options of SQL Server. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.html */
type SqlServerOption =
  "MSDTC" | "OLEDB_ORACLE" | "SQLSERVER_AUDIT" | "SQLSERVER_BACKUP_RESTORE" | "SSAS" | "SSIS" | "SSRS" | "TDE";

/** Features of an engine that are switched on by an option group. */
export type OptionName = MysqlOption | OracleOption | SqlServerOption | "DB2_AUDIT";

/** How a feature is set. */
export interface OptionSettings {
  /**
   * By the names that the engine's documentation gives them: `{ IAM_ROLE_ARN: role.arn }`. They are in the program's JSON and in the
   * state: nothing secret.
   * @default the option's own
   */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * Port that the feature listens at, for those that have one of their own.
   * @default the option's own
   */
  readonly port?: number;
  /**
   * Version of the feature, for those that have several.
   * @default the option's own
   */
  readonly version?: string;
  /**
   * Who may reach `port`.
   * @default nobody besides those who reach the database
   */
  readonly securityGroup?: Connectable;
}

/** By the name of the option: `{ SQLSERVER_BACKUP_RESTORE: { settings: { IAM_ROLE_ARN: role.arn } } }`. */
export type DatabaseOptions = { readonly [name in OptionName]?: OptionSettings };

export interface OptionGroupProps {
  /** Changing it replaces the group. */
  readonly engine: Engine;
  /** `8.0`, `19`, `15.00`. Changing it replaces the group; the new one is made before the old one goes. */
  readonly majorVersion: string;
  readonly options: DatabaseOptions;
  /**
   * Leave the group in AWS when Terraform is done with it: snapshots keep using the group that their database had, and AWS deletes none that is used.
   * @default false
   */
  readonly keepOnDestroy?: boolean;
  /**
   * Provider of another region.
   * @default the stack's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * Features of the engine that RDS adds to a database. PostgreSQL and Aurora have none.
 *
 * Replaced by: a change of `engine` or `majorVersion`. Costs: nothing by itself; some options need a licence of the engine.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithOptionGroups.html
 */
export class OptionGroup extends Construct {
  readonly name: string;
  readonly resource: DbOptionGroup;

  constructor(scope: Construct, id: string, props: OptionGroupProps) {
    super(scope, id);
    const { engine, majorVersion, options, keepOnDestroy = false, provider } = props;
    this.resource = new DbOptionGroup(this, "Resource", {
      name: awsName(this, "optionGroup", stableHash(engine, majorVersion)),
      optionGroupDescription: `Options for ${engine} ${majorVersion}`,
      engineName: engine,
      majorEngineVersion: majorVersion,
      option: optionBlocks(options),
      skipDestroy: keepOnDestroy,
      lifecycle: { createBeforeDestroy: true },
      ...(provider ? { provider } : {}),
    });
    this.name = this.resource.name;
  }
}

/**
 * Oracle encrypts connections by an option: with its own means, so that every client can and none needs a certificate.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html
 */
export const ORACLE_ENCRYPTED_CONNECTIONS: DatabaseOptions = {
  NATIVE_NETWORK_ENCRYPTION: {
    settings: {
      "SQLNET.CRYPTO_CHECKSUM_SERVER": "REQUIRED",
      "SQLNET.ENCRYPTION_SERVER": "REQUIRED",
    },
  },
};

const OPTIONS: readonly [engines: RegExp, options: readonly OptionName[]][] = [
  [/^mysql$/, ["MARIADB_AUDIT_PLUGIN", "MEMCACHED"]],
  [/^mariadb$/, ["MARIADB_AUDIT_PLUGIN"]],
  [
    /^oracle-/,
    [
      ...(["APEX", "APEX-DEV", "EFS_INTEGRATION", "JVM", "LOCATOR"] as const),
      ...([
        "NATIVE_NETWORK_ENCRYPTION",
        "OEM",
        "OEM_AGENT",
        "OLAP",
        "OLS",
        "S3_INTEGRATION",
        "SPATIAL",
        "SQLT",
      ] as const),
      ...(["SSL", "STATSPACK", "TDE", "TIMEZONE_FILE_AUTOUPGRADE", "Timezone", "UTL_MAIL", "XMLDB"] as const),
    ],
  ],
  [
    /^sqlserver-/,
    ["MSDTC", "OLEDB_ORACLE", "SQLSERVER_AUDIT", "SQLSERVER_BACKUP_RESTORE", "SSAS", "SSIS", "SSRS", "TDE"],
  ],
  [/^db2-/, ["DB2_AUDIT"]],
];

/** The options of an engine; none for PostgreSQL. */
export function optionsOf(engine: Engine): readonly OptionName[] {
  return OPTIONS.find(([engines]) => engines.test(engine))?.[1] ?? [];
}

function optionBlocks(options: DatabaseOptions): DbOptionGroupOption[] {
  return Object.entries(options)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([optionName, { settings = {}, port, version, securityGroup }]) => ({
      optionName,
      port,
      version,
      vpcSecurityGroupMemberships: securityGroup ? [securityGroup.securityGroup.id] : undefined,
      optionSettings:
        Object.keys(settings).length === 0
          ? undefined
          : Object.keys(settings)
              .sort()
              .map((name) => ({ name, value: settings[name] as string })),
    }));
}
