import type { S3Client } from "@aws-sdk/client-s3";
import { s3ClientFor, statusOf } from "./aws";
import { bucketSettings, type BucketSetting } from "./state-bucket-settings";
import { AndamioError, ExitCode } from "../errors";
import type { EnvironmentInfo } from "../project";

export interface BootstrapResult {
  readonly bucket: string;
  readonly region: string;
  readonly created: boolean;
  /** What was set, because it was not so already: `versioning`, `encryption` ... */
  readonly changed: readonly string[];
}

/**
 * Makes the bucket that an environment's state is kept in: versioned, encrypted, private and reachable over TLS only. What is
 * already so is left alone, so it can be run again at any time; nothing is ever taken away.
 *
 * @throws AndamioError STATE_IS_LOCAL, STATE_BUCKET_TAKEN, STATE_BUCKET_FAILED
 */
export async function bootstrap(name: string, environment: EnvironmentInfo): Promise<BootstrapResult> {
  const { bucket, region = environment.region, kms_key_arn: kmsKeyArn } = environment.backend;
  if (bucket === undefined) {
    throw new AndamioError({
      code: "STATE_IS_LOCAL",
      message: `${name} keeps its state on this machine: there is no bucket to make.`,
      fix: 'Set backend to { type: "s3" } in environments/base.ts to keep it in S3.',
      exitCode: ExitCode.usage,
    });
  }
  const client = await s3ClientFor(environment);
  try {
    const created = await ensureBucket(client, bucket, region, environment);
    const settings = bucketSettings(client, { bucket, partition: environment.partition, kmsKeyArn });
    return { bucket, region, created, changed: await applySettings(settings) };
  } catch (error) {
    if (error instanceof AndamioError) throw error;
    throw new AndamioError({
      code: "STATE_BUCKET_FAILED",
      message: `The state bucket ${bucket} of ${name} could not be set up: ${(error as Error).message}`,
      where: environment.emulator ?? `account ${environment.account}, ${region}`,
      fix: "Check the credentials with andamio doctor; they need s3:CreateBucket and s3:PutBucket* on the bucket.",
      cause: error,
    });
  } finally {
    client.destroy();
  }
}

/** Whether the bucket of an environment's state is there and can be reached. A local state has none to miss. */
export async function stateBucketExists(environment: EnvironmentInfo): Promise<boolean> {
  const { bucket } = environment.backend;
  if (bucket === undefined) return true;
  const client = await s3ClientFor(environment);
  try {
    return await bucketExists(client, bucket);
  } finally {
    client.destroy();
  }
}

/**
 * Asks S3 for a stack's state and returns what it answers when that is neither the state nor that there is none yet. Without
 * the right to list the bucket, S3 answers 403 for what is not there.
 */
export async function stateReadError(environment: EnvironmentInfo, key: string): Promise<Error | undefined> {
  const { bucket } = environment.backend;
  if (bucket === undefined) return undefined;
  const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
  const client = await s3ClientFor(environment);
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return undefined;
  } catch (error) {
    return statusOf(error) === 404 ? undefined : (error as Error);
  } finally {
    client.destroy();
  }
}

/** Providers of what is in a stack's state in S3, as Terraform writes them: `provider["registry.terraform.io/hashicorp/aws"].us-east-1`. */
export async function providersInState(environment: EnvironmentInfo, key: string): Promise<string[]> {
  const { bucket } = environment.backend;
  if (bucket === undefined) return [];
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const client = await s3ClientFor(environment);
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const state = JSON.parse((await Body?.transformToString()) ?? "{}") as { resources?: { provider: string }[] };
    return [...new Set((state.resources ?? []).map(({ provider }) => provider))];
  } finally {
    client.destroy();
  }
}

/** Who holds the lock of a state, as Terraform wrote it down. */
export interface StateLock {
  readonly id: string;
  readonly who: string;
  readonly operation: string;
  readonly created: string;
}

/** The lock on a stack's state in S3, if somebody holds it. */
export async function stateLock(environment: EnvironmentInfo, key: string): Promise<StateLock | undefined> {
  const { bucket } = environment.backend;
  if (bucket === undefined) return undefined;
  const { GetObjectCommand } = await import("@aws-sdk/client-s3");
  const client = await s3ClientFor(environment);
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${key}.tflock` }));
    const lock = JSON.parse((await Body?.transformToString()) ?? "{}") as Record<string, string | undefined>;
    return {
      id: lock["ID"] ?? "",
      who: lock["Who"] ?? "",
      operation: lock["Operation"] ?? "",
      created: lock["Created"] ?? "",
    };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

async function bucketExists(client: S3Client, bucket: string): Promise<boolean> {
  const { HeadBucketCommand } = await import("@aws-sdk/client-s3");
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

async function ensureBucket(
  client: S3Client,
  bucket: string,
  region: string,
  environment: EnvironmentInfo,
): Promise<boolean> {
  try {
    if (await bucketExists(client, bucket)) return false;
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    throw new AndamioError({
      code: "STATE_BUCKET_TAKEN",
      message: `The bucket ${bucket} belongs to somebody else, or the credentials may not see it.`,
      where: `account ${environment.account}`,
      why: "Names of buckets are shared by all of AWS.",
      fix: "Name another one: backend.bucket in environments/base.ts; or use credentials of the right account.",
      cause: error,
    });
  }
  const { CreateBucketCommand } = await import("@aws-sdk/client-s3");
  // us-east-1 is the one region that must not be named here.
  const location =
    region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
  await client.send(new CreateBucketCommand({ Bucket: bucket, ...location }));
  return true;
}

async function applySettings(settings: readonly BucketSetting[]): Promise<string[]> {
  const changed: string[] = [];
  for (const setting of settings) {
    if (await setting.isSet()) continue;
    await setting.set();
    changed.push(setting.name);
  }
  return changed;
}
