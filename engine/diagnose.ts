import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { statusOf, stsClientFor } from "./state/aws";
import { emulatorHealth } from "./emulator/health";
import { AndamioError, ExitCode } from "./errors";
import type { EnvironmentInfo, StackInfo } from "./project";
import { stateBucketExists, stateLock } from "./state/state-bucket";

export interface DiagnoseOptions {
  /** Name of the environment. */
  readonly name: string;
  readonly environment: EnvironmentInfo;
  readonly stack: StackInfo;
  readonly step: "init" | "plan" | "apply";
  /** Where all that Terraform printed is kept. */
  readonly logFile: string;
}

/**
 * Says why a Terraform process failed. Its text is shown to the user as it is and never parsed: what it depends on is looked at
 * instead (emulator, credentials, account, state bucket, lock, provider), the likeliest first.
 */
export async function diagnose(options: DiagnoseOptions): Promise<AndamioError> {
  for (const look of [emulatorDown, wrongCredentials, bucketMissing, lockHeld, providerMissing]) {
    const found = await look(options);
    if (found) return found;
  }
  const { stack, step, logFile } = options;
  return new AndamioError({
    code: "TERRAFORM_FAILED",
    message: `terraform ${step} of ${stack.id} failed; its own words are above.`,
    where: logFile,
    fix:
      step === "apply"
        ? "Mend what it names and apply again: what is done stays done."
        : "Mend what it names and try again.",
  });
}

async function emulatorDown({ environment }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const { emulator } = environment;
  if (emulator === undefined || (await emulatorHealth(emulator))) return undefined;
  return emulatorUnreachable(emulator);
}

/** @param url where nothing answers */
export function emulatorUnreachable(url: string): AndamioError {
  return new AndamioError({
    code: "EMULATOR_UNREACHABLE",
    message: `No AWS emulator answers at ${url}.`,
    fix: "Start it with npx andamio emulator start, or unset ANDAMIO_EMULATOR to work on AWS.",
    exitCode: ExitCode.usage,
  });
}

async function wrongCredentials({ name, environment }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const client = await stsClientFor(environment);
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    return Account === environment.account ? undefined : wrongAccount(name, environment, Account ?? "unknown");
  } catch (error) {
    return noCredentials(name, environment, error);
  } finally {
    client.destroy();
  }
}

function wrongAccount(name: string, environment: EnvironmentInfo, account: string): AndamioError {
  return new AndamioError({
    code: "WRONG_ACCOUNT",
    message: `The credentials are of account ${account}, ${name} is account ${environment.account}.`,
    why: "Terraform was told to work in that account only, so nothing was changed.",
    fix: `Use credentials of account ${environment.account}, or let environments/${name}.ts name a role there (assumeRole).`,
    exitCode: ExitCode.usage,
  });
}

function noCredentials(name: string, environment: EnvironmentInfo, cause: unknown): AndamioError {
  const role = environment.assume_role?.role_arn;
  const { message } = cause as Error;
  return new AndamioError({
    code: "CREDENTIALS",
    message:
      role === undefined
        ? `There are no valid AWS credentials for ${name}: ${message}`
        : `The role ${role} of ${name} cannot be assumed: ${message}`,
    fix:
      role === undefined || statusOf(cause) === undefined
        ? "Log in (aws sso login), or set AWS_PROFILE; without an account, add --emulator."
        : "Let the role's trust policy name you, or change assumeRole in the environment.",
    exitCode: ExitCode.usage,
    cause,
  });
}

async function bucketMissing({ name, environment }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const { backend, account, region, emulator } = environment;
  if (await stateBucketExists(environment).catch(() => true)) return undefined;
  return new AndamioError({
    code: "STATE_BUCKET_MISSING",
    message: `The state bucket ${backend.bucket} of ${name} does not exist.`,
    where: emulator ?? `account ${account}, ${backend.region ?? region}`,
    fix: `Make it: npx andamio bootstrap ${name}${emulator === undefined ? "" : " --emulator"}`,
    exitCode: ExitCode.usage,
  });
}

async function lockHeld({ environment, stack, step }: DiagnoseOptions): Promise<AndamioError | undefined> {
  if (step === "init") return undefined;
  const lock = await stateLock(environment, stateKey(stack)).catch(() => undefined);
  if (!lock) return undefined;
  return new AndamioError({
    code: "LOCK_HELD",
    message: `The state of ${stack.id} is locked by ${lock.who} (${lock.operation}, since ${lock.created}).`,
    why: "Two runs at once would lose each other's changes.",
    fix:
      "Wait for that run, or add --lock-timeout 5m. When it is certain that nobody is at work any more: " +
      `terraform -chdir=${stack.directory} force-unlock ${lock.id}`,
    exitCode: ExitCode.lockHeld,
  });
}

function stateKey(stack: StackInfo): string {
  const { terraform } = JSON.parse(readFileSync(join(stack.directory, "cdk.tf.json"), "utf8")) as {
    terraform?: { backend?: { s3?: { key?: string } } };
  };
  return terraform?.backend?.s3?.key ?? "";
}

async function providerMissing({ stack, step }: DiagnoseOptions): Promise<AndamioError | undefined> {
  if (step !== "init" || existsSync(join(stack.directory, ".terraform", "providers"))) return undefined;
  return new AndamioError({
    code: "PROVIDER_MISSING",
    message: `The providers of ${stack.id} could not be installed; Terraform's own words are above.`,
    why: "They come from Terraform's CLI configuration, a local mirror, or the public registry, in this order.",
    fix: "Get online, or name a local mirror in ANDAMIO_PROVIDER_MIRROR; npx andamio doctor shows what was found.",
    exitCode: ExitCode.usage,
  });
}
