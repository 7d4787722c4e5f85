import type { S3Client } from "@aws-sdk/client-s3";
import { statusOf } from "./aws";

/** One property of the state bucket: whether it is so, and how to make it so. */
export interface BucketSetting {
  readonly name: string;
  isSet(): Promise<boolean>;
  set(): Promise<void>;
}

export interface BucketSettingsOptions {
  readonly bucket: string;
  readonly partition: string;
  /** @default undefined: S3's own key */
  readonly kmsKeyArn?: string;
}

const TLS_ONLY = "DenyInsecureTransport";

interface Statement {
  readonly Sid?: string;
}

/** IAM's grammar: a single statement need not be in a list. */
interface Policy {
  readonly Version?: string;
  readonly Statement: Statement | readonly Statement[];
}

/** What a bucket with Terraform state must be: it holds everything that Terraform knows, secrets of old modules included. */
export function bucketSettings(
  client: S3Client,
  { bucket, partition, kmsKeyArn }: BucketSettingsOptions,
): BucketSetting[] {
  const s3 = import("@aws-sdk/client-s3");
  const Bucket = bucket;
  const algorithm = kmsKeyArn === undefined ? "AES256" : "aws:kms";
  const blocked = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };

  return [
    {
      name: "public access block",
      isSet: async () => {
        const { GetPublicAccessBlockCommand } = await s3;
        const answer = await orNothing(client.send(new GetPublicAccessBlockCommand({ Bucket })));
        const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } =
          answer?.PublicAccessBlockConfiguration ?? {};
        return Boolean(BlockPublicAcls && IgnorePublicAcls && BlockPublicPolicy && RestrictPublicBuckets);
      },
      set: async () => {
        const { PutPublicAccessBlockCommand } = await s3;
        await client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: blocked }));
      },
    },
    {
      name: "bucket owner enforced",
      isSet: async () => {
        const { GetBucketOwnershipControlsCommand } = await s3;
        const answer = await orNothing(client.send(new GetBucketOwnershipControlsCommand({ Bucket })));
        return answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership === "BucketOwnerEnforced";
      },
      set: async () => {
        const { PutBucketOwnershipControlsCommand } = await s3;
        const OwnershipControls = { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] };
        await client.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
      },
    },
    {
      name: "versioning",
      isSet: async () => {
        const { GetBucketVersioningCommand } = await s3;
        return (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status === "Enabled";
      },
      set: async () => {
        const { PutBucketVersioningCommand } = await s3;
        await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
      },
    },
    {
      name: "encryption",
      isSet: async () => {
        const { GetBucketEncryptionCommand } = await s3;
        const answer = await orNothing(client.send(new GetBucketEncryptionCommand({ Bucket })));
        const rule = answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
        // Without a key of ours any encryption does: a key that somebody chose for the bucket stays.
        return kmsKeyArn === undefined ? rule !== undefined : rule?.KMSMasterKeyID === kmsKeyArn;
      },
      set: async () => {
        const { PutBucketEncryptionCommand } = await s3;
        const byDefault = { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsKeyArn } as const;
        const Rules = [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: kmsKeyArn !== undefined }];
        await client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      },
    },
    {
      name: "TLS only",
      isSet: async () => statementsOf(await policyOf(client, bucket)).some(({ Sid }) => Sid === TLS_ONLY),
      set: async () => {
        const { PutBucketPolicyCommand } = await s3;
        const resource = `arn:${partition}:s3:::${bucket}`;
        const deny = {
          Sid: TLS_ONLY,
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [resource, `${resource}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        };
        const policy = await policyOf(client, bucket);
        // A policy that is there already keeps its own statements, and the version that says what they mean.
        const Policy = JSON.stringify({ Version: "2012-10-17", ...policy, Statement: [...statementsOf(policy), deny] });
        await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      },
    },
  ];
}

async function policyOf(client: S3Client, bucket: string): Promise<Policy | undefined> {
  const { GetBucketPolicyCommand } = await import("@aws-sdk/client-s3");
  const answer = await orNothing(client.send(new GetBucketPolicyCommand({ Bucket: bucket })));
  return answer?.Policy === undefined ? undefined : (JSON.parse(answer.Policy) as Policy);
}

function statementsOf(policy: Policy | undefined): Statement[] {
  return [policy?.Statement ?? []].flat();
}

/** S3 answers 404 for a setting that was never made. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}
