import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";
import type { EnvironmentInfo } from "../project";

/** What the emulator takes for credentials; it takes any. `stacks/provider.ts` gives Terraform the same. */
export const EMULATOR_CREDENTIALS = { accessKeyId: "andamio", secretAccessKey: "emulator" };

const ATTEMPTS = 3;

/**
 * An S3 client for the environment's state: its account, through the role that Terraform assumes, and the emulator when the run
 * is for one. Credentials come from where AWS SDKs look for them.
 */
export async function s3ClientFor(environment: EnvironmentInfo): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  return new S3Client({
    ...(await clientConfig(environment)),
    region: environment.backend.region ?? environment.region,
    forcePathStyle: environment.emulator !== undefined,
  });
}

/** An STS client that sees what Terraform sees: the assumed role's identity, or the caller's own. */
export async function stsClientFor(environment: EnvironmentInfo): Promise<STSClient> {
  const { STSClient } = await import("@aws-sdk/client-sts");
  return new STSClient({ ...(await clientConfig(environment)), region: environment.region });
}

async function clientConfig(environment: EnvironmentInfo): Promise<object> {
  const { emulator, assume_role: role, region } = environment;
  const endpoint = emulator === undefined ? {} : { endpoint: emulator };
  const own = emulator === undefined ? {} : { credentials: EMULATOR_CREDENTIALS };
  if (!role) return { ...endpoint, ...own, maxAttempts: ATTEMPTS };
  const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
  return {
    ...endpoint,
    maxAttempts: ATTEMPTS,
    credentials: fromTemporaryCredentials({
      ...(emulator === undefined ? {} : { masterCredentials: EMULATOR_CREDENTIALS }),
      params: {
        RoleArn: role.role_arn,
        RoleSessionName: role.session_name,
        ...(role.external_id === undefined ? {} : { ExternalId: role.external_id }),
      },
      clientConfig: { region, ...endpoint },
    }),
  };
}

/** The HTTP status that an AWS SDK error carries, if it carries one. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}
