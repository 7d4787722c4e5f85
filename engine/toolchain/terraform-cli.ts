import { existsSync, readFileSync, readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/**
 * Terraform's name of the platform of this process: `linux_amd64`, `darwin_arm64`, `windows_amd64`. Windows on ARM
 * counts as `windows_amd64`, which it runs: the vendor has no build for it of the versions that this project uses.
 */
export function terraformPlatform(os: string = process.platform, architecture: string = process.arch): string {
  if (os === "win32") return architecture === "ia32" ? "windows_386" : "windows_amd64";
  const names: Record<string, string> = { x64: "amd64", ia32: "386", arm: "arm", arm64: "arm64" };
  return `${os === "sunos" ? "solaris" : os}_${names[architecture] ?? architecture}`;
}

/** The version that `installTerraform` gets, and that this project is tested with. */
export const TERRAFORM_VERSION = "1.11.4";

/** The command with which a user installs Terraform on the whole machine, from the vendor. */
export function vendorInstallCommand(platform: string = terraformPlatform()): string {
  if (platform.startsWith("darwin_")) return "brew install hashicorp/tap/terraform";
  if (platform.startsWith("windows_")) return "winget install Hashicorp.Terraform";
  const archive = `https://releases.hashicorp.com/terraform/${TERRAFORM_VERSION}/terraform_${TERRAFORM_VERSION}_${platform}.zip`;
  return `curl -fLO ${archive} && sudo unzip ${archive.slice(archive.lastIndexOf("/") + 1)} terraform -d /usr/local/bin`;
}

/** Where Terraform would keep what it downloads, and which of a backend's states it would take: each stack has a folder and one state. */
const ELSEWHERE = ["TF_DATA_DIR", "TF_WORKSPACE"];

/**
 * The environment for Terraform's processes: a copy of `env` without questions and without calls to the vendor, without what
 * a shell may hold for another project (TF_DATA_DIR, TF_WORKSPACE: with it, the state of a stack would be an empty one), and
 * without a TF_CLI_CONFIG_FILE that names a missing file, about which Terraform prints a warning in every call.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result: NodeJS.ProcessEnv = { ...env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
  for (const name of ELSEWHERE) delete result[name];
  if (cliConfigProblem(env)) delete result.TF_CLI_CONFIG_FILE;
  return result;
}

/** One sentence when TF_CLI_CONFIG_FILE names a file that does not exist, otherwise undefined. */
export function cliConfigProblem(env: NodeJS.ProcessEnv): string | undefined {
  const file = env.TF_CLI_CONFIG_FILE;
  if (!file || existsSync(file)) return undefined;
  return `TF_CLI_CONFIG_FILE names ${file}, which does not exist: Terraform warns in every call. Unset it.`;
}

/**
 * Whether Terraform's own CLI configuration says where providers come from (a `provider_installation` block): Terraform
 * then ignores every implied mirror, and Andamio keeps out. Read as Terraform reads it in `terraformEnvironment(env)`:
 * the file that TF_CLI_CONFIG_FILE names, else `~/.terraformrc` and `~/.terraform.d/*.tfrc` (Windows:
 * `%APPDATA%/terraform.rc` and `%APPDATA%/terraform.d/*.tfrc`).
 */
export function hasValidCliConfig(env: NodeJS.ProcessEnv, homeDir: string, os: string = process.platform): boolean {
  const named = terraformEnvironment(env).TF_CLI_CONFIG_FILE;
  if (named) return saysWhereProvidersComeFrom(named);
  const base = os === "win32" ? roamingFolder(env, homeDir) : homeDir;
  const directory = join(base, os === "win32" ? "terraform.d" : ".terraform.d");
  const fragments = fileNames(directory).filter((name) => /\.tfrc(\.json)?$/.test(name));
  const files = [
    join(base, os === "win32" ? "terraform.rc" : ".terraformrc"),
    ...fragments.map((name) => join(directory, name)),
  ];
  return files.some(saysWhereProvidersComeFrom);
}

/**
 * The folders outside the working directory that Terraform searches for providers by itself, in its order.
 *
 * @param platform Terraform's name of a platform, e.g. `linux_amd64`
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function impliedMirrorDirectories(env: NodeJS.ProcessEnv, homeDir: string, platform: string): string[] {
  if (platform.startsWith("windows_")) {
    const roaming = roamingFolder(env, homeDir);
    return [join(roaming, "terraform.d", "plugins"), join(roaming, "HashiCorp", "Terraform", "plugins")];
  }
  const own = join(homeDir, ".terraform.d", "plugins");
  if (platform.startsWith("darwin_")) {
    const support = join("Library", "Application Support", "io.terraform", "plugins");
    return [own, join(homeDir, support), join("/", support)];
  }
  const data = [
    env.XDG_DATA_HOME || join(homeDir, ".local", "share"),
    ...(env.XDG_DATA_DIRS || "/usr/local/share:/usr/share").split(":"),
  ];
  return [own, ...data.filter((folder) => isAbsolute(folder)).map((folder) => join(folder, "terraform", "plugins"))];
}

function saysWhereProvidersComeFrom(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8").replace(/^\s*(#|\/\/).*$/gm, "");
    return /(^|[\s{,"])provider_installation"?\s*[{:=[]/.test(text);
  } catch {
    return false;
  }
}

function roamingFolder(env: NodeJS.ProcessEnv, homeDir: string): string {
  return env.APPDATA || join(homeDir, "AppData", "Roaming");
}

function fileNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
