import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import type { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import type { Connectable } from "../ec2";
import type { Grantee } from "../iam";
import type { SubnetTier, VpcLike } from "../vpc";
import type { Engine } from "./engine";

/** What the targets of a proxy have in common. */
interface CommonTarget extends Connectable {
  readonly port: number;
  readonly secretArn: string;
  readonly props: { readonly engine: Engine };
  allowFrom(client: Connectable): void;
  grantSecretRead(grantee: Grantee): void;
}

/** A `Database`. */
interface InstanceTarget extends CommonTarget {
  readonly primary: DbInstance;
}

/** An `AuroraCluster` or a `DatabaseCluster`. */
interface ClusterTarget extends CommonTarget {
  readonly resource: RdsCluster;
  /** Aurora's: a cluster that has none yet is no target. */
  readonly instances?: Readonly<Record<string, RdsClusterInstance>>;
}

/** What a proxy stands before: a `Database`, an `AuroraCluster` or a `DatabaseCluster`. */
export type ProxyTarget = InstanceTarget | ClusterTarget;

/** True for a cluster. */
export function isCluster(target: ProxyTarget): target is ClusterTarget {
  return "resource" in target;
}

/** A secret with `username` and `password`, as JSON: `Secret`. */
export interface ProxySecret {
  readonly arn: string;
  grantRead(grantee: Grantee): void;
}

/** How passwords go from clients to the proxy. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_UserAuthConfig.html */
export type ClientPasswordType =
  | "MYSQL_CACHING_SHA2_PASSWORD"
  | "MYSQL_NATIVE_PASSWORD"
  | "POSTGRES_MD5"
  | "POSTGRES_SCRAM_SHA_256"
  | "SQL_SERVER_AUTHENTICATION";

/** How the connections to the database are shared. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connections.html */
export interface ConnectionPoolOptions {
  /**
   * Share of the database's connections that the proxy may use, in percent.
   * @default 100
   */
  readonly maxConnectionsPercent?: number;
  /**
   * Share that it keeps although nobody uses them, in percent; at most `maxConnectionsPercent`.
   * @default 50, or `maxConnectionsPercent` where that is less
   */
  readonly maxIdleConnectionsPercent?: number;
  /**
   * Seconds that a client waits for a connection when all are taken, 0 to 300.
   * @default 120
   */
  readonly borrowTimeoutSeconds?: number;
  /**
   * SQL that each connection begins with: `SET time_zone = 'UTC'`. MySQL and MariaDB only, so far.
   * @default none
   */
  readonly initQuery?: string;
  /**
   * Share connections although variables are set (MySQL, MariaDB): where all clients set the same ones.
   * @default false: such a client keeps its connection
   */
  readonly shareDespiteVariables?: boolean;
}

export interface DatabaseProxyProps {
  /** What it stands before, of the engines of MySQL, MariaDB, PostgreSQL and SQL Server. Changing it to another engine replaces the proxy. */
  readonly target: ProxyTarget;
  /** VPC that it stands in: the target's. */
  readonly vpc: VpcLike;
  /**
   * Tier of its subnets, in at least two zones. Changing it replaces the proxy.
   * @default "isolated"
   */
  readonly subnets?: SubnetTier;
  /**
   * Its security group, for one that is shared or exists already.
   * @default one of its own, which lets nothing in
   */
  readonly securityGroup?: Connectable;
  /**
   * Secrets of the users that it logs in with at the database, by names of your own: a client comes as one of these.
   * @default the master user's
   */
  readonly users?: Readonly<Record<string, ProxySecret>>;
  /**
   * Whether clients log in with their role (`required`, see `grantConnect`) or with the password that is in the secret (`disabled`). The
   * proxy logs in at the database with the password in either case.
   * @default "disabled"
   */
  readonly iamAuthentication?: "required" | "disabled";
  /**
   * How passwords go from clients to the proxy.
   * @default the engine's
   */
  readonly clientPasswordType?: ClientPasswordType;
  /**
   * Refuse clients that do not come over TLS.
   * @default true
   */
  readonly requireTls?: boolean;
  /**
   * Seconds after which a client that says nothing is cut off, 1 to 28,800.
   * @default 1800
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * How connections are shared.
   * @default as AWS does
   */
  readonly pool?: ConnectionPoolOptions;
  /**
   * A second endpoint that leads to the instances of a cluster that are only read.
   * @default false
   */
  readonly readEndpoint?: boolean;
  /**
   * Write the statements themselves to the proxy's log: with all that is in them.
   * @default false
   */
  readonly debugLogging?: boolean;
}
