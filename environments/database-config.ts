import type {
  AuroraClusterProps,
  DatabaseAlarmOptions,
  DatabaseClusterProps,
  DatabaseDnsNames,
  DatabaseProps,
  ReadReplicaOptions,
} from "../modules/rds";

/** What is made of other constructs (network, topic) is wired in a stack. */
type Wired = "vpc" | "securityGroup" | "masterPassword" | "alarms";

/** What any database of an environment can say beside its own props. */
interface DatabaseSettings {
  /**
   * Who makes the master user's password: RDS, which changes it every week, or an apply, which changes it when `passwordVersion` is raised.
   * @default "rds-managed"; "generated" with `readReplicas` or `blueGreenUpdates`, where RDS cannot
   */
  readonly masterPassword?: "rds-managed" | "generated";
  /**
   * Thresholds of its alarms; they go to where `alarms` of the environment says.
   * @default those of `DatabaseAlarmOptions`
   */
  readonly alarmThresholds?: Omit<DatabaseAlarmOptions, "notify">;
  /**
   * Names in one of the environment's zones.
   * @default none: clients use AWS's own
   */
  readonly dnsNames?: DatabaseNamesConfig;
}

/** A database instance with its read replicas. */
export interface DatabaseConfig
  extends DatabaseSettings, Omit<DatabaseProps, Wired | "copyBackupsTo" | "readReplicas"> {
  /**
   * Copies that answer queries that only read, by names of your own.
   * @default none
   */
  readonly readReplicas?: Readonly<Record<string, ReadReplicaConfig>>;
  /**
   * Keep its automatic backups in another region as well. Before the last of a region is dropped, name the region in `otherRegions`.
   * @default in its own region only
   */
  readonly copyBackupsTo?: BackupCopyConfig;
}

/** A Multi-AZ cluster: one that is written to, and two standbys that answer queries. */
export type DatabaseClusterConfig = DatabaseSettings & Omit<DatabaseClusterProps, Wired>;

/** An Aurora cluster with its instances. */
export type AuroraClusterConfig = DatabaseSettings & Omit<AuroraClusterProps, Wired>;

/** A read replica, here or in another region. */
export interface ReadReplicaConfig extends Omit<ReadReplicaOptions, "otherRegion"> {
  /**
   * Put it into another region. A replica that is there does not move: Terraform would leave the old one running. Before the last of a region is
   * dropped, name the region in the environment's `otherRegions`.
   * @default the environment's
   */
  readonly otherRegion?: ReplicaRegionConfig;
}

/** What is in the other region already. */
export interface ReplicaRegionConfig {
  /** `us-east-1`. It cannot be changed: add a replica by another name, then drop this one. */
  readonly region: string;
  /** ARN of a key there. Changing it replaces the replica. */
  readonly kmsKeyArn: string;
  /** Ids of subnets there, in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Ids of security groups there. */
  readonly securityGroupIds: readonly string[];
}

/** Where copies of automatic backups are kept. */
export interface BackupCopyConfig {
  /** Region of the copies: `us-east-1`. When it changes, those that were made before stay where they are, unknown to Terraform. */
  readonly region: string;
  /** ARN of a key there. */
  readonly kmsKeyArn: string;
  /**
   * Days that the copies are kept.
   * @default as long as the backups themselves
   */
  readonly retentionDays?: number;
}

/** Names of a database, and the zone that they are in. */
export interface DatabaseNamesConfig extends DatabaseDnsNames {
  /** Name of a zone in `zones`, a private one most of the time. */
  readonly zone: string;
}
