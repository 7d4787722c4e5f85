import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AndamioError, ExitCode } from "../errors";
import { writeWhole } from "../whole-file";
import { run } from "../process";
import type { Project } from "../project";
import { LOCK_FILE, TERRAFORM_LOCK_FILE } from "../stack-folders";
import { lockedVersions, type ProviderMirror } from "./provider-mirror";
import { terraformEnvironment } from "./terraform-cli";

/** The platforms that people and CI run Terraform on. */
export const LOCK_PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"] as const;

const HEADER = `# This file is maintained by "andamio lock". It pins the providers of every stack, for every platform:
# synth copies it to each stack folder as .terraform.lock.hcl.

`;

export interface LockOptions {
  readonly project: Project;
  readonly projectDir: string;
  /** Path of the Terraform executable. */
  readonly terraform: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default LOCK_PLATFORMS */
  readonly platforms?: readonly string[];
  /** Take the newest versions that the constraints allow instead of the pinned ones. @default false */
  readonly upgrade?: boolean;
  /** Take the providers from this folder instead of the registry. */
  readonly mirror?: ProviderMirror;
  readonly onLine?: (line: string) => void;
}

/**
 * Writes `provider.lock.hcl`: version and checksums of every provider that a stack asks for, for all platforms.
 * @returns the pinned version of each provider
 * @throws AndamioError LOCK_FAILED, INTERRUPTED
 */
export async function lockProviders(options: LockOptions): Promise<Record<string, string>> {
  const { project, projectDir, terraform, env, platforms = LOCK_PLATFORMS, upgrade = false, mirror } = options;
  const scratch = join(projectDir, ".andamio");
  mkdirSync(scratch, { recursive: true });
  const directory = mkdtempSync(join(scratch, "lock-"));
  const lockFile = join(projectDir, LOCK_FILE);
  try {
    writeFileSync(join(directory, "providers.tf.json"), JSON.stringify(requiredProviders(project)));
    const written = join(directory, TERRAFORM_LOCK_FILE);
    if (!upgrade && existsSync(lockFile)) writeFileSync(written, readFileSync(lockFile, "utf8"));
    const result = await run(
      terraform,
      [
        "providers",
        "lock",
        ...platforms.map((platform) => `-platform=${platform}`),
        ...(mirror ? [`-fs-mirror=${mirror.directory}`] : []),
      ],
      { cwd: directory, env: terraformEnvironment(env), onLine: (line) => options.onLine?.(line) },
    );
    if (result.interrupted) throw lockInterrupted();
    if (result.exitCode !== 0) throw lockFailed(result.stderr, mirror);
    const text = readFileSync(written, "utf8");
    writeWhole(lockFile, HEADER + text.slice(text.search(/^provider "/m)));
    return lockedVersions(text);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The providers of all stacks in one configuration, so that one lock file fits all. */
function requiredProviders(project: Project): object {
  const providers: Record<string, unknown> = {};
  for (const stack of project.stacks) {
    const { terraform } = JSON.parse(readFileSync(join(stack.directory, "cdk.tf.json"), "utf8")) as {
      terraform: { required_providers?: Record<string, unknown> };
    };
    Object.assign(providers, terraform.required_providers);
  }
  return { terraform: { required_providers: providers } };
}

function lockInterrupted(): AndamioError {
  return new AndamioError({
    code: "INTERRUPTED",
    message: `Interrupted while the providers were being locked: ${LOCK_FILE} is as it was.`,
    fix: "Run the same command again.",
    exitCode: ExitCode.interrupted,
  });
}

function lockFailed(stderr: string, mirror: ProviderMirror | undefined): AndamioError {
  return new AndamioError({
    code: "LOCK_FAILED",
    message: `terraform providers lock failed:\n${stderr.trim()}`,
    fix: mirror
      ? `Name platforms that ${mirror.directory} holds: --platform linux_amd64`
      : "Get online, or take what a local mirror holds: npx andamio lock --mirror --platform <this platform>",
    exitCode: ExitCode.failed,
  });
}
