import type { Construct } from "constructs";
import { contextOf } from "../core";
import type { ZoneLetter } from "../vpc";
import type { DatabaseBackupOptions } from "./backup-options";
import type { DatabaseNetworkOptions } from "./database-network";
import { engineFacts } from "./engine";
import type { DatabaseEngineOptions } from "./engine-options";
import type { DatabaseMaintenanceOptions } from "./maintenance-options";
import type { DatabaseCredentialOptions } from "./master-password";
import type { DatabaseMonitoringOptions } from "./monitoring-options";
import type { ReadReplicaOptions } from "./read-replica-options";
import type { DatabaseStorageOptions } from "./storage-options";

export interface DatabaseProps
  extends
    DatabaseNetworkOptions,
    DatabaseEngineOptions,
    DatabaseStorageOptions,
    DatabaseCredentialOptions,
    DatabaseBackupOptions,
    DatabaseMaintenanceOptions,
    DatabaseMonitoringOptions {
  /**
   * Keep a standby in another zone, written to at the same time, which takes over within a minute or two. It answers no queries. Switching it is an
   * update. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
   * @default true in tier production, where the engine has it and no `availabilityZone` is given
   */
  readonly multiAz?: boolean;
  /**
   * Zone that it stands in, not together with `multiAz`. Changing it replaces the database.
   * @default AWS chooses
   */
  readonly availabilityZone?: ZoneLetter;
  /**
   * Copies that are a little behind and answer queries that only read, by names of your own. Adding or dropping one touches neither the database
   * nor the others.
   * @default none
   */
  readonly readReplicas?: Readonly<Record<string, ReadReplicaOptions>>;
  /**
   * How many read replicas it may have: at most what AWS allows, 15 for MariaDB, MySQL and PostgreSQL, 5 for Oracle and SQL Server, 3 for Db2.
   * @default 5, or 3 for Db2
   */
  readonly maxReadReplicas?: number;
  /**
   * Refuse to destroy it: AWS refuses (`deletion_protection`), and so does the plan (`prevent_destroy`).
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
}

/** Whether it has a standby, given or not. */
export function multiAzOf(scope: Construct, { engine, multiAz, availabilityZone }: DatabaseProps): boolean {
  const { multiAzInstance } = engineFacts(engine);
  return multiAz ?? (contextOf(scope).tier === "production" && multiAzInstance && availabilityZone === undefined);
}
