import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  copyFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { AndamioError, ExitCode } from "./errors";
import { succeeded, type RunResult } from "./process";
import type { Project, StackInfo } from "./project";
import {
  allowDestroyFlags,
  destructionText,
  resourceChanges,
  type PlanJson,
  type ResourceChange,
} from "./resource-changes";
import type { Terraform } from "./terraform";

const STACK_FILE = "cdk.tf.json";

interface Resource {
  readonly lifecycle?: { prevent_destroy?: boolean };
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
}

/**
 * Tells what Terraform refuses to destroy in a stack (`prevent_destroy`), by address: of a resource that is made several times (`for_each`, `count`)
 * every one. Undefined when there is none.
 */
function protectionOf(stack: StackInfo): ((address: string) => boolean) | undefined {
  const addresses = Object.entries(readStack(stack).resource ?? {}).flatMap(([type, resources]) =>
    Object.entries(resources)
      .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy === true)
      .map(([name]) => `${type}.${name}`),
  );
  return addresses.length === 0 ? undefined : (address) => addresses.includes(withoutKey(address));
}

/** `aws_s3_bucket.logs["a"]` is one of `aws_s3_bucket.logs`. */
function withoutKey(address: string): string {
  return address.replace(/\[.*\]$/, "");
}

/**
 * What a failed plan would have destroyed although it is protected. Terraform says so in its text alone, and saves no plan; so the stack is planned once
 * more without its protection, in a folder of its own, where nothing is ever applied.
 */
export async function protectedDestructions(
  project: Project,
  stack: StackInfo,
  terraform: Terraform,
  options: { readonly destroy?: boolean },
): Promise<ResourceChange[]> {
  const isProtected = protectionOf(stack);
  if (!isProtected) return [];
  // As deep as the stack's own folder: a path to a local state leads to the same file. Of this run alone: another may be at the same.
  const directory = join(project.outdir, "unprotected", `${stack.id}-${process.pid}`);
  try {
    copyUnprotected(stack, directory);
    const copy = { ...stack, directory };
    const planFile = join(directory, "plan.bin");
    const { exitCode } = await terraform.plan(copy, planFile, { destroy: options.destroy, quiet: true });
    if (exitCode !== 2) return [];
    const { value } = await terraform.showJson(copy, planFile);
    return resourceChanges((value ?? {}) as PlanJson).filter(
      ({ address, action }) => (action === "delete" || action === "replace") && isProtected(address),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Why a plan is not one that can be applied: it destroys what is protected. */
export function protectionError(stack: StackInfo, changes: readonly ResourceChange[]): AndamioError {
  const lines = changes.map((change) => `  - ${destructionText(change)}${configuredBy(stack, change.address)}`);
  return new AndamioError({
    code: "PROTECTED",
    message: `${stack.id} would destroy what is protected:\n${lines.join("\n")}`,
    why: "Its configuration protects it from deletion (prevent_destroy), and so does AWS.",
    fix:
      "Change what forces it. To let it go, set deletionProtection: false for it, apply that, then apply this with " +
      `${allowDestroyFlags(changes)}.`,
    exitCode: ExitCode.refused,
  });
}

/** What of the stacks is there and protected, or the process that could not tell. */
export type ProtectedResources =
  | { readonly kept: readonly { readonly stack: StackInfo; readonly address: string }[] }
  | { readonly failed: StackInfo; readonly step: "init" | "plan"; readonly result: RunResult };

/**
 * Looks at the states for what is protected, before anything of an environment is destroyed: or half of it would be gone when Terraform comes to
 * what it refuses.
 */
export async function protectedResources(
  stacks: readonly StackInfo[],
  terraform: Terraform,
): Promise<ProtectedResources> {
  const kept: { readonly stack: StackInfo; readonly address: string }[] = [];
  for (const stack of stacks) {
    const isProtected = protectionOf(stack);
    if (!isProtected) continue;
    const init = await terraform.init(stack);
    if (init && !succeeded(init)) return { failed: stack, step: "init", result: init };
    const { result, addresses } = await terraform.stateAddresses(stack);
    if (!succeeded(result)) return { failed: stack, step: "plan", result };
    kept.push(...addresses.filter(isProtected).map((address) => ({ stack, address })));
  }
  return { kept };
}

/** Why an environment is not destroyed. */
export function destroyRefusal(kept: readonly { readonly stack: StackInfo; readonly address: string }[]): AndamioError {
  const lines = kept.map(({ stack, address }) => `  - ${stack.id}: ${address}${configuredBy(stack, address)}`);
  return new AndamioError({
    code: "PROTECTED",
    message: `What is protected cannot be destroyed:\n${lines.join("\n")}`,
    why: "Nothing was destroyed.",
    fix: "Set deletionProtection: false for each of them, or for the whole environment, apply that, and destroy then.",
    exitCode: ExitCode.refused,
  });
}

function configuredBy({ resources }: StackInfo, address: string): string {
  const { configuration, source } = resources[withoutKey(address)] ?? {};
  const where = configuration ?? source;
  return where === undefined ? "" : ` (${where})`;
}

function readStack({ directory }: StackInfo): StackJson {
  return JSON.parse(readFileSync(join(directory, STACK_FILE), "utf8")) as StackJson;
}

function copyUnprotected(stack: StackInfo, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(stack.directory).filter((entry) => entry !== STACK_FILE)) {
    const source = join(stack.directory, name);
    if (statSync(source).isDirectory()) symlinkSync(source, join(directory, name), "junction");
    else copyFileSync(source, join(directory, name));
  }
  const json = readStack(stack);
  for (const resources of Object.values(json.resource ?? {}))
    for (const { lifecycle } of Object.values(resources)) delete lifecycle?.prevent_destroy;
  writeFileSync(join(directory, STACK_FILE), JSON.stringify(json));
}
