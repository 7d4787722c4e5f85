import type { Metric, Widget } from "../cloudwatch";
import { databaseMetric } from "./database-alarms";

type Shown = readonly [title: string, metric: string, statistic?: string];

/** What is shown of each instance: title, metric and how a period's values become one. */
const SHOWN: readonly Shown[] = [
  ["Processors", "CPUUtilization"],
  ["Connections", "DatabaseConnections", "Maximum"],
  ["Free memory", "FreeableMemory"],
  ["Read latency", "ReadLatency"],
  ["Write latency", "WriteLatency"],
];

const OWN: Readonly<Record<"aurora" | "multi-az", readonly Shown[]>> = {
  aurora: [
    ["Replica lag", "AuroraReplicaLag", "Maximum"],
    ["Serverless capacity", "ServerlessDatabaseCapacity"],
  ],
  "multi-az": [
    ["Replica lag", "ReplicaLag", "Maximum"],
    ["Free storage", "FreeStorageSpace", "Minimum"],
  ],
};

/**
 * A widget a metric, with a line for each instance.
 * @param identifiers of the instances, by name
 */
export function clusterWidgets(
  identifiers: Readonly<Record<string, string>>,
  kind: "aurora" | "multi-az",
): Record<string, Widget> {
  const lines = (metric: string, statistic?: string): Record<string, Metric> =>
    Object.fromEntries(
      Object.entries(identifiers).map(([name, identifier]) => [name, databaseMetric(identifier, metric, statistic)]),
    );
  const shown = [...SHOWN, ...OWN[kind]];
  return Object.fromEntries(shown.map(([title, metric, statistic]) => [title, { metrics: lines(metric, statistic) }]));
}
