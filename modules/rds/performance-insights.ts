import { shown } from "../core";
import type { Engine } from "./engine";

/** Performance Insights. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.html */
export interface PerformanceInsightsOptions {
  /**
   * Days that measurements are kept: 7 cost nothing; 731, or a multiple of 31 below it.
   * @default 7
   */
  readonly retentionDays?: number;
  /**
   * ARN of the KMS key that encrypts them. Changing it later is refused by AWS.
   * @default AWS's own key for RDS
   */
  readonly kmsKeyArn?: string;
}

/** What decides how it is set: databases have one mode only. */
interface InsightsOptions {
  readonly performanceInsights?: PerformanceInsightsOptions | false;
  readonly databaseInsights?: "standard" | "advanced";
}

/** Days of Performance Insights that cost nothing, and those that the advanced mode of Database Insights asks for: 15 months. */
const FREE_DAYS = 7;
const ADVANCED_DAYS = 465;

/** Performance Insights as arguments of a database, of a cluster or of its instance: all have these. */
interface InsightsArguments {
  readonly performanceInsightsEnabled: boolean;
  readonly performanceInsightsRetentionPeriod?: number;
  readonly performanceInsightsKmsKeyId?: string;
}

/**
 * Db2 has none, and small classes of Aurora MySQL, MariaDB and MySQL have no room for it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Overview.Engines.html
 */
function hasPerformanceInsights(engine: Engine, instanceType: string): boolean {
  if (engine.startsWith("db2")) return false;
  if (engine === "aurora-mysql") return !/^db\.(?:t[23]\.|t4g\.(?:micro|small)$)/.test(instanceType);
  return !(["mysql", "mariadb"].includes(engine) && /\.(?:micro|small)$/.test(instanceType));
}

/** @param instanceType empty for the cluster as a whole */
export function insightsArguments(engine: Engine, instanceType: string, options: InsightsOptions): InsightsArguments {
  const { databaseInsights, performanceInsights = hasPerformanceInsights(engine, instanceType) ? {} : false } = options;
  if (performanceInsights === false) return { performanceInsightsEnabled: false };
  const { retentionDays = databaseInsights === "advanced" ? ADVANCED_DAYS : FREE_DAYS, kmsKeyArn } =
    performanceInsights;
  return {
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: retentionDays,
    performanceInsightsKmsKeyId: kmsKeyArn,
  };
}

/** What the advanced mode of Database Insights does without. */
export function insightsProblems({ performanceInsights = {}, databaseInsights }: InsightsOptions): string[] {
  if (databaseInsights !== "advanced") return [];
  if (performanceInsights === false)
    return ['databaseInsights "advanced" needs Performance Insights: leave performanceInsights out'];
  const { retentionDays = ADVANCED_DAYS } = performanceInsights;
  if (retentionDays >= ADVANCED_DAYS) return [];
  return [
    `databaseInsights "advanced" keeps measurements for at least ${ADVANCED_DAYS} days, ` +
      `performanceInsights.retentionDays is ${shown(retentionDays)}: raise it, or leave it out`,
  ];
}
