import { shown } from "../core";
import { backupWindowOf } from "./backup-options";
import type { ClusterOptions } from "./database-cluster-options";
import { subnetProblems } from "./database-network";
import { engineFacts, parameterGroupFamily, type Engine } from "./engine";
import { maintenanceWindowOf } from "./maintenance-options";
import { logExportsOf } from "./monitoring-options";
import { insightsProblems } from "./performance-insights";
import { windowProblems } from "./windows";

/** What is wrong with what clusters have in common. */
export function clusterProblems(engine: Engine, options: ClusterOptions): string[] {
  const { logExports } = engineFacts(engine);
  const foreign = logExportsOf(engine, options).filter((log) => !logExports.includes(log));
  return [
    ...subnetProblems(options),
    ...(parameterGroupFamily(engine, options.engineVersion) === undefined
      ? [`engineVersion must be one of ${engine}, got ${shown(options.engineVersion)}: write it as AWS does`]
      : []),
    ...(foreign.length > 0
      ? [`logExports must be of ${engine}, got ${shown(foreign)}: it has ${logExports.join(", ")}`]
      : []),
    ...windowProblems(backupWindowOf(options), maintenanceWindowOf(options)),
    ...insightsProblems(options),
  ];
}
