import type { Construct } from "constructs";
import { Alarm, type AlarmComparison, type Metric, type MetricMath } from "../cloudwatch";
import { laterOf } from "../core";
import type { TargetGroup } from "./target-group";

/** Who is told of targets that fail. A threshold of `"off"` leaves its alarm out. */
export interface GroupAlarmOptions {
  /** Topics, or other actions, at most 5. */
  readonly notify: readonly { readonly arn: string }[];
  /**
   * Unhealthy targets in a group, three minutes in a row.
   * @default 1
   */
  readonly unhealthyHosts?: number | "off";
}

/** Who is told of what. */
export interface LoadBalancerAlarmOptions extends GroupAlarmOptions {
  /**
   * Share of requests that the targets answer with 4xx, in percent of five minutes' requests.
   * @default 25
   */
  readonly clientErrorPercent?: number | "off";
  /**
   * Share of requests that the targets answer with 5xx, in percent of five minutes' requests.
   * @default 5
   */
  readonly serverErrorPercent?: number | "off";
  /**
   * Answers in five minutes that the load balancer gives by itself with 5xx: 502 and 504 for targets that fail, 500 for its own faults.
   * @default 10
   */
  readonly loadBalancerErrors?: number | "off";
  /**
   * Answers in five minutes that the load balancer gives with 503: no target was there to ask.
   * @default 1
   */
  readonly unavailable?: number | "off";
  /**
   * Seconds until a target answers, for the slowest five of a hundred requests.
   * @default 2
   */
  readonly latencySeconds?: number | "off";
}

const APPLICATION = "AWS/ApplicationELB";
const PERIOD_SECONDS = 300;

/**
 * A metric of an Application Load Balancer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function applicationMetric(arnSuffix: string, name: string, statistic = "Sum"): Metric {
  const dimensions = { LoadBalancer: arnSuffix };
  return { namespace: APPLICATION, name, statistic, dimensions, periodSeconds: PERIOD_SECONDS };
}

/** Errors that were not reported are none; without requests there is nothing to divide by, and nothing to tell. */
function percentOfRequests(arnSuffix: string, errors: string): MetricMath {
  return {
    expression: "100 * FILL(errors, 0) / requests",
    label: `${errors} in percent of requests`,
    metrics: {
      errors: applicationMetric(arnSuffix, errors),
      requests: applicationMetric(arnSuffix, "RequestCount"),
    },
  };
}

/** The alarms of an Application Load Balancer itself. */
export function createApplicationAlarms(scope: Construct, arnSuffix: string, options: LoadBalancerAlarmOptions): void {
  const { clientErrorPercent = 25, serverErrorPercent = 5, loadBalancerErrors = 10 } = options;
  const { unavailable = 1, latencySeconds = 2, notify } = options;
  const create = (
    id: string,
    metric: Metric | MetricMath,
    comparison: AlarmComparison,
    threshold: number | "off",
    description: string,
  ): void => {
    if (threshold === "off") return;
    const treatMissingData = "notBreaching";
    new Alarm(scope, `alarm_${id}`, { metric, comparison, threshold, description, notify, treatMissingData });
  };
  const percent = (errors: string): MetricMath => percentOfRequests(arnSuffix, errors);
  const count = (name: string): Metric => applicationMetric(arnSuffix, name);
  create("4xx", percent("HTTPCode_Target_4XX_Count"), ">", clientErrorPercent, "Targets refuse many requests (4xx).");
  create("5xx", percent("HTTPCode_Target_5XX_Count"), ">", serverErrorPercent, "Targets fail (5xx): see their logs.");
  create(
    "elb_5xx",
    count("HTTPCode_ELB_5XX_Count"),
    ">=",
    loadBalancerErrors,
    "Targets do not answer, or not in time.",
  );
  create("503", count("HTTPCode_ELB_503_Count"), ">=", unavailable, "A target group has no target.");
  const latency = applicationMetric(arnSuffix, "TargetResponseTime", "p95");
  create("latency", latency, ">", latencySeconds, "Targets answer slowly.");
}

/** The alarm on a group's unhealthy targets, in the later stack of group and load balancer. */
export function createUnhealthyHostsAlarm(
  loadBalancer: Construct & { readonly arnSuffix: string },
  name: string,
  group: TargetGroup,
  namespace: "AWS/ApplicationELB" | "AWS/NetworkELB",
  { notify, unhealthyHosts = 1 }: GroupAlarmOptions,
): void {
  if (unhealthyHosts === "off") return;
  const scope = laterOf<Construct, Construct>(loadBalancer, group);
  const id = scope === group ? "unhealthy_hosts" : `alarm_${name}_unhealthy_hosts`;
  if (scope.node.tryFindChild(id)) return;
  new Alarm(scope, id, {
    metric: {
      namespace,
      name: "UnHealthyHostCount",
      statistic: "Maximum",
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: group.arnSuffix },
      periodSeconds: 60,
    },
    comparison: ">=",
    threshold: unhealthyHosts,
    evaluationPeriods: 3,
    treatMissingData: "notBreaching",
    description: "Targets fail their health check.",
    notify,
  });
}
