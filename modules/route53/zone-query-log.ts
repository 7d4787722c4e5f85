import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53QueryLog } from "@cdktf/provider-aws/lib/route53-query-log";
import type { LogRetentionDays } from "../cloudwatch";
import { awsName, contextOf, stableHash } from "../core";

/** Route 53 writes the logs of a public zone there and nowhere else. */
export const LOG_REGION = "us-east-1";

/** Where queries are logged, and for how long. */
export interface QueryLogOptions {
  /** The provider of us-east-1, where the log group has to be: `stack.providerIn("us-east-1")`; `"stack"` in a stack of that region. */
  readonly provider: AwsProvider | "stack";
  /**
   * Days that the log is kept.
   * @default 365
   */
  readonly retentionDays?: LogRetentionDays;
  /**
   * ARN of the KMS key in us-east-1 that encrypts the log.
   * @default none: CloudWatch's own key
   */
  readonly kmsKeyArn?: string;
}

/** A log, and the zone that it is of. */
export interface ZoneQueryLogProps extends QueryLogOptions {
  readonly zoneId: string;
}

/**
 * The log of a public zone's queries: log group, and leave for Route 53 to write to it. The leave is given once for all zones of a stack, because an
 * account has ten such policies in a region. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html
 *
 * Replaced by: nothing that can be said here. Costs: what CloudWatch takes for what is written and kept.
 */
export class ZoneQueryLog extends Construct {
  readonly logGroup: CloudwatchLogGroup;
  readonly resource: Route53QueryLog;

  constructor(scope: Construct, id: string, props: ZoneQueryLogProps) {
    super(scope, id);
    const provider = props.provider === "stack" ? undefined : props.provider;
    this.logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: `/aws/route53/${awsName(this, "logGroup")}`,
      retentionInDays: props.retentionDays ?? 365,
      kmsKeyId: props.kmsKeyArn,
      ...(provider ? { provider } : {}),
    });
    this.resource = new Route53QueryLog(this, "Resource", {
      zoneId: props.zoneId,
      cloudwatchLogGroupArn: this.logGroup.arn,
      dependsOn: [this.leaveToWrite(provider)],
    });
  }

  private leaveToWrite(provider: AwsProvider | undefined): CloudwatchLogResourcePolicy {
    const stack = TerraformStack.of(this);
    const id = "route53_query_logs";
    const { partition, account } = contextOf(this);
    const existing = stack.node.tryFindChild(id) as CloudwatchLogResourcePolicy | undefined;
    return (
      existing ??
      new CloudwatchLogResourcePolicy(stack, id, {
        // Two stacks of an environment have one each.
        policyName: `${awsName(stack, "logGroup", "route53-query-logs")}-${stableHash(stack.node.id)}`,
        policyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "route53.amazonaws.com" },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: `arn:${partition}:logs:${LOG_REGION}:${account}:log-group:/aws/route53/*`,
              Condition: {
                StringEquals: { "aws:SourceAccount": account },
                ArnLike: { "aws:SourceArn": `arn:${partition}:route53:::hostedzone/*` },
              },
            },
          ],
        }),
        ...(provider ? { provider } : {}),
      })
    );
  }
}
