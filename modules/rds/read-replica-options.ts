import type { TerraformProvider } from "cdktf";
import type { ZoneLetter } from "../vpc";
import type { DatabaseMaintenanceOptions } from "./maintenance-options";
import type { DatabaseMonitoringOptions } from "./monitoring-options";
import type { ParameterValue } from "./parameter-group";
import type { DatabaseStorageOptions } from "./storage-options";
import type { BackupWindow } from "./windows";

/** What a replica in another region needs there. */
export interface ReplicaRegion {
  /** Of the other region: `stack.providerIn("us-east-1")`. It cannot be changed; see `otherRegion`. */
  readonly provider: TerraformProvider & { readonly region?: string };
  /** ARN of a key there, or of a multi-region key's replica: it encrypts the copy. Changing it replaces the replica. */
  readonly kmsKeyArn: string;
  /** Ids of subnets there, in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Ids of security groups there: those of this region mean nothing in another. */
  readonly securityGroupIds: readonly string[];
}

/** What one read replica has of its own; the rest is as its source has it. */
export interface ReadReplicaOptions {
  /**
   * Class: `db.r7g.large`.
   * @default that of the source
   */
  readonly instanceType?: string;
  /**
   * Version of the engine, for the time of an upgrade: replicas are upgraded before their source. Raise it here, apply, then raise it at the
   * source; of another major version with the source's `allowMajorVersionUpgrade`. AWS takes along itself the replicas of Db2, and for a major version
   * those of PostgreSQL in the same region. Raising it is an update, which restarts the replica. A new replica begins with the version of its source.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
   * @default what it is: a new version of the source leaves it alone
   */
  readonly engineVersion?: string;
  /**
   * Zone that it stands in, not together with `multiAz`. Changing it replaces the replica.
   * @default AWS chooses
   */
  readonly availabilityZone?: ZoneLetter;
  /**
   * Give it a standby of its own.
   * @default false
   */
  readonly multiAz?: boolean;
  /**
   * Put it into another region, encrypted with a key there. Alarms stay in this region, and so do not watch it. A
   * replica that is there does not move: Terraform would look for it in the new region, and leave the old one running. Add one by
   * another name, then drop the old one; keep `stack.providerIn(region)` in the program until the last one of a region is gone.
   * @default the region of the source, with its key and its security group
   */
  readonly otherRegion?: ReplicaRegion;
  /**
   * Parameters that differ from those of the source: the replica then has a group of its own, with the source's and these.
   * @default those of the source
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * Its disks, where they differ.
   * @default as the source has them
   */
  readonly storage?: Pick<DatabaseStorageOptions, "maxStorageGib" | "storageType" | "iops" | "throughputMibps">;
  /**
   * Days that its own automatic backups are kept, for replicas of replicas and for a quick promotion.
   * @default 0: the source is backed up
   */
  readonly backupRetentionDays?: number;
  /**
   * When it is backed up, if it is.
   * @default that of the source
   */
  readonly backupWindow?: BackupWindow;
  /**
   * When AWS may work on it.
   * @default that of the source
   */
  readonly maintenanceWindow?: DatabaseMaintenanceOptions["maintenanceWindow"];
  /**
   * Seconds between two measurements of its operating system; 0 for none.
   * @default as the source has it
   */
  readonly monitoringIntervalSeconds?: DatabaseMonitoringOptions["monitoringIntervalSeconds"];
  /**
   * Of Oracle and Db2: `mounted` is only for disaster recovery, and takes no queries.
   * @default "open-read-only"
   */
  readonly replicaMode?: "open-read-only" | "mounted";
  /**
   * Refuse to destroy it. Its data are the source's.
   * @default false
   */
  readonly deletionProtection?: boolean;
}
