import { Construct } from "constructs";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { LogBucket } from "../s3/log-bucket";
import { flowLogArguments, type FlowLogOptions, type FlowLogProps } from "./flow-log";

/** Records that go to S3. */
export interface S3FlowLogOptions extends FlowLogOptions {
  /**
   * ARN of a bucket that exists already, whose policy lets `delivery.logs.amazonaws.com` write. Changing it replaces the flow log.
   * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
   * @default none: it gets a `LogBucket` of its own
   */
  readonly bucketArn?: string;
  /**
   * Days after which a record is deleted from its own bucket, 1 or more.
   * @default 7 in tier sandbox, 30 in development, 90 in staging, 365 in production
   */
  readonly expireAfterDays?: number;
  /**
   * ARN of the KMS key that encrypts its own bucket. Its policy must let `delivery.logs.amazonaws.com` use it.
   * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-cmk-policy.html
   * @default S3's own key (SSE-S3)
   */
  readonly kmsKeyArn?: string;
  /**
   * Folder in the bucket, without `/` at its ends. Changing it replaces the flow log.
   * @default none: records lie under `AWSLogs/`
   */
  readonly prefix?: string;
  /**
   * Changing it replaces the flow log.
   * @default "plain-text"
   */
  readonly fileFormat?: "plain-text" | "parquet";
  /**
   * Folders that Hive, Athena and Glue read as partitions: `aws-account-id=…/year=…`. Changing it replaces the flow log.
   * @default false
   */
  readonly hiveCompatiblePartitions?: boolean;
  /**
   * A folder for each hour instead of each day. Changing it replaces the flow log.
   * @default false
   */
  readonly perHourPartition?: boolean;
}

export interface S3FlowLogProps extends S3FlowLogOptions, FlowLogProps {}

/**
 * Records of a VPC's traffic in S3, to be kept long and cheaply.
 *
 * Replaced by: a change of what is recorded, how, or where; the bucket with what it holds stays. Costs: by the gigabyte delivered and kept.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html
 */
export class S3FlowLog extends Construct {
  readonly id: string;
  readonly arn: string;
  /** undefined when it was given a bucket. */
  readonly bucket: LogBucket | undefined;
  readonly resource: FlowLog;

  constructor(scope: Construct, id: string, props: S3FlowLogProps) {
    super(scope, id);
    const { fileFormat = "plain-text", hiveCompatiblePartitions = false, perHourPartition = false } = props;
    this.bucket = props.bucketArn === undefined ? this.createBucket(props) : undefined;
    const bucketArn = this.bucket?.arn ?? props.bucketArn;
    this.resource = new FlowLog(this, "Resource", {
      ...flowLogArguments(props),
      logDestinationType: "s3",
      logDestination: props.prefix ? `${bucketArn}/${props.prefix}/` : bucketArn,
      destinationOptions: { fileFormat, hiveCompatiblePartitions, perHourPartition },
      // AWS tries whether it may write when the flow log is made.
      ...(this.bucket ? { dependsOn: [this.bucket.policy] } : {}),
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }

  private createBucket({ expireAfterDays, kmsKeyArn, prefix }: S3FlowLogProps): LogBucket {
    const bucket = new LogBucket(this, "bucket", { expireAfterDays, kmsKeyArn });
    bucket.allowLogDelivery(prefix);
    return bucket;
  }
}
