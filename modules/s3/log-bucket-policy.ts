/** One statement of a bucket policy. */
export interface BucketStatement {
  /** Letters and digits, unique in the policy. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Whose logs go where. */
export interface LogDelivery {
  readonly bucket: string;
  /** Without `/` at its ends; empty for none. */
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** Refuses everybody who comes without TLS. */
export function tlsOnly(bucket: string, partition: string): BucketStatement {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Application Load Balancers write as this service in every region; the policy with an account id for each region is the legacy one.
 * They write below the id of the account that they belong to, so that the path shuts out load balancers of others. As in AWS's
 * example there is no condition on `aws:SourceArn`: it is not said that the service sends it, and where it does not, AWS refuses the bucket.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
export function loadBalancerStatement(delivery: LogDelivery): BucketStatement {
  return {
    Sid: sid("LoadBalancerLogs", delivery.prefix),
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: logs(delivery),
  };
}

/**
 * What CloudWatch Logs delivers for others: flow logs and Network Load Balancers among them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
 */
export function logDeliveryStatements(delivery: LogDelivery): BucketStatement[] {
  const { bucket, prefix, account, region, partition } = delivery;
  const Principal = { Service: "delivery.logs.amazonaws.com" };
  const ofAccount = { "aws:SourceAccount": account };
  const ArnLike = { "aws:SourceArn": `arn:${partition}:logs:${region}:${account}:*` };
  return [
    {
      Sid: "LogDeliveryCheck",
      Effect: "Allow",
      Principal,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: `arn:${partition}:s3:::${bucket}`,
      Condition: { StringEquals: ofAccount, ArnLike },
    },
    {
      Sid: sid("LogDelivery", prefix),
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: logs(delivery),
      Condition: { StringEquals: { ...ofAccount, "s3:x-amz-acl": "bucket-owner-full-control" }, ArnLike },
    },
  ];
}

/** The two places below a prefix where logs of an account lie: the second is that of Hive-compatible flow logs. */
function logs({ bucket, prefix, account, partition }: LogDelivery): string[] {
  const folder = `arn:${partition}:s3:::${bucket}/${prefix === "" ? "" : `${prefix}/`}AWSLogs`;
  return [`${folder}/${account}/*`, `${folder}/aws-account-id=${account}/*`];
}

/** A `Sid` takes letters and digits only; what tells two prefixes apart is kept as its code. */
function sid(name: string, prefix: string): string {
  return name + prefix.replace(/[^A-Za-z0-9]/g, (character) => `x${character.charCodeAt(0).toString(16)}`);
}
