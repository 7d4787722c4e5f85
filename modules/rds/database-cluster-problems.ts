import { shown } from "../core";
import { backupWindowOf } from "./backup-options";
import type { ClusterOptions } from "./database-cluster-options";
import { subnetProblems } from "./database-network";
import { parameterGroupFamily, type Engine } from "./engine";
import { maintenanceWindowOf } from "./maintenance-options";
import { passwordVersionProblems } from "./master-password";
import { logExportProblems } from "./monitoring-options";
import { insightsProblems } from "./performance-insights";
import { windowProblems } from "./windows";

/** What is wrong with what clusters have in common. */
export function clusterProblems(engine: Engine, options: ClusterOptions): string[] {
  return [
    ...subnetProblems(options),
    ...(parameterGroupFamily(engine, options.engineVersion) === undefined
      ? [`engineVersion must be one of ${engine}, got ${shown(options.engineVersion)}: write it as AWS does`]
      : []),
    ...logExportProblems(engine, options),
    ...windowProblems(backupWindowOf(options), maintenanceWindowOf(options)),
    ...passwordVersionProblems(options.masterPassword ?? "rds-managed", options),
    ...insightsProblems(options),
  ];
}
