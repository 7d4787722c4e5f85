import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { InstanceEngine, LicenseModel } from "./engine";
import type { DatabaseOptions } from "./option-group";
import type { ParameterValue } from "./parameter-group";

/** Windows domains, for SQL Server, Oracle and Db2 (and Kerberos of MySQL and PostgreSQL). Either AWS's directory, or one of your own. */
export type DomainOptions =
  | {
      /** `d-1234567890` of AWS Managed Microsoft AD. */
      readonly directoryId: string;
      /** Role that RDS calls the directory with: it has `AmazonRDSDirectoryServiceAccess`. */
      readonly roleName: string;
    }
  | {
      /** `corp.example.com` of your own domain (SQL Server only). */
      readonly domainName: string;
      /** `OU=rds,DC=corp,DC=example,DC=com`, in which the database joins. */
      readonly organizationalUnit: string;
      /** ARN of the secret with the account that joins it. */
      readonly secretArn: string;
      /** Addresses of two domain controllers. */
      readonly dnsIps: readonly [string, string];
    };

/** Which engine, and how it is set. */
export interface DatabaseEngineOptions {
  /** Changing it replaces the database. */
  readonly engine: InstanceEngine;
  /**
   * As AWS writes it: `16` or `16.4`, `8.0.39`, `19.0.0.0.ru-2024-10.rur-2024-10.r1`, `15.00.4236.7.v1`, `11.5.9.0.sb00000000.r1`. Raising it is an
   * update, which restarts the database; it cannot be lowered. Read replicas come first, see their `engineVersion`.
   */
  readonly engineVersion: string;
  /** Class: `db.m7g.large`. Changing it is an update, which restarts the database. */
  readonly instanceType: string;
  /**
   * Database that is made at first. SQL Server makes none. Changing it replaces everything.
   * @default none
   */
  readonly databaseName?: string;
  /**
   * Parameters of the engine by name, in lower case; each is an update.
   * @default those of `requireTls` and `logExports`
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * Family of the parameter group: only to check that it is the one that you think.
   * @default what fits `engineVersion`
   */
  readonly parameterGroupFamily?: string;
  /**
   * Refuse connections that are not encrypted: by parameters, for Oracle by its option. Db2 then listens at port 50443.
   * @default true
   */
  readonly requireTls?: boolean;
  /**
   * Features by option, of those that the engine has. PostgreSQL has none. To switch the last one off, leave `{}`, which keeps a group without
   * options: AWS deletes no group that is used.
   * @default none; `NATIVE_NETWORK_ENCRYPTION` for Oracle with `requireTls`
   */
  readonly options?: DatabaseOptions;
  /**
   * Port that it listens at, 1150 to 65535. Changing it restarts the database.
   * @default the engine's: 5432, 3306, 1521, 1433, 50000
   */
  readonly port?: number;
  /**
   * Whose licence it runs under. Your own of Db2 needs IBM's numbers for you: `parameters` "rds.ibm_customer_id" and "rds.ibm_site_id".
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/db2-licensing.html
   * @default what AWS takes for the engine: "bring-your-own-license" for Oracle's Enterprise Edition and Db2
   */
  readonly licenseModel?: LicenseModel;
  /**
   * Character set of Oracle, collation of SQL Server. Changing it replaces the database.
   * @default the engine's
   */
  readonly characterSet?: string;
  /**
   * National character set of Oracle. Changing it replaces the database.
   * @default "AL16UTF16"
   */
  readonly nationalCharacterSet?: "AL16UTF16" | "UTF8";
  /**
   * Time zone of SQL Server and Db2: `GMT Standard Time`. Other engines have a parameter or an option for it. Changing it replaces the database.
   * @default UTC
   */
  readonly timeZone?: string;
  /**
   * Domain that its users come from.
   * @default none
   */
  readonly domain?: DomainOptions;
}

/** Everything but the groups, which are resources of their own. */
export function engineArguments(options: DatabaseEngineOptions, port: number): Partial<DbInstanceConfig> {
  return {
    engine: options.engine,
    engineVersion: options.engineVersion,
    dbName: options.databaseName,
    port,
    licenseModel: options.licenseModel,
    characterSetName: options.characterSet,
    ncharCharacterSetName: options.nationalCharacterSet,
    timezone: options.timeZone,
    ...(options.domain ? domainArguments(options.domain) : {}),
  };
}

function domainArguments(domain: DomainOptions): Partial<DbInstanceConfig> {
  if ("directoryId" in domain) return { domain: domain.directoryId, domainIamRoleName: domain.roleName };
  return {
    domainFqdn: domain.domainName,
    domainOu: domain.organizationalUnit,
    domainAuthSecretArn: domain.secretArn,
    domainDnsIps: [...domain.dnsIps],
  };
}
