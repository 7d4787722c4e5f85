import { App, TerraformStack } from "cdktf";
import { LogBucket, type LogBucketProps } from "../../modules/s3";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";

const NAME = "acme-dev-logs-111111111111";
const ARN = `arn:aws:s3:::${NAME}`;

function logBucket(
  props: LogBucketProps = {},
  use: (logs: LogBucket) => void = () => undefined,
  environment = {},
): Synthesized["resources"] {
  return synthesized((stack) => use(new LogBucket(stack, "logs", props)), environment).resources;
}

function statements(resources: Synthesized["resources"]): Json[] {
  const { policy } = resources["aws_s3_bucket_policy.logs_policy"] as { policy: string };
  return (JSON.parse(policy) as { Statement: Json[] }).Statement;
}

describe("a log bucket", () => {
  test("is private, owned, encrypted, versioned and cleared up, and its name tells the account", () => {
    const resources = logBucket();
    expect(resources).toMatchObject({
      "aws_s3_bucket.logs": { bucket: NAME, force_destroy: false },
      "aws_s3_bucket_public_access_block.logs_public_access_block": {
        bucket: "${aws_s3_bucket.logs.id}",
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
      "aws_s3_bucket_ownership_controls.logs_ownership_controls": { rule: { object_ownership: "BucketOwnerEnforced" } },
      "aws_s3_bucket_server_side_encryption_configuration.logs_encryption": {
        rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
      },
      "aws_s3_bucket_versioning.logs_versioning": { versioning_configuration: { status: "Enabled" } },
      "aws_s3_bucket_lifecycle_configuration.logs_lifecycle": {
        rule: [
          {
            id: "expire",
            status: "Enabled",
            filter: [{ prefix: "" }],
            expiration: [{ days: 30 }],
            noncurrent_version_expiration: [{ noncurrent_days: 7 }],
            abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
          },
        ],
        depends_on: ["aws_s3_bucket_versioning.logs_versioning"],
      },
    });
    expect(resources["aws_s3_bucket.logs"]).not.toHaveProperty("lifecycle");
  });

  test("lets nobody write, and refuses everybody without TLS", () => {
    const resources = logBucket();
    expect(statements(resources)).toEqual([
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [ARN, `${ARN}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(resources["aws_s3_bucket_policy.logs_policy"]?.["depends_on"]).toEqual([
      "aws_s3_bucket_public_access_block.logs_public_access_block",
      "aws_s3_bucket_ownership_controls.logs_ownership_controls",
    ]);
  });

  test("keeps logs longer the more the tier matters, and is protected in production", () => {
    const days = (tier: string): unknown => {
      const { rule } = logBucket({}, undefined, { tier })["aws_s3_bucket_lifecycle_configuration.logs_lifecycle"] as {
        rule: { expiration: { days: number }[] }[];
      };
      return rule[0]?.expiration[0]?.days;
    };
    expect(["sandbox", "development", "staging", "production"].map(days)).toEqual([7, 30, 90, 365]);
    expect(logBucket({}, undefined, { tier: "production" })["aws_s3_bucket.logs"]).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(logBucket({}, undefined, { tier: "sandbox" })["aws_s3_bucket.logs"]).toMatchObject({ force_destroy: true });
  });

  test("takes another time, no protection, and a key, without another address", () => {
    const plain = logBucket({}, undefined, { tier: "production" });
    const other = logBucket(
      { expireAfterDays: 400, deletionProtection: false, forceDestroy: true, kmsKeyArn: "arn:aws:kms:::key/1" },
      undefined,
      { tier: "production" },
    );
    expect(Object.keys(other)).toEqual(Object.keys(plain));
    expect(other["aws_s3_bucket.logs"]).toMatchObject({ force_destroy: true });
    expect(other["aws_s3_bucket.logs"]).not.toHaveProperty("lifecycle");
    expect(other["aws_s3_bucket_server_side_encryption_configuration.logs_encryption"]).toMatchObject({
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "arn:aws:kms:::key/1",
          },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  test("lets Application Load Balancers of the account write below their prefix", () => {
    const [, allowed] = statements(logBucket({}, (logs) => logs.allowLoadBalancerLogs("web/public")));
    expect(allowed).toEqual({
      Sid: "LoadBalancerLogswebx2fpublic",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [`${ARN}/web/public/AWSLogs/111111111111/*`, `${ARN}/web/public/AWSLogs/aws-account-id=111111111111/*`],
    });
  });

  test("lets log delivery of the account and region write and look at the bucket", () => {
    const [, write, check] = statements(logBucket({}, (logs) => logs.allowLogDelivery()));
    const ArnLike = { "aws:SourceArn": "arn:aws:logs:eu-west-1:111111111111:*" };
    expect(check).toEqual({
      Sid: "LogDeliveryCheck",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: ARN,
      Condition: { StringEquals: { "aws:SourceAccount": "111111111111" }, ArnLike },
    });
    expect(write).toEqual({
      Sid: "LogDelivery",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [`${ARN}/AWSLogs/111111111111/*`, `${ARN}/AWSLogs/aws-account-id=111111111111/*`],
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111", "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike,
      },
    });
  });

  test("takes Network Load Balancers for what they are: log delivery", () => {
    const network = logBucket({}, (logs) => logs.allowLoadBalancerLogs("tcp", "network"));
    expect(statements(network)).toEqual(statements(logBucket({}, (logs) => logs.allowLogDelivery("tcp"))));
  });

  test("has the same policy whatever the order of the calls, and however often they are made", () => {
    const one = logBucket({}, (logs) => {
      logs.allowLogDelivery();
      logs.allowLoadBalancerLogs("web");
      logs.allowLogDelivery();
    });
    const other = logBucket({}, (logs) => {
      logs.allowLoadBalancerLogs("web");
      logs.allowLogDelivery();
    });
    expect(one).toEqual(other);
    expect(statements(one)).toHaveLength(4);
  });

  test("speaks the partition of its region", () => {
    const resources = logBucket({}, (logs) => logs.allowLogDelivery(), { region: "cn-north-1" });
    expect(JSON.stringify(statements(resources))).toContain("arn:aws-cn:s3:::");
    expect(JSON.stringify(statements(resources))).not.toContain("arn:aws:");
  });

  test("refuses what cannot work, with the value and the fix", () => {
    expect(() => logBucket({ expireAfterDays: 0.5 })).toThrow(
      'LogBucket "dev-test/logs" is invalid:\n  - expireAfterDays must be a whole number of days, 1 or more, got 0.5',
    );
    expect(() => logBucket({ kmsKeyArn: "arn:key" }, (logs) => logs.allowLoadBalancerLogs())).toThrow(
      'kmsKeyArn must not be set for access logs of an Application Load Balancer, got "arn:key": drop it, or give these logs a bucket of their own',
    );
    expect(() => logBucket({}, (logs) => logs.allowLogDelivery("/web"))).toThrow(
      'prefix must not begin or end with "/", nor contain "AWSLogs", got "/web"',
    );
    const foreign = new LogBucket(new TerraformStack(new App(), "shop-prod"), "logs");
    expect(() => foreign.allowLogDelivery()).toThrow(
      "account and region must be known to let AWS deliver logs, got none",
    );
  });
});
