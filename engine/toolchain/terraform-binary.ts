import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import gte from "semver/functions/gte";
import rcompare from "semver/functions/rcompare";
import valid from "semver/functions/valid";
import { AndamioError, ExitCode } from "../errors";
import { ask, findOnPath, isExecutable } from "./executable";
import { terraformEnvironment, vendorInstallCommand } from "./terraform-cli";

/** The oldest Terraform that works: write-only arguments and S3 state locking came with it. */
export const TERRAFORM_MINIMUM = "1.11.0";

/** A Terraform, or what stands in for it, that runs and is new enough. */
export interface TerraformBinary {
  /** Absolute path of the executable. */
  readonly path: string;
  /** Without a leading `v`, e.g. `1.11.4`. */
  readonly version: string;
  readonly product: "terraform" | "opentofu";
  /** `environment`: named by ANDAMIO_TERRAFORM. `path`: on the PATH. `project`: installed under `.andamio/tools`. */
  readonly source: "path" | "environment" | "project";
}

export interface FindTerraformOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The folder of cdktf.json, which also holds `.andamio`. */
  readonly projectDir: string;
}

interface Candidate {
  readonly path: string;
  readonly source: TerraformBinary["source"];
}

type Examined = { version: string; product: TerraformBinary["product"] } | { problem: string };

/** Where `installTerraform` puts a version: `<projectDir>/.andamio/tools/terraform/<version>/terraform[.exe]`. */
export function installedTerraformPath(projectDir: string, version: string): string {
  return join(toolsFolder(projectDir), version, process.platform === "win32" ? "terraform.exe" : "terraform");
}

/**
 * The Terraform to use: the one that ANDAMIO_TERRAFORM names (a path, relative to the project, or a command such as
 * `tofu`; then no other is looked for), else `terraform` on the PATH when it is new enough, else the newest under
 * `.andamio/tools/terraform`. OpenTofu is used only when it is named. Costs one process start when the first candidate
 * fits.
 *
 * @throws AndamioError TERRAFORM_MISSING when there is none
 * @throws AndamioError TERRAFORM_TOO_OLD when all that were found are older than TERRAFORM_MINIMUM
 * @throws AndamioError TERRAFORM_BROKEN when the named one, or the only one, does not run
 */
export async function findTerraform({ env, projectDir }: FindTerraformOptions): Promise<TerraformBinary> {
  const named = env.ANDAMIO_TERRAFORM;
  const candidates = named ? [namedCandidate(named, env, projectDir)] : usualCandidates(env, projectDir);
  const failures: AndamioError[] = [];
  for (const candidate of candidates) {
    const examined = await examine(candidate.path, env, projectDir);
    if ("problem" in examined) failures.push(broken(candidate, examined.problem));
    else if (!gte(examined.version, TERRAFORM_MINIMUM)) failures.push(tooOld(candidate, examined));
    else return { ...candidate, ...examined };
  }
  throw failures[0] ?? missing(projectDir);
}

function namedCandidate(named: string, env: NodeJS.ProcessEnv, projectDir: string): Candidate {
  const path = /[\\/]/.test(named)
    ? resolve(projectDir, named)
    : (findOnPath(named, env) ?? resolve(projectDir, named));
  if (isExecutable(path)) return { path, source: "environment" };
  throw new AndamioError({
    code: "TERRAFORM_MISSING",
    message: `ANDAMIO_TERRAFORM names ${named}, and there is no such executable`,
    where: path,
    fix: "Give it the path of a Terraform executable, or unset it: andamio then looks on the PATH.",
    exitCode: ExitCode.usage,
  });
}

function usualCandidates(env: NodeJS.ProcessEnv, projectDir: string): Candidate[] {
  const onPath = findOnPath("terraform", env);
  const installed = installedVersions(projectDir)
    .map((version) => installedTerraformPath(projectDir, version))
    .filter(isExecutable)
    .map((path): Candidate => ({ path, source: "project" }));
  return onPath ? [{ path: onPath, source: "path" }, ...installed] : installed;
}

function installedVersions(projectDir: string): string[] {
  try {
    const versions = readdirSync(toolsFolder(projectDir)).filter((name) => valid(name) === name);
    return versions.filter((version) => gte(version, TERRAFORM_MINIMUM)).sort(rcompare);
  } catch {
    return [];
  }
}

async function examine(path: string, env: NodeJS.ProcessEnv, projectDir: string): Promise<Examined> {
  const answer = await ask(path, ["version", "-json"], {
    env: withoutExtras(terraformEnvironment(env)),
    cwd: projectDir,
  });
  if (!answer.ok) return { problem: answer.problem };
  try {
    const facts = JSON.parse(answer.stdout.slice(answer.stdout.indexOf("{"))) as Record<string, unknown>;
    const version = valid(String(facts["terraform_version"]));
    // OpenTofu answers under Terraform's key, but asks nobody whether it is outdated.
    if (version) return { version, product: "terraform_outdated" in facts ? "terraform" : "opentofu" };
  } catch {
    // Reported below, as any other answer that is not a version.
  }
  return { problem: `"terraform version -json" answered ${JSON.stringify(answer.stdout.trim().slice(0, 200))}` };
}

/** What a user sets for plan and apply has no place in a question for the version. */
function withoutExtras(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^TF_(CLI_ARGS|LOG)/.test(name)));
}

function toolsFolder(projectDir: string): string {
  return join(projectDir, ".andamio", "tools", "terraform");
}

function waysToGetOne(): string {
  return `"npm run up" gets one into .andamio; "${vendorInstallCommand()}" installs it; ANDAMIO_TERRAFORM=<path> names one.`;
}

function missing(projectDir: string): AndamioError {
  return new AndamioError({
    code: "TERRAFORM_MISSING",
    message: `Terraform ${TERRAFORM_MINIMUM} or newer is needed, and none was found`,
    where: `the PATH, and ${toolsFolder(projectDir)}`,
    fix: waysToGetOne(),
    exitCode: ExitCode.usage,
  });
}

function tooOld(candidate: Candidate, found: { version: string; product: TerraformBinary["product"] }): AndamioError {
  const name = found.product === "terraform" ? "Terraform" : "OpenTofu";
  return new AndamioError({
    code: "TERRAFORM_TOO_OLD",
    message: `${name} ${found.version} is too old: ${TERRAFORM_MINIMUM} or newer is needed`,
    where: candidate.path,
    why: "Write-only arguments, which keep secrets out of the state, and state locking in S3 came with it.",
    fix:
      candidate.source === "environment"
        ? "Let ANDAMIO_TERRAFORM name a newer one, or unset it: andamio then looks on the PATH."
        : waysToGetOne(),
    exitCode: ExitCode.usage,
  });
}

function broken(candidate: Candidate, problem: string): AndamioError {
  const fixes: Record<Candidate["source"], string> = {
    environment: "Let ANDAMIO_TERRAFORM name a Terraform that runs, or unset it: andamio then looks on the PATH.",
    path: `Make "terraform version" work in a terminal, or use another: ${waysToGetOne()}`,
    project: 'Delete it and run "npm run up", which gets it again.',
  };
  return new AndamioError({
    code: "TERRAFORM_BROKEN",
    message: "Terraform was found but does not run",
    where: candidate.path,
    why: problem,
    fix: fixes[candidate.source],
    exitCode: ExitCode.usage,
  });
}
