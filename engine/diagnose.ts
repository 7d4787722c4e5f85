import { readFileSync } from "node:fs";
import { join } from "node:path";
import { statusOf, stsClientFor } from "./state/aws";
import { emulatorHealth, emulatorUnreachable } from "./emulator/health";
import { AndamioError, ExitCode } from "./errors";
import type { EnvironmentInfo, StackInfo } from "./project";
import { missingProviders } from "./toolchain/installed-providers";
import { providersInState, stateBucketExists, stateLock, stateReadError } from "./state/state-bucket";

export interface DiagnoseOptions {
  /** Name of the environment. */
  readonly name: string;
  readonly environment: EnvironmentInfo;
  readonly stack: StackInfo;
  readonly step: "init" | "plan" | "apply";
  /** Where all that Terraform printed is kept. */
  readonly logFile: string;
  /** How far an apply came: `3 of 24 changes`. */
  readonly done?: string;
}

/**
 * Says why a Terraform process failed. Its text is shown to the user as it is and never parsed: what it depends on is looked at
 * instead (emulator, credentials, account, state bucket, lock, provider, region), the likeliest first.
 */
export async function diagnose(options: DiagnoseOptions): Promise<AndamioError> {
  const looks = [
    emulatorDown,
    wrongCredentials,
    bucketMissing,
    stateUnreadable,
    lockHeld,
    providerMissing,
    regionDropped,
  ];
  for (const look of looks) {
    const found = await look(options);
    if (found) return found;
  }
  const { stack, step, logFile, done } = options;
  return new AndamioError({
    code: "TERRAFORM_FAILED",
    message: `terraform ${step} of ${stack.id} failed${done ? ` after ${done}` : ""}; its own words are above.`,
    where: logFile,
    fix:
      step === "apply"
        ? "Mend what it names and apply again: what is done stays done."
        : "Mend what it names and try again.",
  });
}

/** Ctrl-C, or SIGTERM: no failure, so nothing is looked at. */
export function interruption({ stack, step, logFile, done }: DiagnoseOptions): AndamioError {
  return new AndamioError({
    code: "INTERRUPTED",
    message:
      step === "apply"
        ? `Interrupted while ${stack.id} was being applied, after ${done}: Terraform wrote its state and released the lock.`
        : `Interrupted during terraform ${step} of ${stack.id}: nothing was changed.`,
    where: logFile,
    fix: "Run the same command again: it goes on from what is there.",
    exitCode: ExitCode.interrupted,
  });
}

const ENVIRONMENT_WIDE = [
  "EMULATOR_UNREACHABLE",
  "WRONG_ACCOUNT",
  "AWS_UNREACHABLE",
  "CREDENTIALS",
  "STATE_BUCKET_MISSING",
  "PROVIDER_MISSING",
];

/** Whether what failed for one stack fails for every stack of its environment. */
export function concernsWholeEnvironment({ code }: AndamioError): boolean {
  return ENVIRONMENT_WIDE.includes(code);
}

async function emulatorDown({ environment }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const { emulator } = environment;
  if (emulator === undefined || (await emulatorHealth(emulator))) return undefined;
  return emulatorUnreachable(emulator);
}

async function wrongCredentials({ name, environment }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const client = await stsClientFor(environment);
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    return Account === environment.account ? undefined : wrongAccount(name, environment, Account ?? "unknown");
  } catch (error) {
    return isOfNetwork(error) ? awsUnreachable(name, error) : noCredentials(name, environment, error);
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

const NETWORK_ERRORS = [
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "ETIMEDOUT",
];

function isOfNetwork(error: unknown): boolean {
  const { code = "", name } = error as NodeJS.ErrnoException;
  return NETWORK_ERRORS.includes(code) || name === "TimeoutError";
}

function awsUnreachable(name: string, cause: unknown): AndamioError {
  return new AndamioError({
    code: "AWS_UNREACHABLE",
    message: `AWS cannot be reached for ${name}: ${(cause as Error).message}`,
    fix: "Look at the network (proxy, VPN, DNS) and try again; without AWS, add --emulator.",
    cause,
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

async function stateUnreadable({ name, environment, stack }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const { bucket } = environment.backend;
  const cause = await stateReadError(environment, stateKey(stack));
  if (!cause) return undefined;
  const forbidden = statusOf(cause) === 403;
  return new AndamioError({
    code: "STATE_UNREADABLE",
    message: `The state of ${stack.id} cannot be read: ${forbidden ? "the credentials may not" : cause.message}.`,
    where: `s3://${bucket}/${stateKey(stack)}`,
    fix: forbidden
      ? `Allow them s3:ListBucket on ${bucket}, and s3:GetObject, PutObject and DeleteObject on ${name}/*.`
      : "Mend what S3 names, and try again.",
    exitCode: forbidden ? ExitCode.usage : ExitCode.failed,
    cause,
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
  return stackJson(stack).terraform?.backend?.s3?.key ?? "";
}

interface StackJson {
  readonly terraform?: { readonly backend?: { readonly s3?: { readonly key?: string } } };
  readonly provider?: { readonly aws?: readonly { readonly alias?: string }[] };
}

function stackJson({ directory }: StackInfo): StackJson {
  return JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as StackJson;
}

async function providerMissing({ stack, step }: DiagnoseOptions): Promise<AndamioError | undefined> {
  const missing = step === "init" ? missingProviders(stack.directory) : [];
  if (missing.length === 0) return undefined;
  return new AndamioError({
    code: "PROVIDER_MISSING",
    message: `${missing.join(", ")}, needed by ${stack.id}, could not be installed; Terraform's own words are above.`,
    why: "Providers come from Terraform's CLI configuration, a local mirror, or the public registry, in this order.",
    fix:
      "Get online, name a local mirror in ANDAMIO_PROVIDER_MIRROR (npx andamio doctor shows what was found), or pin a " +
      "version that can be had: npx andamio lock.",
    exitCode: ExitCode.usage,
  });
}

/** What is in the state was made by the provider of a region that the program names no more: Terraform cannot destroy it. */
async function regionDropped({ name, environment, stack, step }: DiagnoseOptions): Promise<AndamioError | undefined> {
  if (step !== "plan") return undefined;
  const used = await providersInState(environment, stateKey(stack)).catch(() => []);
  const named = new Set((stackJson(stack).provider?.aws ?? []).map(({ alias }) => alias));
  const dropped = used
    .map((provider) => /hashicorp\/aws"\]\.([\w-]+)$/.exec(provider)?.[1])
    .filter((region) => region !== undefined && !named.has(region));
  if (dropped.length === 0) return undefined;
  const regions = dropped.map((region) => `"${region}"`).join(", ");
  return new AndamioError({
    code: "REGION_DROPPED",
    message: `There still is something of ${stack.id} in ${dropped.join(", ")}, where the program has nothing any more.`,
    why: "Terraform destroys what is in a region with that region's provider, and nothing asks for it.",
    fix: `Give ${name} otherRegions: [${regions}], apply, and take it out again.`,
  });
}
