import { Construct } from "constructs";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { awsName, contextOf, Problems, shown, type Tier } from "../core";
import { logDeliveryStatements, loadBalancerStatement, tlsOnly, type BucketStatement } from "./log-bucket-policy";

/** Kind of load balancer: each delivers its access logs as another AWS service. */
export type LoadBalancerType = "application" | "network";

/** How long logs are kept, and how they are protected. */
export interface LogBucketProps {
  /**
   * Days after which a log is deleted, 1 or more.
   * @default by tier: 7 in sandbox, 30 in development, 90 in staging, 365 in production
   */
  readonly expireAfterDays?: number;
  /**
   * ARN of the KMS key that encrypts the logs. Its policy must let `delivery.logs.amazonaws.com` use it. Application Load Balancers
   * cannot write to such a bucket: they know S3's own key only.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   * @default S3's own key (SSE-S3)
   */
  readonly kmsKeyArn?: string;
  /**
   * Refuse a plan that would destroy the bucket (`prevent_destroy`).
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
  /**
   * Delete the logs with the bucket; otherwise AWS refuses to delete a bucket that holds any.
   * @default true in tier sandbox
   */
  readonly forceDestroy?: boolean;
}

/** As long as log groups keep theirs. */
const EXPIRE_AFTER_DAYS: Readonly<Record<Tier, number>> = {
  sandbox: 7,
  development: 30,
  staging: 90,
  production: 365,
};

/** What an overwritten or deleted log can be had back from, and what a broken upload may cost. */
const RESTORABLE_DAYS = 7;

/**
 * A private, versioned and encrypted bucket that AWS services deliver logs to: access logs of load balancers, VPC flow logs. Nobody may write
 * until allowed to, and nothing gets in or out without TLS. Its name ends with the account's id, because bucket names are global.
 *
 * Who writes must wait for the policy, or AWS refuses the bucket: `dependsOn: [logs.policy]`.
 *
 * Replaced by: nothing that can be said here. Costs: what is stored, and the requests. https://aws.amazon.com/s3/pricing/
 *
 * @example
 * const logs = new LogBucket(this, "logs", { expireAfterDays: 90 });
 * logs.allowLoadBalancerLogs("web");
 */
export class LogBucket extends Construct {
  /** Name of the bucket. */
  readonly bucket: string;
  readonly arn: string;
  readonly resource: S3Bucket;
  /** The bucket's policy: what writes logs depends on it. */
  readonly policy: S3BucketPolicy;
  private readonly statements = new Map<string, BucketStatement>();
  private readonly name: string;

  /** @throws InvalidConstructError when `expireAfterDays` is not a whole number of days */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogBucketProps = {},
  ) {
    super(scope, id);
    const { account, tier } = contextOf(this);
    const expireAfterDays = props.expireAfterDays ?? EXPIRE_AFTER_DAYS[tier];
    const problems = new Problems(this, "LogBucket");
    problems.require(
      Number.isInteger(expireAfterDays) && expireAfterDays >= 1,
      `expireAfterDays must be a whole number of days, 1 or more, got ${shown(expireAfterDays)}`,
    );
    problems.throwIfAny();
    this.name = awsName(this, "s3Bucket", account);
    this.resource = this.createBucket(tier);
    this.bucket = this.resource.bucket;
    this.arn = this.resource.arn;
    this.createEncryption();
    this.createLifecycle(expireAfterDays);
    this.policy = this.createPolicy();
  }

  /**
   * Lets the account's load balancers of this region deliver their access logs. Asking twice is asking once.
   * @param prefix as the load balancer's `access_logs.prefix`; default none: logs lie under `AWSLogs/`
   * @param type default "application"
   * @throws InvalidConstructError for Application Load Balancers when the bucket has a KMS key, or where the account is not known
   */
  allowLoadBalancerLogs(prefix = "", type: LoadBalancerType = "application"): void {
    if (type === "network") return this.allowLogDelivery(prefix);
    const problems = new Problems(this, "LogBucket");
    problems.require(
      this.props.kmsKeyArn === undefined,
      `kmsKeyArn must not be set for access logs of an Application Load Balancer, got ${shown(this.props.kmsKeyArn)}: drop it, or give these logs a bucket of their own`,
    );
    problems.throwIfAny();
    this.allow([loadBalancerStatement(this.delivery(prefix))]);
  }

  /**
   * Lets `delivery.logs.amazonaws.com` deliver logs of this account and region: VPC flow logs, access logs of Network Load Balancers.
   * Asking twice is asking once.
   * @param prefix default none: logs lie under `AWSLogs/`
   * @throws InvalidConstructError where the account and the region are not known
   */
  allowLogDelivery(prefix = ""): void {
    this.allow(logDeliveryStatements(this.delivery(prefix)));
  }

  private delivery(prefix: string): Parameters<typeof loadBalancerStatement>[0] {
    const { account, region, partition } = contextOf(this);
    const problems = new Problems(this, "LogBucket");
    problems.require(
      account !== "" && region !== "",
      "account and region must be known to let AWS deliver logs, got none: build it in an EnvironmentStack, or say where it is with provideContext",
    );
    problems.require(
      !/^\/|\/$|AWSLogs/.test(prefix),
      `prefix must not begin or end with "/", nor contain "AWSLogs", got ${shown(prefix)}`,
    );
    problems.throwIfAny();
    return { bucket: this.name, prefix, account, region, partition };
  }

  /** The policy is one resource: what is allowed later is added to it. */
  private allow(statements: readonly BucketStatement[]): void {
    for (const statement of statements) this.statements.set(statement.Sid, statement);
    this.policy.policy = this.policyDocument();
  }

  private policyDocument(): string {
    // Sorted, so that the order of the calls is not seen: a policy that only changed its order would be a change of the plan.
    const allowed = [...this.statements.values()].sort((one, other) => (one.Sid < other.Sid ? -1 : 1));
    const statements = [tlsOnly(this.name, contextOf(this).partition), ...allowed];
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
  }

  private createBucket(tier: Tier): S3Bucket {
    const deletionProtection = this.props.deletionProtection ?? tier === "production";
    return new S3Bucket(this, "Resource", {
      bucket: this.name,
      forceDestroy: this.props.forceDestroy ?? tier === "sandbox",
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }

  private createEncryption(): void {
    const { kmsKeyArn } = this.props;
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: this.resource.id,
      rule: [
        kmsKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
              bucketKeyEnabled: true,
            },
      ],
    });
  }

  private createLifecycle(expireAfterDays: number): void {
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: this.resource.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: this.resource.id,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: expireAfterDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: RESTORABLE_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: RESTORABLE_DAYS }],
        },
      ],
      dependsOn: [versioning],
    });
  }

  private createPolicy(): S3BucketPolicy {
    const closed = new S3BucketPublicAccessBlock(this, "public_access_block", {
      bucket: this.resource.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const owned = new S3BucketOwnershipControls(this, "ownership_controls", {
      bucket: this.resource.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    return new S3BucketPolicy(this, "policy", {
      bucket: this.resource.id,
      policy: this.policyDocument(),
      // S3 refuses some changes of one bucket while another is under way; and what waits for the policy waits for all three.
      dependsOn: [closed, owned],
    });
  }
}
