import type { Metric, Widget } from "../cloudwatch";
import { applicationMetric } from "./alarms";

/** What a dashboard shows of an Application Load Balancer, by title. */
export function applicationWidgets(arnSuffix: string): Record<string, Widget> {
  const metric = (name: string, statistic?: string): Metric => applicationMetric(arnSuffix, name, statistic);
  return {
    Requests: { metrics: { requests: metric("RequestCount") } },
    Errors: {
      metrics: {
        "4xx of targets": metric("HTTPCode_Target_4XX_Count"),
        "5xx of targets": metric("HTTPCode_Target_5XX_Count"),
        "5xx of the load balancer": metric("HTTPCode_ELB_5XX_Count"),
        "503 of the load balancer": metric("HTTPCode_ELB_503_Count"),
      },
    },
    "Response time": {
      metrics: { median: metric("TargetResponseTime", "p50"), p95: metric("TargetResponseTime", "p95") },
    },
  };
}

/**
 * What a dashboard shows of a Network Load Balancer, by title.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export function networkWidgets(arnSuffix: string): Record<string, Widget> {
  const dimensions = { LoadBalancer: arnSuffix };
  const metric = (name: string, statistic: string): Metric => ({
    namespace: "AWS/NetworkELB",
    name,
    statistic,
    dimensions,
  });
  return {
    Connections: {
      metrics: { active: metric("ActiveFlowCount", "Average"), new: metric("NewFlowCount", "Sum") },
    },
    Bytes: { metrics: { processed: metric("ProcessedBytes", "Sum") } },
    Resets: {
      metrics: {
        "of clients": metric("TCP_Client_Reset_Count", "Sum"),
        "of targets": metric("TCP_Target_Reset_Count", "Sum"),
        "of the load balancer": metric("TCP_ELB_Reset_Count", "Sum"),
      },
    },
  };
}
