import { Construct } from "constructs";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { awsName, contextOf, type Tier } from "../core";

/** Days that CloudWatch can keep logs. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export type LogRetentionDays =
  | 1
  | 3
  | 5
  | 7
  | 14
  | 30
  | 60
  | 90
  | 120
  | 150
  | 180
  | 365
  | 400
  | 545
  | 731
  | 1096
  | 1827
  | 2192
  | 2557
  | 2922
  | 3288
  | 3653;

/** How long a log is kept, and how it is encrypted. */
export interface LogGroupProps {
  /**
   * Name, where a service wants a certain one: `/aws/eks/<cluster>/cluster`. Changing it replaces the group, and its logs go.
   * @default "<project>-<environment>-<path>"
   */
  readonly name?: string;
  /**
   * Days after which a log event is deleted.
   * @default by tier: 7 in sandbox, 30 in development, 90 in staging, 365 in production
   */
  readonly retentionDays?: LogRetentionDays;
  /**
   * ARN of the KMS key that encrypts new log events. Its policy must let `logs.<region>.amazonaws.com` use it.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @default CloudWatch's own key
   */
  readonly kmsKeyArn?: string;
  /**
   * `INFREQUENT_ACCESS` costs half to ingest, and has no metric filters, subscriptions or live tail. Changing it replaces the group.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
   * @default "STANDARD"
   */
  readonly logGroupClass?: "STANDARD" | "INFREQUENT_ACCESS";
  /**
   * Leave the group and its logs in AWS when Terraform destroys it; they go when the retention is over. A group of the same name
   * can then only be made again once the one that was left is imported or deleted.
   * @default true in tier production
   */
  readonly keepOnDestroy?: boolean;
}

/** Days that a tier keeps logs. */
const RETENTION_DAYS: Readonly<Record<Tier, LogRetentionDays>> = {
  sandbox: 7,
  development: 30,
  staging: 90,
  production: 365,
};

/**
 * A CloudWatch log group that does not keep logs for ever.
 *
 * Replaced by: a change of `name` or `logGroupClass`. Costs: what is ingested and stored. https://aws.amazon.com/cloudwatch/pricing/
 *
 * @example
 * const logs = new LogGroup(this, "app_logs", { retentionDays: 90 });
 */
export class LogGroup extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly resource: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: LogGroupProps = {}) {
    super(scope, id);
    const { tier } = contextOf(this);
    this.resource = new CloudwatchLogGroup(this, "Resource", {
      name: props.name ?? awsName(this, "logGroup"),
      retentionInDays: props.retentionDays ?? RETENTION_DAYS[tier],
      kmsKeyId: props.kmsKeyArn,
      logGroupClass: props.logGroupClass,
      skipDestroy: props.keepOnDestroy ?? tier === "production",
    });
    this.arn = this.resource.arn;
    this.name = this.resource.name;
  }
}
