import type { Construct } from "constructs";
import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { contextOf } from "../core";
import type { MaintenanceWindow } from "./windows";

/** Certificate authorities of RDS. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html */
export type CertificateAuthority = "rds-ca-rsa2048-g1" | "rds-ca-rsa4096-g1" | "rds-ca-ecc384-g1";

/** When and how a database changes. */
export interface DatabaseMaintenanceOptions {
  /**
   * When AWS may work on it, and changes that wait are made: in UTC, and not while it is backed up.
   * @default "sun:04:00-sun:05:00"
   */
  readonly maintenanceWindow?: MaintenanceWindow;
  /**
   * Make changes at once, also those that restart the database, instead of in the maintenance window. What waits for it is in
   * every plan until then.
   * @default false in tier production, else true
   */
  readonly applyImmediately?: boolean;
  /**
   * Let AWS upgrade minor versions. With a version that names a minor one (`16.4`) the next plan wants to go back, which AWS refuses: name the
   * major version only (`16`), or raise it after AWS did.
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * Allow `engineVersion` to go to another major version. Its parameter group is made anew beside the old one. Say
   * `applyImmediately: true` with it: replicas, and instances of a cluster, take the new group only once they have the new version, and the old group
   * goes only when nothing uses it. Of PostgreSQL, replicas in the same region go along; those of MariaDB and MySQL must be upgraded before
   * their source. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
  /**
   * Make changes on a copy that then takes over, within a minute or so, instead of on the database itself: MariaDB, MySQL and PostgreSQL, with
   * backups, without read replicas, and not with a password that RDS manages. Switch it off while `passwordVersion` is raised: the copy of a PostgreSQL
   * database takes no other password (https://github.com/hashicorp/terraform-provider-aws/issues/46544).
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/blue-green-deployments.html
   * @default false
   */
  readonly blueGreenUpdates?: boolean;
  /**
   * Who signed the certificate that clients see. Changing it may restart the database.
   * @default the account's: `rds-ca-rsa2048-g1`
   */
  readonly certificateAuthority?: CertificateAuthority;
  /**
   * Keep running, against payment, when the major version of MySQL or PostgreSQL is no longer supported; without it AWS upgrades the
   * database then. It counts when the database is made or restored.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html
   * @default true, as AWS does
   */
  readonly extendedSupport?: boolean;
}

const DEFAULT_MAINTENANCE_WINDOW: MaintenanceWindow = "sun:04:00-sun:05:00";

/** The window, given or not. */
export function maintenanceWindowOf({
  maintenanceWindow = DEFAULT_MAINTENANCE_WINDOW,
}: Pick<DatabaseMaintenanceOptions, "maintenanceWindow">): MaintenanceWindow {
  return maintenanceWindow;
}

/** Whether changes are made at once, given or not. */
export function appliesImmediately(
  scope: Construct,
  { applyImmediately = contextOf(scope).tier !== "production" }: Pick<DatabaseMaintenanceOptions, "applyImmediately">,
): boolean {
  return applyImmediately;
}

/** Extended support as databases and clusters take it; without `extendedSupport` it is as AWS has it. */
export function lifecycleSupport({ extendedSupport }: Pick<DatabaseMaintenanceOptions, "extendedSupport">): {
  readonly engineLifecycleSupport?: string;
} {
  if (extendedSupport === undefined) return {};
  const support = "open-source-rds-extended-support";
  return { engineLifecycleSupport: extendedSupport ? support : `${support}-disabled` };
}

export function maintenanceArguments(scope: Construct, options: DatabaseMaintenanceOptions): Partial<DbInstanceConfig> {
  const { blueGreenUpdates = false } = options;
  return {
    maintenanceWindow: maintenanceWindowOf(options),
    applyImmediately: appliesImmediately(scope, options),
    autoMinorVersionUpgrade: options.autoMinorVersionUpgrade ?? true,
    allowMajorVersionUpgrade: options.allowMajorVersionUpgrade,
    caCertIdentifier: options.certificateAuthority,
    ...(blueGreenUpdates ? { blueGreenUpdate: { enabled: true } } : {}),
    ...lifecycleSupport(options),
  };
}
