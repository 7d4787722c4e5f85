import { Construct } from "constructs";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { LogGroup, type LogGroupProps } from "../cloudwatch/log-group";
import { contextOf } from "../core";
import { Role } from "../iam/role";
import { flowLogArguments, type FlowLogOptions, type FlowLogProps } from "./flow-log";

/** Records that go to CloudWatch. */
export interface CloudWatchFlowLogOptions extends FlowLogOptions {
  /**
   * Days after which a record is deleted.
   * @default 7 in tier sandbox, 30 in development, 90 in staging, 365 in production
   */
  readonly retentionDays?: LogGroupProps["retentionDays"];
  /**
   * ARN of the KMS key that encrypts the records. Its policy must let `logs.<region>.amazonaws.com` use it.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default CloudWatch's own key
   */
  readonly kmsKeyArn?: string;
}

export interface CloudWatchFlowLogProps extends CloudWatchFlowLogOptions, FlowLogProps {}

/**
 * Records of a VPC's traffic in a CloudWatch log group of their own, to be searched and to raise alarms.
 *
 * Replaced by: a change of what is recorded, or how; the log group with what it holds stays. Costs: by the gigabyte recorded and kept.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class CloudWatchFlowLog extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly logGroup: LogGroup;
  readonly resource: FlowLog;

  constructor(scope: Construct, id: string, props: CloudWatchFlowLogProps) {
    super(scope, id);
    const { retentionDays, kmsKeyArn } = props;
    this.logGroup = new LogGroup(this, "log_group", { retentionDays, kmsKeyArn });
    this.resource = new FlowLog(this, "Resource", {
      ...flowLogArguments(props),
      logDestinationType: "cloud-watch-logs",
      logDestination: this.logGroup.arn,
      iamRoleArn: this.createRole().arn,
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }

  /** What AWS asks for, in this log group only. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
  private createRole(): Role {
    const { partition, region, account } = contextOf(this);
    const role = new Role(this, "role", { service: "vpc-flow-logs.amazonaws.com" });
    role.grant("write", {
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [`${this.logGroup.arn}:*`],
    });
    role.grant("find", {
      actions: ["logs:DescribeLogGroups"],
      resources: [`arn:${partition}:logs:${region}:${account}:log-group:*`],
    });
    return role;
  }
}
