import type { Engine, EngineFacts } from "./engine";

/** What engines have in common; each names what differs. */
const COMMON = {
  optionGroups: true,
  tlsParameters: {},
  multiAzReplicas: true,
  replicaBackups: true,
  managedPasswordWithReplicas: false,
  multiAzInstance: true,
  blueGreen: false,
  databaseName: true,
} as const;

const POSTGRES: EngineFacts = {
  ...COMMON,
  port: 5432,
  version: /^(9\.6|[1-9]\d)(?:\.|$)/,
  familyPrefix: "postgres",
  optionGroups: false,
  logExports: ["postgresql", "upgrade", "iam-db-auth-error"],
  defaultLogExports: ["postgresql", "upgrade"],
  tlsParameters: { "rds.force_ssl": { value: "1" } },
  maxReadReplicas: 15,
  iamAuthenticationFrom: 9,
  blueGreen: true,
  licenseModels: ["postgresql-license"],
};

const MYSQL: EngineFacts = {
  ...COMMON,
  port: 3306,
  version: /^(\d+\.\d+)(?:\.|$)/,
  familyPrefix: "mysql",
  logExports: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
  defaultLogExports: ["error", "slowquery"],
  tlsParameters: { require_secure_transport: { value: "1" } },
  maxReadReplicas: 15,
  iamAuthenticationFrom: 5,
  blueGreen: true,
  licenseModels: ["general-public-license"],
};

const MARIADB: EngineFacts = {
  ...MYSQL,
  familyPrefix: "mariadb",
  // 10.11: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
  iamAuthenticationFrom: 10.11,
};

/** TLS, or Oracle's own encryption of the connection, is an option there. */
function oracle(engine: "oracle-ee" | "oracle-ee-cdb" | "oracle-se2" | "oracle-se2-cdb"): EngineFacts {
  const enterprise = engine.startsWith("oracle-ee");
  return {
    ...COMMON,
    port: 1521,
    version: /^(\d+)(?:\.|$)/,
    familyPrefix: `${engine}-`,
    logExports: ["alert", "audit", "listener", "oemagent", "trace"],
    defaultLogExports: ["alert", "listener"],
    // Replicas are Oracle Data Guard, which only the Enterprise Edition has.
    maxReadReplicas: enterprise ? 5 : 0,
    licenseModels: enterprise ? ["bring-your-own-license"] : ["license-included", "bring-your-own-license"],
  };
}

function sqlServer(engine: "sqlserver-ee" | "sqlserver-se" | "sqlserver-ex" | "sqlserver-web"): EngineFacts {
  const enterprise = engine === "sqlserver-ee";
  return {
    ...COMMON,
    port: 1433,
    version: /^(\d+\.\d\d)(?:\.|$)/,
    familyPrefix: `${engine}-`,
    logExports: ["agent", "error"],
    defaultLogExports: ["error"],
    tlsParameters: { "rds.force_ssl": { value: "1", static: true } },
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.html: the Enterprise Edition's availability groups.
    maxReadReplicas: enterprise ? 5 : 0,
    multiAzReplicas: false,
    replicaBackups: false,
    managedPasswordWithReplicas: true,
    multiAzInstance: engine !== "sqlserver-ex",
    licenseModels: ["license-included"],
    databaseName: false,
  };
}

function db2(engine: "db2-se" | "db2-ae"): EngineFacts {
  return {
    ...COMMON,
    port: 50_000,
    tlsPort: 50_443,
    version: /^(\d+\.\d+)(?:\.|$)/,
    familyPrefix: `${engine}-`,
    logExports: ["diag.log", "notify.log"],
    defaultLogExports: ["diag.log", "notify.log"],
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Db2.Concepts.SSL.html
    tlsParameters: { db2comm: { value: "SSL", static: true }, ssl_svcename: { value: "50443", static: true } },
    maxReadReplicas: 3,
    licenseModels: ["bring-your-own-license", "marketplace-license"],
  };
}

/** Aurora's readers are instances of the cluster. */
const AURORA = { optionGroups: false, maxReadReplicas: 15, multiAzInstance: false } as const;

/**
 * Ports and licences: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (Port, LicenseModel,
 * EnableCloudwatchLogsExports). Replicas: API_CreateDBInstanceReadReplica.html (SourceDBInstanceIdentifier).
 * What RDS can manage the password of: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export const ENGINES: Readonly<Record<Engine, EngineFacts>> = {
  postgres: POSTGRES,
  mysql: MYSQL,
  mariadb: MARIADB,
  "oracle-ee": oracle("oracle-ee"),
  "oracle-ee-cdb": oracle("oracle-ee-cdb"),
  "oracle-se2": oracle("oracle-se2"),
  "oracle-se2-cdb": oracle("oracle-se2-cdb"),
  "sqlserver-ee": sqlServer("sqlserver-ee"),
  "sqlserver-se": sqlServer("sqlserver-se"),
  "sqlserver-ex": sqlServer("sqlserver-ex"),
  "sqlserver-web": sqlServer("sqlserver-web"),
  "db2-se": db2("db2-se"),
  "db2-ae": db2("db2-ae"),
  "aurora-mysql": {
    ...MYSQL,
    ...AURORA,
    familyPrefix: "aurora-mysql",
    // A parameter of the cluster, and there it is ON and OFF.
    tlsParameters: { require_secure_transport: { value: "ON" } },
  },
  "aurora-postgresql": {
    ...POSTGRES,
    ...AURORA,
    familyPrefix: "aurora-postgresql",
    logExports: ["postgresql", "iam-db-auth-error"],
    defaultLogExports: ["postgresql"],
  },
};
