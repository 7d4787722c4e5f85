import type { AwsProvider, AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import type { EnvironmentConfig } from "../environments/config";
import { partitionOf } from "../modules/core";
import { emulatedServices } from "./emulated-services.json";

/** What providers any Andamio stack may use: everything that is emitted exists in the oldest of them. */
export const AWS_PROVIDER_CONSTRAINT = ">= 5.100.0, < 7.0.0";

/** For stacks that have something of it. The oldest is what the bindings were made from. */
export const RANDOM_PROVIDER_CONSTRAINT = ">= 3.7.2, < 4.0.0";

const SESSION_NAME = "andamio";

/** The emulator takes any key. A real account has no use for these. */
export const EMULATOR_CREDENTIALS = { accessKey: "andamio", secretKey: "emulator" } as const;

/** The provider's arguments: region, account guard, role and tags; on an emulator also what keeps it off AWS. */
export function providerConfig(environment: EnvironmentConfig, emulator: string | undefined): AwsProviderConfig {
  const { account, region, project, name, tags } = environment;
  const role = assumedRole(environment, emulator);
  return {
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { ...tags, Project: project, Environment: name } }],
    ...(role ? { assumeRole: [role] } : {}),
    ...(emulator === undefined
      ? {}
      : {
          ...EMULATOR_CREDENTIALS,
          skipCredentialsValidation: true,
          skipMetadataApiCheck: "true",
          s3UsePathStyle: true,
        }),
  };
}

/** Every service at the emulator: one that were left out would be asked at AWS. */
export function setEmulatorEndpoints(provider: AwsProvider, emulator: string): void {
  provider.addOverride("endpoints", [Object.fromEntries(emulatedServices.map((service) => [service, emulator]))]);
}

export interface AssumedRole {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string;
}

/**
 * The role that Terraform assumes. On an emulator there always is one: its account id is what takes the run to the
 * environment's account (the role itself need not exist there).
 */
export function assumedRole(environment: EnvironmentConfig, emulator: string | undefined): AssumedRole | undefined {
  const { account, region, assumeRole } = environment;
  if (!assumeRole && emulator === undefined) return undefined;
  return {
    roleArn: `arn:${partitionOf(region)}:iam::${account}:role/${assumeRole?.name ?? "andamio-emulator"}`,
    // Without a name of its own the session gets a random one, and a caller's ARN in an output changes with each run.
    sessionName: assumeRole?.sessionName ?? SESSION_NAME,
    ...(assumeRole?.externalId === undefined ? {} : { externalId: assumeRole.externalId }),
  };
}
