import type { Construct } from "constructs";
import { Alarm, type AlarmComparison, type Metric } from "../cloudwatch";
import type { Engine } from "./engine";
import { maxConnections, memoryGib } from "./instance-memory";

/** Who is told of what. A threshold of `"off"` leaves its alarm out. */
export interface DatabaseAlarmOptions {
  /** Topics, or other actions, at most 5. */
  readonly notify: readonly { readonly arn: string }[];
  /**
   * Use of the processors, in percent, a quarter of an hour long.
   * @default 80
   */
  readonly cpuPercent?: number | "off";
  /**
   * Storage that is left, in GiB. Aurora's storage grows by itself and has no such alarm.
   * @default a tenth of what is allocated
   */
  readonly freeStorageGib?: number | "off";
  /**
   * Memory that is left, in MiB, a quarter of an hour long.
   * @default a twentieth of the class's memory; no alarm for a class that is not known
   */
  readonly freeableMemoryMib?: number | "off";
  /**
   * Connections.
   * @default four fifths of what the engine allows for the class's memory; no alarm where that is not known
   */
  readonly connections?: number | "off";
  /**
   * How far a replica is behind its source, in seconds, five minutes long.
   * @default 60
   */
  readonly replicaLagSeconds?: number | "off";
}

/** What is watched. */
export interface WatchedDatabase {
  /** As AWS knows it. */
  readonly identifier: string;
  readonly engine: Engine;
  /** `db.m7g.large`; undefined for Aurora Serverless. */
  readonly instanceType?: string;
  /** Allocated storage; undefined for Aurora, whose storage grows. */
  readonly storageGib?: number;
  /** What reports how far a replica is behind: an instance's own metric, and another one for Aurora, in milliseconds. */
  readonly replicaLag?: "ReplicaLag" | "AuroraReplicaLag";
}

const QUARTER_HOUR = { periodSeconds: 300, evaluationPeriods: 3 } as const;

/**
 * The metric of an instance. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 * @param name `CPUUtilization`
 */
export function databaseMetric(identifier: string, name: string, statistic = "Average", periodSeconds = 300): Metric {
  return { namespace: "AWS/RDS", name, statistic, dimensions: { DBInstanceIdentifier: identifier }, periodSeconds };
}

/** The alarms of one instance, below `scope`: `alarm_cpu`, `alarm_free_storage`, `alarm_memory`, `alarm_connections`, `alarm_replica_lag`. */
export function createDatabaseAlarms(scope: Construct, watched: WatchedDatabase, options: DatabaseAlarmOptions): void {
  const { identifier, engine, instanceType = "", storageGib, replicaLag } = watched;
  const { notify, cpuPercent = 80, replicaLagSeconds = 60 } = options;
  const memory = memoryGib(instanceType);
  const connections = maxConnections(engine, instanceType);
  const freeStorageGib = options.freeStorageGib ?? (storageGib === undefined ? "off" : storageGib / 10);
  const memoryMib = options.freeableMemoryMib ?? (memory === undefined ? "off" : Math.round((memory * 1024) / 20));
  const most = options.connections ?? (connections === undefined ? "off" : Math.floor(connections * 0.8));
  const create = (
    id: string,
    metric: Metric,
    comparison: AlarmComparison,
    threshold: number | "off",
    evaluationPeriods: number,
    description: string,
  ): void => {
    if (threshold === "off") return;
    new Alarm(scope, `alarm_${id}`, { metric, comparison, threshold, evaluationPeriods, description, notify });
  };
  const { evaluationPeriods, periodSeconds } = QUARTER_HOUR;
  const metric = (name: string, statistic?: string): Metric =>
    databaseMetric(identifier, name, statistic, periodSeconds);
  create("cpu", metric("CPUUtilization"), ">=", cpuPercent, evaluationPeriods, "The processors are busy.");
  create(
    "free_storage",
    metric("FreeStorageSpace", "Minimum"),
    "<=",
    bytes(freeStorageGib, 2 ** 30),
    1,
    "The storage is nearly full: a database without any stops.",
  );
  create(
    "memory",
    metric("FreeableMemory"),
    "<=",
    bytes(memoryMib, 2 ** 20),
    evaluationPeriods,
    "Memory is short: the database begins to swap.",
  );
  create("connections", metric("DatabaseConnections", "Maximum"), ">=", most, 1, "Connections are running out.");
  if (!replicaLag) return;
  const lag = databaseMetric(identifier, replicaLag, "Maximum", 60);
  const factor = replicaLag === "AuroraReplicaLag" ? 1000 : 1;
  create(
    "replica_lag",
    lag,
    ">=",
    bytes(replicaLagSeconds, factor),
    5,
    "The replica is behind: it answers with old data.",
  );
}

function bytes(amount: number | "off", factor: number): number | "off" {
  return amount === "off" ? "off" : Math.round(amount * factor);
}
