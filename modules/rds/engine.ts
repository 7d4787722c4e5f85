import { ENGINES } from "./engine-facts";

/** Engines of a `Database`. */
export type InstanceEngine =
  | "postgres"
  | "mysql"
  | "mariadb"
  | "oracle-ee"
  | "oracle-ee-cdb"
  | "oracle-se2"
  | "oracle-se2-cdb"
  | "sqlserver-ee"
  | "sqlserver-se"
  | "sqlserver-ex"
  | "sqlserver-web"
  | "db2-se"
  | "db2-ae";

/** Engines of an `AuroraCluster`. */
export type AuroraEngine = "aurora-mysql" | "aurora-postgresql";

/** Every engine, by the name that AWS gives it. */
export type Engine = InstanceEngine | AuroraEngine;

/** Who owns the licence of the engine. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export type LicenseModel =
  | "postgresql-license"
  | "general-public-license"
  | "license-included"
  | "bring-your-own-license"
  | "marketplace-license";

/** Logs that RDS can send to CloudWatch Logs; which of them an engine has is in `EngineFacts.logExports`. */
export type LogExport =
  | "agent"
  | "alert"
  | "audit"
  | "diag.log"
  | "error"
  | "general"
  | "iam-db-auth-error"
  | "listener"
  | "notify.log"
  | "oemagent"
  | "postgresql"
  | "slowquery"
  | "trace"
  | "upgrade";

/** A parameter of the engine; `static` ones take effect when the database is restarted. */
export interface EngineParameter {
  readonly value: string;
  /** @default false: it takes effect at once */
  readonly static?: boolean;
}

/** What is known of an engine, without asking AWS. */
export interface EngineFacts {
  /** Port that clients use. For Db2 with TLS it is another one: `tlsPort`. */
  readonly port: number;
  /** Port of TLS connections, where the engine has one besides `port`; undefined elsewhere. */
  readonly tlsPort?: number;
  /** What a version begins with, as far as it decides the families below; the first group is the major version. */
  readonly version: RegExp;
  /** Prefix of the parameter group's family: `postgres` of `postgres16`, `oracle-ee-` of `oracle-ee-19`. */
  readonly familyPrefix: string;
  /** False where AWS has no options, and an option group says nothing. */
  readonly optionGroups: boolean;
  readonly logExports: readonly LogExport[];
  /** What is exported when nothing is said. */
  readonly defaultLogExports: readonly LogExport[];
  /** Parameters that refuse connections without TLS; none where it is an option's business (Oracle). */
  readonly tlsParameters: Readonly<Record<string, EngineParameter>>;
  /** Read replicas that a source can have at most; 0 where the engine has none. */
  readonly maxReadReplicas: number;
  /** A replica that is Multi-AZ itself. */
  readonly multiAzReplicas: boolean;
  /** A replica that has backups of its own. */
  readonly replicaBackups: boolean;
  /** Whether a source whose password RDS manages can have read replicas. */
  readonly managedPasswordWithReplicas: boolean;
  /** Multi-AZ with one standby. */
  readonly multiAzInstance: boolean;
  /** The lowest major version with IAM database authentication; undefined where the engine has none. */
  readonly iamAuthenticationFrom?: number;
  readonly blueGreen: boolean;
  /** First is what AWS takes when nothing is said. */
  readonly licenseModels: readonly LicenseModel[];
  /** Whether it takes a name for a first database. */
  readonly databaseName: boolean;
}

/** Read replicas of one source unless more are allowed: AWS's default for all engines but Db2. */
export const DEFAULT_MAX_READ_REPLICAS = 5;

/** The facts of an engine. */
export function engineFacts(engine: Engine): EngineFacts {
  return ENGINES[engine];
}

/**
 * The major version of an engine's version: `16` of `16.4`, `8.0` of `8.0.39`, `19` of `19.0.0.0.ru-2024-10.rur-2024-10.r1`, `15.00` of
 * `15.00.4236.7.v1`, `11.5` of `11.5.9.0.sb00000000.r1`, `8.0` of `8.0.mysql_aurora.3.08.0`. It is what an option group wants.
 * @returns undefined when the version is not one of the engine's
 */
export function majorVersion(engine: Engine, engineVersion: string): string | undefined {
  return engineFacts(engine).version.exec(engineVersion)?.[1];
}

/**
 * The family of parameter groups that fit a version: `postgres16`, `mysql8.0`, `mariadb10.11`, `oracle-ee-19`, `sqlserver-se-15.0`, `db2-se-11.5`,
 * `aurora-postgresql16`.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html
 * @returns undefined when the version is not one of the engine's
 */
export function parameterGroupFamily(engine: Engine, engineVersion: string): string | undefined {
  const major = majorVersion(engine, engineVersion);
  // SQL Server's versions have two digits where its families have one: 15.00 and 15.0.
  return major && engineFacts(engine).familyPrefix + major.replace(/\.00$/, ".0");
}

/** Whether an engine's version lets clients log in with IAM; versions of MySQL and PostgreSQL that RDS still makes all do. */
export function hasIamAuthentication(engine: Engine, engineVersion: string): boolean {
  const from = engineFacts(engine).iamAuthenticationFrom;
  if (from === undefined) return false;
  const [major = 0, minor = 0] = (majorVersion(engine, engineVersion) ?? "0").split(".").map(Number);
  return major + minor / 100 >= from;
}

/**
 * What the log exports need to have something to export: MySQL and MariaDB write these logs to files only when told to.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.LogFileSize.html
 */
export function logParameters(
  engine: Engine,
  exports: readonly LogExport[],
): Readonly<Record<string, EngineParameter>> {
  if (!["mysql", "mariadb", "aurora-mysql"].includes(engine)) return {};
  const slow = exports.includes("slowquery");
  const general = exports.includes("general");
  return {
    ...(slow || general ? { log_output: { value: "FILE" } } : {}),
    ...(slow ? { slow_query_log: { value: "1" } } : {}),
    ...(general ? { general_log: { value: "1" } } : {}),
  };
}
