import type { RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import type { Construct } from "constructs";
import { backupWindowOf, keptBackups, type DatabaseBackupOptions, type RestoreTime } from "./backup-options";
import type { DatabaseNetworkOptions } from "./database-network";
import {
  appliesImmediately,
  lifecycleSupport,
  maintenanceWindowOf,
  type DatabaseMaintenanceOptions,
} from "./maintenance-options";
import type { DatabaseCredentialOptions, MasterPassword } from "./master-password";
import type { DatabaseMonitoringOptions } from "./monitoring-options";
import type { ParameterValue } from "./parameter-group";

/** What a cluster is made from, instead of an empty one. */
export type ClusterRestoreSource =
  /** Name or ARN of a snapshot of a cluster. */
  | { readonly snapshot: string }
  /** Another cluster, as it was at a time (`2026-11-20T03:00:00Z`), or as late as possible. */
  | { readonly cluster: string; readonly time: RestoreTime }
  /** A cluster that is gone, by its resource id (`cluster-ABC...`), whose automated backups were kept. */
  | { readonly resourceId: string; readonly time: RestoreTime }
  /** Another cluster of Aurora, as it is: both share what neither has changed since, so that it is made in minutes. */
  | { readonly cloneOf: string };

/** How a cluster is saved, and brought back. */
export interface ClusterBackupOptions extends Pick<
  DatabaseBackupOptions,
  "backupWindow" | "keepBackupsOnDestroy" | "finalSnapshot"
> {
  /**
   * Days that automatic backups are kept, 1 to 35; within them any second can be restored. Aurora has no cluster without.
   * @default by tier: 7 in sandbox and development, 14 in staging and production
   */
  readonly backupRetentionDays?: number;
  /**
   * Make the cluster from a backup, or as a clone. It counts when the cluster is made, and never again: later changes of it are ignored. Leave
   * it in: taken out, `username` and `storageGib` have their defaults again, which replaces the cluster or asks it to shrink, unless both are given
   * as they are by then. To restore once more, use another id, or `andamio apply` with `-replace`.
   * @default none: an empty cluster
   */
  readonly restoreFrom?: ClusterRestoreSource;
}

/** What clusters have in common, Aurora's and Multi-AZ DB clusters. */
export interface ClusterOptions
  extends
    DatabaseNetworkOptions,
    ClusterBackupOptions,
    DatabaseCredentialOptions,
    Pick<
      DatabaseMaintenanceOptions,
      "maintenanceWindow" | "applyImmediately" | "allowMajorVersionUpgrade" | "certificateAuthority" | "extendedSupport"
    >,
    Pick<
      DatabaseMonitoringOptions,
      "performanceInsights" | "monitoringIntervalSeconds" | "logExports" | "logs" | "alarms"
    > {
  /**
   * As AWS writes it: `16` or `16.4`, `8.0.39`, `8.0.mysql_aurora.3.08.0`. Raising it is an update, which restarts the cluster; it cannot be
   * lowered.
   */
  readonly engineVersion: string;
  /**
   * Database that is made at first. Changing it replaces everything.
   * @default none; `postgres` of PostgreSQL is always there
   */
  readonly databaseName?: string;
  /**
   * Port that it listens at, 1150 to 65535. Changing it restarts the cluster.
   * @default the engine's: 5432, 3306
   */
  readonly port?: number;
  /**
   * Refuse connections that are not encrypted.
   * @default true
   */
  readonly requireTls?: boolean;
  /**
   * Parameters of the cluster by name, in lower case; each is an update.
   * @default those of `requireTls` and `logExports`
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * Password of the master user. To change over is an update that gives it another password, and another `secretArn`.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html
   * @default "rds-managed"
   */
  readonly masterPassword?: MasterPassword;
  /**
   * What Database Insights shows: `advanced` costs by the vCPU and hour, and keeps 15 months of Performance Insights.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.html
   * @default "standard"
   */
  readonly databaseInsights?: "standard" | "advanced";
  /**
   * ARN of the KMS key that encrypts storage, backups and snapshots. It is encrypted in any case. Changing it replaces the cluster.
   * @default AWS's own key for RDS
   */
  readonly kmsKeyArn?: string;
  /**
   * Refuse to destroy it: AWS refuses (`deletion_protection`), and so does the plan (`prevent_destroy`).
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
}

/** @param replacedBy what makes Terraform replace the cluster, for the name of its last snapshot */
export function clusterBackupArguments(
  scope: Construct,
  identifier: string,
  options: ClusterOptions,
  replacedBy: readonly (string | undefined)[],
): Partial<RdsClusterConfig> {
  const { restoreFrom } = options;
  return {
    preferredBackupWindow: backupWindowOf(options),
    ...keptBackups(scope, identifier, options, replacedBy),
    ...(restoreFrom ? restoreArguments(restoreFrom) : {}),
  };
}

function restoreArguments(source: ClusterRestoreSource): Partial<RdsClusterConfig> {
  if ("snapshot" in source) return { snapshotIdentifier: source.snapshot };
  if ("cloneOf" in source) {
    const clone = { sourceClusterIdentifier: source.cloneOf, restoreType: "copy-on-write" };
    return { restoreToPointInTime: { ...clone, useLatestRestorableTime: true } };
  }
  const time = source.time === "latest" ? { useLatestRestorableTime: true } : { restoreToTime: source.time };
  if ("cluster" in source) return { restoreToPointInTime: { sourceClusterIdentifier: source.cluster, ...time } };
  return { restoreToPointInTime: { sourceClusterResourceId: source.resourceId, ...time } };
}

/** When and how the cluster changes. */
export function clusterMaintenanceArguments(scope: Construct, options: ClusterOptions): Partial<RdsClusterConfig> {
  return {
    preferredMaintenanceWindow: maintenanceWindowOf(options),
    applyImmediately: appliesImmediately(scope, options),
    allowMajorVersionUpgrade: options.allowMajorVersionUpgrade,
    ...lifecycleSupport(options),
  };
}
