import { lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, statSync, symlinkSync, unlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AndamioError, ExitCode } from "../errors";
import { impliedMirrorDirectories, terraformPlatform } from "./terraform-cli";

/** Where a provider comes from whose source names no host. */
export const REGISTRY = "registry.terraform.io";
const REQUIRED = "hashicorp/aws";
const SYSTEM_DIRECTORIES = ["/opt", "/usr/local/lib", "/usr/local/share", "/srv"];

/** A folder on this machine that Terraform can install providers from without the network. */
export interface ProviderMirror {
  /** Absolute path of the folder that holds `registry.terraform.io`. */
  readonly directory: string;
  /** `environment`: named by ANDAMIO_PROVIDER_MIRROR. `conventional`: found where such mirrors are usually kept. */
  readonly source: "environment" | "conventional";
  /**
   * Versions for the asked platform, ascending, by provider (`hashicorp/aws`; of another registry with its host in
   * front). A provider that the folder holds for other platforms only has an empty list: Terraform would look for it
   * here, in vain.
   */
  readonly versions: Readonly<Record<string, readonly string[]>>;
}

export interface FindProviderMirrorOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly homeDir: string;
  /** The folder of cdktf.json: a relative ANDAMIO_PROVIDER_MIRROR starts here. */
  readonly projectDir: string;
  /** Terraform's name of a platform, e.g. `linux_amd64`. @default the platform of this process */
  readonly platform?: string;
  /** Folders whose children may be mirrors. @default /opt, /usr/local/lib, /usr/local/share, /srv; on Windows none */
  readonly systemDirectories?: readonly string[];
}

/**
 * The filesystem mirror that holds hashicorp/aws for the platform, unpacked (`HOST/NAMESPACE/TYPE/VERSION/OS_ARCH/`) or
 * packed (`HOST/NAMESPACE/TYPE/terraform-provider-TYPE_VERSION_OS_ARCH.zip`). The first of: ANDAMIO_PROVIDER_MIRROR,
 * the folders that Terraform itself searches ("implied local mirror directories"), the children of the system's folders
 * for optional software.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 * @returns undefined when there is none: the providers then come from the registry
 * @throws AndamioError PROVIDER_MIRROR_INVALID when ANDAMIO_PROVIDER_MIRROR names a folder without the provider
 */
export function findProviderMirror(options: FindProviderMirrorOptions): ProviderMirror | undefined {
  const platform = options.platform ?? terraformPlatform();
  const named = options.env.ANDAMIO_PROVIDER_MIRROR;
  if (named) {
    const directory = resolve(options.projectDir, named);
    const versions = readVersions(directory, platform);
    if (!versions[REQUIRED]?.length) throw invalidMirror(named, directory, platform, versions);
    return { directory, source: "environment", versions };
  }
  const system = options.systemDirectories ?? (platform.startsWith("windows") ? [] : SYSTEM_DIRECTORIES);
  const candidates = [
    join(options.projectDir, "terraform.d", "plugins"),
    ...impliedMirrorDirectories(options.env, options.homeDir, platform),
    ...system.flatMap((parent) => entries(parent).map((child) => join(parent, child.name))),
  ];
  for (const directory of candidates) {
    if (!isDirectory(join(directory, REGISTRY, REQUIRED))) continue;
    const versions = readVersions(directory, platform);
    if (versions[REQUIRED]?.length) return { directory, source: "conventional", versions };
  }
  return undefined;
}

/**
 * Makes `<stackDir>/terraform.d/plugins`, which Terraform searches by itself, a link to the mirror (on Windows a
 * junction, which needs no rights). Doing it again changes nothing; a link to elsewhere is replaced; a real folder
 * there is left alone.
 *
 * @returns whether Terraform will find the mirror there
 * @throws AndamioError PROVIDER_MIRROR_LINK_FAILED when the link cannot be made
 */
export function linkProviderMirror(stackDir: string, mirror: ProviderMirror): boolean {
  const link = join(stackDir, "terraform.d", "plugins");
  try {
    const target = realpathSync(mirror.directory);
    if (isDirectory(link) && realpathSync(link) === target) return true;
    const present = lstatSync(link, { throwIfNoEntry: false });
    if (present && !present.isSymbolicLink()) return false;
    if (present) unlinkSync(link);
    mkdirSync(join(stackDir, "terraform.d"), { recursive: true });
    symlinkSync(target, link, process.platform === "win32" ? "junction" : "dir");
    return true;
  } catch (cause) {
    throw new AndamioError({
      code: "PROVIDER_MIRROR_LINK_FAILED",
      message: `Cannot link the provider mirror ${mirror.directory}: ${(cause as Error).message}`,
      where: link,
      fix: `Make ${stackDir} writable, or name the mirror in Terraform's CLI configuration (provider_installation).`,
      cause,
    });
  }
}

/** Takes away what `linkProviderMirror` made, and nothing else. Without a link there it does nothing. */
export function unlinkProviderMirror(stackDir: string): void {
  const link = join(stackDir, "terraform.d", "plugins");
  if (!lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  unlinkSync(link);
  if (readdirSync(join(stackDir, "terraform.d")).length === 0) rmdirSync(join(stackDir, "terraform.d"));
}

/** The version that a `.terraform.lock.hcl` pins, by provider (`hashicorp/aws`, as in `ProviderMirror.versions`). */
export function lockedVersions(lockFileText: string): Record<string, string> {
  const versions: Record<string, string> = {};
  let provider: string | undefined;
  for (const line of lockFileText.split(/\r?\n/)) {
    const opening = /^\s*provider\s+"([^"]+)"\s*\{/.exec(line);
    if (opening) provider = providerName(opening[1]!);
    else if (/^\}/.test(line)) provider = undefined;
    const version = /^\s*version\s*=\s*"([^"]+)"/.exec(line);
    if (provider && version) versions[provider] = version[1]!;
  }
  return versions;
}

/**
 * Whether linking the mirror leaves every pinned provider installable. Terraform takes a provider that a local mirror
 * holds from there only, so a pinned version that the mirror lacks would break init; what the mirror does not hold at
 * all comes from the registry.
 */
export function mirrorServes(mirror: ProviderMirror, locked: Readonly<Record<string, string>>): boolean {
  return Object.entries(locked).every(([provider, version]) => mirror.versions[provider]?.includes(version) ?? true);
}

/** Terraform follows a link at the version's platform only, so the folders above it must be real ones. */
function readVersions(directory: string, platform: string): Record<string, string[]> {
  const versions: Record<string, string[]> = {};
  for (const host of folders(directory).filter((name) => /^[^.]+\.|^localhost/.test(name)))
    for (const namespace of folders(join(directory, host)))
      for (const type of folders(join(directory, host, namespace)))
        versions[providerName(`${host}/${namespace}/${type}`)] = typeVersions(
          join(directory, host, namespace, type),
          platform,
        );
  return versions;
}

function typeVersions(directory: string, platform: string): string[] {
  const prefix = `terraform-provider-${basename(directory)}_`;
  const suffix = `_${platform}.zip`;
  const packed = entries(directory)
    .filter((entry) => entry.name.startsWith(prefix) && entry.name.endsWith(suffix))
    .map((entry) => entry.name.slice(prefix.length, -suffix.length));
  const unpacked = folders(directory).filter((version) => isDirectory(join(directory, version, platform)));
  return [...new Set([...packed, ...unpacked])].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function invalidMirror(
  named: string,
  directory: string,
  platform: string,
  held: ProviderMirror["versions"],
): AndamioError {
  const inside = basename(directory) === REGISTRY;
  const found = held[REQUIRED]
    ? `It holds ${REQUIRED} for other platforms only.`
    : `It holds ${Object.keys(held).join(", ") || "no provider"}.`;
  return new AndamioError({
    code: "PROVIDER_MIRROR_INVALID",
    message: `ANDAMIO_PROVIDER_MIRROR names ${named}, which holds no ${REQUIRED} for ${platform}`,
    where: directory,
    why: isDirectory(directory) ? found : "There is no such folder.",
    fix: inside
      ? `Name the folder above it: ANDAMIO_PROVIDER_MIRROR=${resolve(directory, "..")}`
      : `Fill it: "terraform providers mirror -platform=${platform} ${directory}", or unset ANDAMIO_PROVIDER_MIRROR.`,
    exitCode: ExitCode.usage,
  });
}

/**
 * A provider as it is named here (`hashicorp/aws`), from its source as a configuration or a lock file may spell it: `aws`, `hashicorp/aws`, or with
 * the registry's host in front.
 */
export function providerName(source: string): string {
  if (!source.includes("/")) return `hashicorp/${source}`;
  return source.startsWith(`${REGISTRY}/`) ? source.slice(REGISTRY.length + 1) : source;
}

function entries(directory: string): { name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function folders(directory: string): string[] {
  return entries(directory)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
