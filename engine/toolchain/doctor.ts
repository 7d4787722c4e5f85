import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { runningEmulator, type EmulatorOptions } from "../emulator/emulator";
import { isAndamioError } from "../errors";
import { findProviderMirror, lockedVersions, mirrorServes } from "./provider-mirror";
import { findMoto } from "./python";
import { LOCK_FILE } from "../stack-folders";
import { findTerraform } from "./terraform-binary";
import { cliConfigProblem, hasValidCliConfig } from "./terraform-cli";

/** One thing that andamio needs, and how it is with it. */
export interface Finding {
  readonly name: string;
  /** `warning`: works, with a drawback. `problem`: something does not work. */
  readonly status: "ok" | "warning" | "problem";
  readonly detail: string;
  /** What mends it. */
  readonly fix?: string;
}

const OLDEST_NODE = [20, 19] as const;

/** Looks at everything that a run depends on and changes nothing. */
export async function examine(options: EmulatorOptions): Promise<Finding[]> {
  const { projectDir, env } = options;
  return [
    node(),
    await terraform(options),
    provider(projectDir, env),
    lockFile(projectDir),
    ...cliConfiguration(env),
    ...certificates(env),
    await emulator(options),
    credentials(env),
  ];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fits = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const detail = process.versions.node;
  if (fits) return { name: "Node", status: "ok", detail };
  return { name: "Node", status: "problem", detail, fix: `Install Node ${OLDEST_NODE.join(".")} or newer.` };
}

async function terraform({ projectDir, env }: EmulatorOptions): Promise<Finding> {
  try {
    const { path, version, product } = await findTerraform({ env, projectDir });
    return { name: "Terraform", status: "ok", detail: `${product} ${version}, ${path}` };
  } catch (error) {
    if (!isAndamioError(error)) throw error;
    return { name: "Terraform", status: "problem", detail: error.message, fix: error.fix };
  }
}

function provider(projectDir: string, env: NodeJS.ProcessEnv): Finding {
  const name = "AWS provider";
  if (hasValidCliConfig(env, homedir())) {
    return { name, status: "ok", detail: "as Terraform's own CLI configuration says (provider_installation)" };
  }
  try {
    const mirror = findProviderMirror({ env, homeDir: homedir(), projectDir });
    if (!mirror) return { name, status: "ok", detail: "from the public registry: there is no local mirror" };
    const versions = mirror.versions["hashicorp/aws"]?.join(", ") ?? "";
    const lock = join(projectDir, LOCK_FILE);
    const locked = existsSync(lock) ? lockedVersions(readFileSync(lock, "utf8")) : {};
    if (mirrorServes(mirror, locked))
      return { name, status: "ok", detail: `${versions}, local mirror ${mirror.directory}` };
    return {
      name,
      status: "warning",
      detail: `the local mirror ${mirror.directory} has ${versions}, ${LOCK_FILE} pins ${locked["hashicorp/aws"]}: it comes from the registry`,
      fix: "Put the pinned version into the mirror, or run andamio lock.",
    };
  } catch (error) {
    if (!isAndamioError(error)) throw error;
    return { name, status: "problem", detail: error.message, fix: error.fix };
  }
}

function lockFile(projectDir: string): Finding {
  const file = join(projectDir, LOCK_FILE);
  if (!existsSync(file)) {
    return {
      name: "Lock file",
      status: "warning",
      detail: `there is no ${LOCK_FILE}: each machine takes the newest providers that fit`,
      fix: "Run andamio lock, and commit what it writes.",
    };
  }
  const versions = Object.entries(lockedVersions(readFileSync(file, "utf8"))).map(
    ([name, version]) => `${name} ${version}`,
  );
  return { name: "Lock file", status: "ok", detail: `${LOCK_FILE}: ${versions.join(", ")}` };
}

function cliConfiguration(env: NodeJS.ProcessEnv): Finding[] {
  const problem = cliConfigProblem(env);
  if (problem === undefined) return [];
  return [
    {
      name: "CLI configuration",
      status: "warning",
      detail: problem,
      fix: "Unset TF_CLI_CONFIG_FILE, or name a file that exists.",
    },
  ];
}

function certificates(env: NodeJS.ProcessEnv): Finding[] {
  const bundle = env["AWS_CA_BUNDLE"];
  if (!bundle || existsSync(bundle)) return [];
  return [
    {
      name: "Certificates",
      status: "problem",
      detail: `AWS_CA_BUNDLE names ${bundle}, which does not exist`,
      fix: "Unset AWS_CA_BUNDLE, or name a file that exists.",
    },
  ];
}

async function emulator(options: EmulatorOptions): Promise<Finding> {
  const name = "Emulator";
  try {
    const running = await runningEmulator(options);
    if (running) {
      if (running.health.extension)
        return { name, status: "ok", detail: `running at ${running.url}, with the extension` };
      return {
        name,
        status: "warning",
        detail: `running at ${running.url}, without Andamio's extension: about a third of the resource types will not apply`,
        fix: "Unset ANDAMIO_EMULATOR and run andamio emulator start, which loads it.",
      };
    }
    const moto = await findMoto(options);
    if (!moto)
      return { name, status: "ok", detail: "not running; moto is installed into .andamio when it is first started" };
    return { name, status: "ok", detail: `not running; moto found: ${moto.extension ? moto.python : moto.server}` };
  } catch (error) {
    if (!isAndamioError(error)) throw error;
    return { name, status: "problem", detail: error.message, fix: error.fix };
  }
}

/** Only whether there is something to try: asking AWS is what a plan does. */
function credentials(env: NodeJS.ProcessEnv): Finding {
  const name = "AWS credentials";
  const source = [
    "AWS_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  ].find((variable) => env[variable]);
  if (source) return { name, status: "ok", detail: `from ${source}` };
  if ([".aws/credentials", ".aws/config"].some((file) => existsSync(join(homedir(), file)))) {
    return { name, status: "ok", detail: "from ~/.aws" };
  }
  return {
    name,
    status: "warning",
    detail: "none found; the emulator needs none",
    fix: "Log in (aws sso login), or set AWS_PROFILE, to work on AWS.",
  };
}
