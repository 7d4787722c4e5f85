import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { shown } from "../core";

/** Kinds of disks. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
export type DatabaseStorageType = "gp2" | "gp3" | "io1" | "io2";

/** How much a database can hold, and how fast its disks are. Storage grows in place, and never shrinks. */
export interface DatabaseStorageOptions {
  /**
   * Allocated storage in GiB. Raising it is an update, once in six hours; it cannot be lowered.
   * @default 20, 100 with `io1` and `io2`; what the backup has when the database is restored from one
   */
  readonly storageGib?: number;
  /**
   * How far RDS may raise the storage by itself, in GiB, when it is nearly full. What it raised shows in no plan.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
   * @default none: it stays as it is
   */
  readonly maxStorageGib?: number;
  /** @default "gp3" */
  readonly storageType?: DatabaseStorageType;
  /**
   * Input and output operations a second. `io1` and `io2` must have it; `gp3` may from 400 GiB on (Oracle 200, SQL Server 20).
   * @default what AWS gives: 3,000, or 12,000 for larger `gp3`
   */
  readonly iops?: number;
  /**
   * Throughput of `gp3` in MiB a second, where it may have `iops`.
   * @default what AWS gives: 125, or 500 for larger ones
   */
  readonly throughputMibps?: number;
  /**
   * Keep the transaction log on a volume of its own, besides at least two others: for `io1` and `io2` of MariaDB, MySQL and PostgreSQL.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.dlv.html
   * @default false
   */
  readonly dedicatedLogVolume?: boolean;
  /**
   * ARN of the KMS key that encrypts storage, backups and snapshots. It is encrypted in any case. Changing it replaces the database.
   * @default AWS's own key for RDS
   */
  readonly kmsKeyArn?: string;
}

const DEFAULT_GIB: Readonly<Record<DatabaseStorageType, number>> = { gp2: 20, gp3: 20, io1: 100, io2: 100 };

/** What is allocated when nothing else says it. */
export function allocatedGib({ storageGib, storageType = "gp3" }: DatabaseStorageOptions): number {
  return storageGib ?? DEFAULT_GIB[storageType];
}

/** Autoscaling that could never raise anything. */
export function storageProblems(options: DatabaseStorageOptions): string[] {
  const { maxStorageGib } = options;
  const allocated = allocatedGib(options);
  if (maxStorageGib === undefined || maxStorageGib > allocated) return [];
  return [
    `maxStorageGib must be more than the ${allocated} GiB that are allocated, got ${shown(maxStorageGib)}: ` +
      `raise it, at least to ${Math.ceil(allocated * 1.26)}, or leave it out`,
  ];
}

/** @param restored whether the size is that of a backup */
export function storageArguments(options: DatabaseStorageOptions, restored: boolean): Partial<DbInstanceConfig> {
  const { storageGib, storageType = "gp3" } = options;
  return {
    allocatedStorage: restored ? storageGib : allocatedGib(options),
    maxAllocatedStorage: options.maxStorageGib,
    storageType,
    iops: options.iops,
    storageThroughput: options.throughputMibps,
    dedicatedLogVolume: options.dedicatedLogVolume,
    storageEncrypted: true,
    kmsKeyId: options.kmsKeyArn,
  };
}
