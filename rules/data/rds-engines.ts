/** What the rules need to know of a database engine. */
export interface EngineFacts {
  /** The longest name of a master user. */
  readonly username: number;
  /** The shortest and the longest password of a master user. */
  readonly password: readonly [number, number];
  /** The longest name of a database; undefined where AWS makes none. */
  readonly databaseName: number | undefined;
  /** The logs that go to CloudWatch. */
  readonly logs: readonly string[];
  /** How many read replicas a database has at most; of Aurora, readers. */
  readonly replicas: number;
  /** Names that its master user cannot have, in lower case. */
  readonly reserved: readonly string[];
  /** Has IAM database authentication. @default false */
  readonly iamAuthentication?: true;
}

export type EngineFamily =
  "mysql" | "mariadb" | "postgres" | "oracle" | "sqlserver" | "db2" | "aurora-mysql" | "aurora-postgresql";

const MYSQL_LOGS = ["audit", "error", "general", "slowquery", "iam-db-auth-error"];
const MYSQL_RESERVED = ["rdsadmin", "rdsrepladmin", "select", "table"];
const POSTGRES_RESERVED = [
  "admin",
  "rdsadmin",
  "rdsrepladmin",
  "rds_superuser",
  "rds_replication",
  "rds_password",
  "rds_iam",
  "rdstopmgr",
  // Key words that PostgreSQL takes as no name: https://www.postgresql.org/docs/current/sql-keywords-appendix.html
  "all",
  "default",
  "public",
  "none",
  "select",
  "table",
  "user",
];

/**
 * By family of engines, as of November 2026: what CreateDBInstance and CreateDBCluster document; but of the names of master users,
 * what the engines have room for, since RDS has taken such (its API allows 16: a rule of its own says so).
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbinstance.html (MasterUsername)
 */
export const ENGINES: Readonly<Record<EngineFamily, EngineFacts>> = {
  mysql: {
    username: 32,
    password: [8, 41],
    databaseName: 64,
    logs: MYSQL_LOGS,
    replicas: 15,
    reserved: MYSQL_RESERVED,
    iamAuthentication: true,
  },
  mariadb: {
    username: 16,
    password: [8, 41],
    databaseName: 64,
    logs: MYSQL_LOGS,
    replicas: 15,
    reserved: MYSQL_RESERVED,
    iamAuthentication: true,
  },
  postgres: {
    username: 63,
    password: [8, 128],
    databaseName: 63,
    logs: ["postgresql", "upgrade", "iam-db-auth-error"],
    replicas: 15,
    reserved: POSTGRES_RESERVED,
    iamAuthentication: true,
  },
  oracle: {
    username: 30,
    password: [8, 30],
    databaseName: 8,
    logs: ["alert", "audit", "listener", "trace", "oemagent"],
    replicas: 5,
    reserved: ["rdsadmin", "sys", "system", "sysman", "dbsnmp", "outln", "public", "user", "select", "table", "null"],
  },
  sqlserver: {
    username: 128,
    password: [8, 128],
    databaseName: undefined,
    logs: ["agent", "error"],
    replicas: 5,
    reserved: ["rdsadmin", "sa", "public", "guest", "sys", "information_schema", "dbo"],
  },
  db2: {
    username: 16,
    password: [8, 255],
    databaseName: 64,
    logs: ["diag.log", "notify.log", "iam-db-auth-error"],
    replicas: 3,
    reserved: ["rdsadmin", "db2inst1", "rdsdb", "users", "admins", "guests", "public", "local"],
  },
  "aurora-mysql": {
    username: 32,
    password: [8, 41],
    databaseName: 64,
    logs: [...MYSQL_LOGS, "instance"],
    replicas: 15,
    reserved: MYSQL_RESERVED,
    iamAuthentication: true,
  },
  "aurora-postgresql": {
    username: 63,
    password: [8, 128],
    databaseName: 63,
    logs: ["postgresql", "instance", "iam-db-auth-error"],
    replicas: 15,
    reserved: POSTGRES_RESERVED,
    iamAuthentication: true,
  },
};

/** The engines of DB instances outside of clusters; those of RDS Custom begin with `custom-`. */
export const INSTANCE_ENGINES: readonly string[] = [
  "db2-ae",
  "db2-se",
  "mariadb",
  "mysql",
  "oracle-ee",
  "oracle-ee-cdb",
  "oracle-se2",
  "oracle-se2-cdb",
  "postgres",
  "sqlserver-dev-ee",
  "sqlserver-ee",
  "sqlserver-ex",
  "sqlserver-se",
  "sqlserver-web",
];

/** The engines of clusters: Aurora, and Multi-AZ DB clusters of MySQL and PostgreSQL. */
export const CLUSTER_ENGINES: readonly string[] = ["aurora-mysql", "aurora-postgresql", "mysql", "postgres"];

/** Instance classes whose storage cannot be encrypted. */
export const UNENCRYPTED_CLASSES = /^db\.(t1|m1|m2|cr1)\.|^db\.t2\.micro$/;

/** Ports that RDS for SQL Server keeps for itself. */
export const SQL_SERVER_PORTS: readonly number[] = [
  1234, 1434, 3260, 3343, 3389, 47001, 49152, 49153, 49154, 49155, 49156,
];

/** Where clients find an engine when nothing is said. */
export const DEFAULT_PORTS: Readonly<Record<EngineFamily, number>> = {
  mysql: 3306,
  mariadb: 3306,
  postgres: 5432,
  oracle: 1521,
  sqlserver: 1433,
  db2: 50_000,
  "aurora-mysql": 3306,
  "aurora-postgresql": 5432,
};
