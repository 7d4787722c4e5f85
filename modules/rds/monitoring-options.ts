import type { Construct } from "constructs";
import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { contextOf, shown } from "../core";
import type { Role } from "../iam";
import type { DatabaseAlarmOptions } from "./database-alarms";
import { engineFacts, type Engine, type LogExport } from "./engine";
import type { ExportedLogOptions } from "./log-groups";
import { createMonitoringRole, type MonitoringInterval } from "./monitoring-role";
import { insightsArguments, type PerformanceInsightsOptions } from "./performance-insights";

/** What one sees of a database. */
export interface DatabaseMonitoringOptions {
  /**
   * What the database waits for, statement by statement. `false` switches it off.
   * @default on, with 7 days, where the engine and the class have it: not Db2, and not micro and small classes of MariaDB and MySQL
   */
  readonly performanceInsights?: PerformanceInsightsOptions | false;
  /**
   * Seconds between two measurements of the operating system (enhanced monitoring); 0 for none. Its log group `RDSOSMetrics` is RDS's, one
   * for the whole account and region.
   * @default 60 in tiers staging and production, else 0
   */
  readonly monitoringIntervalSeconds?: MonitoringInterval | 0;
  /**
   * Logs that go to CloudWatch, of those that the engine has. MySQL and MariaDB are told to write the slow query log and the general log to files, as an
   * export needs it.
   * @default the engine's errors and what matters besides: see `EngineFacts.defaultLogExports`
   */
  readonly logExports?: readonly LogExport[];
  /**
   * How long these logs are kept, and with which key.
   * @default as `LogGroup` says
   */
  readonly logs?: Omit<ExportedLogOptions, "provider">;
  /**
   * Alarms of the database and its replicas.
   * @default none
   */
  readonly alarms?: DatabaseAlarmOptions;
}

/** The logs, given or not. */
export function logExportsOf(engine: Engine, { logExports }: DatabaseMonitoringOptions): readonly LogExport[] {
  return logExports ?? engineFacts(engine).defaultLogExports;
}

/** Logs that the engine has not. */
export function logExportProblems(engine: Engine, options: DatabaseMonitoringOptions): string[] {
  const { logExports } = engineFacts(engine);
  const foreign = logExportsOf(engine, options).filter((log) => !logExports.includes(log));
  if (foreign.length === 0) return [];
  return [`logExports must be of ${engine}, got ${shown(foreign)}: it has ${logExports.join(", ")}`];
}

/** Seconds between measurements, given or not. */
export function monitoringIntervalOf(
  scope: Construct,
  { monitoringIntervalSeconds }: DatabaseMonitoringOptions,
): MonitoringInterval | 0 {
  return monitoringIntervalSeconds ?? (["staging", "production"].includes(contextOf(scope).tier) ? 60 : 0);
}

/** The role for enhanced monitoring, where there is any. */
export function monitoringRoleFor(scope: Construct, intervals: readonly number[]): Role | undefined {
  return intervals.some((interval) => interval > 0) ? createMonitoringRole(scope) : undefined;
}

/** @param role for enhanced monitoring; undefined where there is none */
export function monitoringArguments(
  engine: Engine,
  instanceType: string,
  intervalSeconds: MonitoringInterval | 0,
  role: Role | undefined,
  options: DatabaseMonitoringOptions,
): Partial<DbInstanceConfig> {
  return {
    enabledCloudwatchLogsExports: [...logExportsOf(engine, options)].sort(),
    monitoringInterval: intervalSeconds,
    ...(intervalSeconds > 0 ? { monitoringRoleArn: role?.arn } : {}),
    ...insightsArguments(engine, instanceType, options),
  };
}
