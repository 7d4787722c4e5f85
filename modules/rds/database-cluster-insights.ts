import { shown } from "../core";
import type { ClusterOptions } from "./database-cluster-options";
import type { Engine } from "./engine";

/** Days of Performance Insights that cost nothing, and those that the advanced mode of Database Insights asks for: 15 months. */
const FREE_DAYS = 7;
const ADVANCED_DAYS = 465;

/** Performance Insights as arguments of a cluster or of an instance: both have these. */
export interface InsightsArguments {
  readonly performanceInsightsEnabled: boolean;
  readonly performanceInsightsRetentionPeriod?: number;
  readonly performanceInsightsKmsKeyId?: string;
}

/**
 * Small classes of Aurora MySQL and MySQL have no room for it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Overview.Engines.html
 */
function hasPerformanceInsights(engine: Engine, instanceType: string): boolean {
  if (engine === "aurora-mysql") return !/^db\.(?:t[23]\.|t4g\.(?:micro|small)$)/.test(instanceType);
  return !(engine === "mysql" && /\.(?:micro|small)$/.test(instanceType));
}

/** @param instanceType empty for the cluster as a whole */
export function insightsArguments(engine: Engine, instanceType: string, options: ClusterOptions): InsightsArguments {
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
export function insightsProblems({ performanceInsights = {}, databaseInsights }: ClusterOptions): string[] {
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
