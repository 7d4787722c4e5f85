import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { contextOf, type Tier } from "../core";
import { finalSnapshot, type FinalSnapshotArguments } from "./final-snapshot";
import type { BackupWindow } from "./windows";

/** What a database is made from, instead of an empty one. */
export type RestoreSource =
  /** Name or ARN of a snapshot. */
  | { readonly snapshot: string }
  /** Another database, as it was at a time (`2026-11-20T03:00:00Z`), or as late as possible. */
  | { readonly database: string; readonly time: RestoreTime }
  /** A database that is gone, by its resource id (`db-ABC...`), whose automated backups were kept. */
  | { readonly resourceId: string; readonly time: RestoreTime }
  /** ARN of automated backups that were copied from another region. */
  | { readonly automatedBackups: string; readonly time: RestoreTime };

/** In UTC; or the last moment that can be restored. */
export type RestoreTime = `${number}-${number}-${number}T${number}:${number}:${number}Z` | "latest";

/** A second home for the backups, in another region. */
export interface BackupCopyOptions {
  /** Of the other region: `stack.providerIn("eu-central-1")`. */
  readonly provider: TerraformProvider;
  /** ARN of a key there, which encrypts the copies. */
  readonly kmsKeyArn: string;
  /**
   * Days that copies are kept, 1 to 35.
   * @default what the database's own backups are
   */
  readonly retentionDays?: number;
}

/** How a database is saved, and brought back. */
export interface DatabaseBackupOptions {
  /**
   * Days that automatic backups are kept, 0 to 35; within them any second can be restored. 0 switches them off: a source of read replicas, and
   * blue/green updates, need them.
   * @default by tier: 7 in sandbox and development, 14 in staging and production
   */
  readonly backupRetentionDays?: number;
  /**
   * When the daily backup is made, in UTC.
   * @default "02:00-03:00"
   */
  readonly backupWindow?: BackupWindow;
  /**
   * Keep the automatic backups when the database is destroyed, until they are as old as `backupRetentionDays` says.
   * @default true in tier production
   */
  readonly keepBackupsOnDestroy?: boolean;
  /**
   * Take a last snapshot when the database is destroyed. It stays until somebody deletes it.
   * @default true in tiers staging and production
   */
  readonly finalSnapshot?: boolean;
  /**
   * Copy the automatic backups to another region. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
   * @default none
   */
  readonly copyBackupsTo?: BackupCopyOptions;
  /**
   * Make the database from a backup. It counts when the database is made, and never again: later changes of it are ignored. Leave it
   * in: taken out, `username` and `storageGib` have their defaults again, which replaces the database or asks it to shrink, unless both are given as
   * they are by then. To restore once more, use another id, or `andamio apply` with `-replace`.
   * @default none: an empty database
   */
  readonly restoreFrom?: RestoreSource;
}

const RETENTION_DAYS: Readonly<Record<Tier, number>> = { sandbox: 7, development: 7, staging: 14, production: 14 };
const DEFAULT_BACKUP_WINDOW: BackupWindow = "02:00-03:00";

/** The window, given or not. */
export function backupWindowOf({
  backupWindow = DEFAULT_BACKUP_WINDOW,
}: Pick<DatabaseBackupOptions, "backupWindow">): BackupWindow {
  return backupWindow;
}

/** The days, given or not. */
export function retentionDaysOf(
  scope: Construct,
  { backupRetentionDays }: Pick<DatabaseBackupOptions, "backupRetentionDays">,
): number {
  return backupRetentionDays ?? RETENTION_DAYS[contextOf(scope).tier];
}

/** Whether a last snapshot is taken. */
export function takesFinalSnapshot(scope: Construct, options: Pick<DatabaseBackupOptions, "finalSnapshot">): boolean {
  return options.finalSnapshot ?? ["staging", "production"].includes(contextOf(scope).tier);
}

/**
 * What databases and clusters keep of themselves: automatic backups, and a last snapshot.
 * @param replacedBy what makes Terraform replace the database, for the name of its last snapshot
 */
export function keptBackups(
  scope: Construct,
  identifier: string,
  options: Pick<DatabaseBackupOptions, "backupRetentionDays" | "keepBackupsOnDestroy" | "finalSnapshot">,
  replacedBy: readonly (string | undefined)[],
): FinalSnapshotArguments & {
  readonly backupRetentionPeriod: number;
  readonly deleteAutomatedBackups: boolean;
  readonly copyTagsToSnapshot: boolean;
} {
  const { keepBackupsOnDestroy = contextOf(scope).tier === "production" } = options;
  return {
    backupRetentionPeriod: retentionDaysOf(scope, options),
    deleteAutomatedBackups: !keepBackupsOnDestroy,
    copyTagsToSnapshot: true,
    ...(takesFinalSnapshot(scope, options)
      ? finalSnapshot(scope, identifier, replacedBy)
      : { skipFinalSnapshot: true }),
  };
}

/** @param replacedBy what makes Terraform replace the database, for the name of its last snapshot */
export function backupArguments(
  scope: Construct,
  identifier: string,
  options: DatabaseBackupOptions,
  replacedBy: readonly (string | undefined)[],
): Partial<DbInstanceConfig> {
  return {
    backupWindow: backupWindowOf(options),
    ...keptBackups(scope, identifier, options, replacedBy),
    ...(options.restoreFrom ? restoreArguments(options.restoreFrom) : {}),
  };
}

function restoreArguments(source: RestoreSource): Partial<DbInstanceConfig> {
  if ("snapshot" in source) return { snapshotIdentifier: source.snapshot };
  const time = source.time === "latest" ? { useLatestRestorableTime: true } : { restoreTime: source.time };
  if ("database" in source) return { restoreToPointInTime: { sourceDbInstanceIdentifier: source.database, ...time } };
  if ("resourceId" in source) return { restoreToPointInTime: { sourceDbiResourceId: source.resourceId, ...time } };
  return { restoreToPointInTime: { sourceDbInstanceAutomatedBackupsArn: source.automatedBackups, ...time } };
}
