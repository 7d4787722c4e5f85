import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { Metric, Widget } from "../cloudwatch";
import { databaseMetric } from "./database-alarms";

/** What is shown of each instance: title, metric and how a period's values become one. */
const SHOWN: readonly [title: string, metric: string, statistic?: string][] = [
  ["Processors", "CPUUtilization"],
  ["Connections", "DatabaseConnections", "Maximum"],
  ["Free memory", "FreeableMemory"],
  ["Free storage", "FreeStorageSpace", "Minimum"],
  ["Read latency", "ReadLatency"],
  ["Write latency", "WriteLatency"],
];

/** A widget a metric, with a line for the primary and each replica. */
export function databaseWidgets(
  identifier: string,
  replicas: Readonly<Record<string, DbInstance>>,
): Record<string, Widget> {
  const identifiers = {
    primary: identifier,
    ...Object.fromEntries(Object.entries(replicas).map(([name, replica]) => [name, replica.identifierInput ?? ""])),
  };
  const lines = (metric: string, statistic?: string): Record<string, Metric> =>
    Object.fromEntries(
      Object.entries(identifiers).map(([name, each]) => [name, databaseMetric(each, metric, statistic)]),
    );
  const widgets = SHOWN.map(([title, metric, statistic]) => [title, { metrics: lines(metric, statistic) }]);
  const { primary: _, ...lag } = lines("ReplicaLag", "Maximum");
  return {
    ...(Object.fromEntries(widgets) as Record<string, Widget>),
    ...(Object.keys(lag).length > 0 ? { "Replica lag": { metrics: lag } } : {}),
  };
}
