/** What every flow log can be told. */
export interface FlowLogOptions {
  /**
   * Traffic to record: what was let through, what was not, or both. Changing it replaces the flow log, not what it has written.
   * @default "all"
   */
  readonly trafficType?: "all" | "accept" | "reject";
  /**
   * For how long traffic is summed up to one record. Nitro instances are always recorded each minute. Changing it replaces the flow log.
   * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
   * @default 600
   */
  readonly aggregationIntervalSeconds?: 60 | 600;
  /**
   * What each record holds, in this order: `["version", "srcaddr", "pkt-dstaddr"]`. Changing it replaces the flow log.
   * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html#flow-logs-fields
   * @default AWS's own format, version 2
   */
  readonly fields?: readonly string[];
}

/** Props of a flow log of a whole VPC. */
export interface FlowLogProps extends FlowLogOptions {
  /** Changing it replaces the flow log. */
  readonly vpcId: string;
}

/** The arguments that do not depend on where the records go. */
export function flowLogArguments({ vpcId, trafficType = "all", aggregationIntervalSeconds, fields }: FlowLogProps): {
  vpcId: string;
  trafficType: string;
  maxAggregationInterval: number;
  logFormat?: string;
} {
  return {
    vpcId,
    trafficType: trafficType.toUpperCase(),
    maxAggregationInterval: aggregationIntervalSeconds ?? 600,
    // AWS writes a field as ${field}; the second dollar keeps Terraform from reading it as a reference.
    logFormat: fields?.map((field) => `$\${${field}}`).join(" "),
  };
}
