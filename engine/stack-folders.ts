import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  findProviderMirror,
  linkProviderMirror,
  lockedVersions,
  mirrorServes,
  providerName,
  unlinkProviderMirror,
  type ProviderMirror,
} from "./toolchain/provider-mirror";
import { hasValidCliConfig } from "./toolchain/terraform-cli";

/** The repository's own pin of providers, beside cdktf.json. */
export const LOCK_FILE = "provider.lock.hcl";

/** What Terraform calls the lock file in the folder that it works in. */
export const TERRAFORM_LOCK_FILE = ".terraform.lock.hcl";

export interface StackFolderOptions {
  readonly stackDirs: readonly string[];
  readonly projectDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly homeDir: string;
}

/**
 * Gets the stacks' folders ready for any Terraform, `cdktf`'s own included: the repository's lock file, a link to a local
 * provider mirror when there is one, and no `.terraform` of a run against another endpoint.
 */
export function prepareStackFolders({ stackDirs, projectDir, env, homeDir }: StackFolderOptions): void {
  const lockFile = join(projectDir, LOCK_FILE);
  const lock = existsSync(lockFile) ? readFileSync(lockFile, "utf8") : undefined;
  const mirror = usableMirror(lock, { projectDir, env, homeDir });
  for (const stackDir of stackDirs) {
    forgetOtherEndpoint(stackDir);
    if (lock !== undefined) writeIfChanged(join(stackDir, TERRAFORM_LOCK_FILE), lockOfStack(lock, stackDir));
    if (mirror) linkProviderMirror(stackDir, mirror);
    else unlinkProviderMirror(stackDir);
  }
}

/** The mirror to link: none where Terraform's own configuration decides, or where the lock file pins what the mirror lacks. */
function usableMirror(
  lock: string | undefined,
  where: Omit<StackFolderOptions, "stackDirs">,
): ProviderMirror | undefined {
  if (hasValidCliConfig(where.env, where.homeDir)) return undefined;
  const mirror = findProviderMirror(where);
  return mirror && (lock === undefined || mirrorServes(mirror, lockedVersions(lock))) ? mirror : undefined;
}

/**
 * What the lock file says of the providers that the stack asks for. `terraform init` takes others out of it, and would have to do so again
 * after every synth.
 */
function lockOfStack(lock: string, stackDir: string): string {
  const { terraform } = readStack(stackDir);
  const asked = Object.values(terraform?.required_providers ?? {}).map(({ source }) => providerName(source));
  const [header = "", ...blocks] = lock.split(/^(?=provider ")/m);
  return (
    header + blocks.filter((block) => Object.keys(lockedVersions(block)).some((name) => asked.includes(name))).join("")
  );
}

function writeIfChanged(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

interface StackConfiguration {
  readonly terraform?: {
    readonly backend?: Backends;
    readonly required_providers?: Readonly<Record<string, { readonly source: string }>>;
  };
}

function readStack(stackDir: string): StackConfiguration {
  return JSON.parse(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")) as StackConfiguration;
}

/** A block is written as an object or as a list of one; Terraform remembers null for what was not said. */
interface Backends {
  readonly [type: string]: { readonly endpoints?: Endpoints | readonly Endpoints[] | null } | undefined;
}

interface Endpoints {
  readonly s3?: string | null;
}

/**
 * Terraform remembers in `.terraform` which backend it was initialised with, and offers to copy the state when another one is
 * configured. Between an emulator and AWS nothing must ever be copied: what it remembers goes when the endpoint changed.
 */
function forgetOtherEndpoint(stackDir: string): void {
  const remembered = join(stackDir, ".terraform", "terraform.tfstate");
  if (!existsSync(remembered)) return;
  if (rememberedEndpoint(remembered) !== configuredEndpoint(stackDir)) {
    rmSync(join(stackDir, ".terraform"), { recursive: true, force: true });
  }
}

function rememberedEndpoint(file: string): string | undefined {
  try {
    const { backend } = JSON.parse(readFileSync(file, "utf8")) as {
      backend?: { type: string; config: Backends[string] };
    };
    return backend && endpointOf({ [backend.type]: backend.config });
  } catch {
    // Not readable: whatever it says, it is not known to be about this endpoint.
    return "unknown";
  }
}

function configuredEndpoint(stackDir: string): string | undefined {
  return endpointOf(readStack(stackDir).terraform?.backend ?? {});
}

function endpointOf(backends: Backends): string | undefined {
  const [endpoints] = [backends["s3"]?.endpoints ?? []].flat();
  return endpoints?.s3 ?? undefined;
}
