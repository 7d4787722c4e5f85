import { createWriteStream } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { download, withoutCredentials, type DownloadProgress } from "./download";
import { AndamioError, ExitCode, isAndamioError } from "../errors";
import { installedTerraformPath, type TerraformBinary } from "./terraform-binary";
import { TERRAFORM_VERSION, terraformPlatform, vendorInstallCommand } from "./terraform-cli";

/**
 * SHA-256 of the vendor's archives, by platform. Each value was found equal in at least two public records that are
 * kept apart: linux and darwin in the vendor's Homebrew tap (hashicorp/homebrew-tap, e67d13c), darwin also in
 * Yleisradio/homebrew-terraforms, linux_amd64 also in chromebrew/chromebrew, linux also in wh1t3fox/tempor (whose hash
 * of the unpacked linux_amd64 program equals that of a Terraform 1.11.4 at hand), windows in microsoft/winget-pkgs and
 * ScoopInstaller/Main (5339e9a).
 */
const CHECKSUMS: Readonly<Record<string, string>> = {
  darwin_amd64: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
  darwin_arm64: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
  linux_amd64: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
  linux_arm64: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
  windows_amd64: "4e1dc85419dda723f2bb3afdf63a0d282a2de858588d56dd57d2e4e4c4c83f2b",
};

const VENDOR_SITE = "https://releases.hashicorp.com/terraform";
const MAX_ARCHIVE_BYTES = 200 * 1024 * 1024;
const MAX_PROGRAM_BYTES = 500 * 1024 * 1024;
const MAX_LIST_BYTES = 64 * 1024;

export interface InstallTerraformOptions {
  /** The folder of cdktf.json: the result lies in its `.andamio/tools/terraform/<version>/`. */
  readonly projectDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called for every piece of the archive that arrives. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Stops the download; nothing is left behind. */
  readonly signal?: AbortSignal;
  /** @default TERRAFORM_VERSION, the only one with checksums pinned here */
  readonly version?: string;
  /** Terraform's name of a platform, e.g. `linux_amd64`. @default the platform of this process */
  readonly platform?: string;
  /** The longest time without a single byte. @default 30 */
  readonly stallSeconds?: number;
}

/**
 * Downloads Terraform from the vendor's release site, or from the mirror of it that ANDAMIO_TERRAFORM_MIRROR names: a
 * base URL with the same layout, `<base>/<version>/terraform_<version>_<os>_<arch>.zip`. The archive must have the
 * checksum pinned here; for a version without one, the checksum in `terraform_<version>_SHA256SUMS` of the same place.
 * Only the program itself is unpacked, and it is moved in place when all of it is there, so that what `findTerraform`
 * finds is whole.
 *
 * @throws AndamioError TERRAFORM_PLATFORM when there is no build for the platform
 * @throws AndamioError TERRAFORM_DOWNLOAD_FAILED when it cannot be had, with exit code 130 when `signal` stopped it
 * @throws AndamioError TERRAFORM_CHECKSUM when the archive is not the vendor's; it is deleted
 */
export async function installTerraform(options: InstallTerraformOptions): Promise<TerraformBinary> {
  const version = options.version ?? TERRAFORM_VERSION;
  const platform = options.platform ?? terraformPlatform();
  if (!CHECKSUMS[platform]) throw unknownPlatform(platform);
  const target = installedTerraformPath(options.projectDir, version);
  let temporary: string | undefined;
  try {
    const tools = dirname(dirname(target));
    await mkdir(tools, { recursive: true });
    temporary = await mkdtemp(join(tools, ".download-"));
    const program = await fetchProgram(options, version, platform, temporary);
    await mkdir(dirname(target), { recursive: true });
    await rename(program, target);
    return { path: target, version, product: "terraform", source: "project" };
  } catch (error) {
    throw isAndamioError(error) ? error : downloadFailed(target, error as Error, options);
  } finally {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  }
}

/** Downloads, verifies and unpacks into `folder`, and returns the path of the program there. */
async function fetchProgram(options: InstallTerraformOptions, version: string, platform: string, folder: string) {
  const site = `${(options.env.ANDAMIO_TERRAFORM_MIRROR || VENDOR_SITE).replace(/\/+$/, "")}/${version}`;
  const [name, list] = [`terraform_${version}_${platform}.zip`, `terraform_${version}_SHA256SUMS`];
  const failed = (file: string) => (cause: Error) => {
    throw downloadFailed(`${site}/${file}`, cause, options);
  };
  const get = (file: string, maxBytes: number, onProgress?: InstallTerraformOptions["onProgress"]): Promise<string> => {
    const { signal, stallSeconds } = options;
    const settings = { file: join(folder, file), maxBytes, onProgress, signal, stallSeconds };
    return download(`${site}/${file}`, settings).catch(failed(file));
  };
  const pinned = version === TERRAFORM_VERSION ? CHECKSUMS[platform] : undefined;
  if (!pinned) await get(list, MAX_LIST_BYTES);
  const expected = pinned ?? listedChecksum(await readFile(join(folder, list), "utf8"), name);
  if (!expected) return failed(list)(new Error(`it does not list ${name}`));
  const actual = await get(name, MAX_ARCHIVE_BYTES, options.onProgress);
  if (actual !== expected) throw wrongChecksum(`${site}/${name}`, actual, expected, pinned !== undefined);
  const program = join(folder, "program");
  const wanted = platform.startsWith("windows_") ? "terraform.exe" : "terraform";
  await unpack(join(folder, name), wanted, program).catch(failed(name));
  await chmod(program, 0o755);
  return program;
}

function listedChecksum(list: string, name: string): string | undefined {
  const lines = list.split(/\r?\n/).map((line) => /^([0-9a-f]{64})\s+\*?(\S+)$/i.exec(line.trim()));
  return lines.find((line) => line?.[2] === name)?.[1]?.toLowerCase();
}

/** Writes the one wanted entry to `target`; no name in the archive ever becomes a path. */
async function unpack(archive: string, wanted: string, target: string): Promise<void> {
  const { openPromise } = await import("yauzl");
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== wanted) continue;
      if (entry.uncompressedSize > MAX_PROGRAM_BYTES)
        throw new Error(`${wanted} in it is ${entry.uncompressedSize} bytes`);
      return await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
    }
  } finally {
    zip.close();
  }
  throw new Error(`the archive holds no ${wanted}`);
}

function unknownPlatform(platform: string): AndamioError {
  return new AndamioError({
    code: "TERRAFORM_PLATFORM",
    message: `andamio cannot get Terraform for ${platform}: it knows ${Object.keys(CHECKSUMS).join(", ")}`,
    fix: "Install or build it yourself (https://developer.hashicorp.com/terraform/install): on the PATH, or named by ANDAMIO_TERRAFORM.",
    exitCode: ExitCode.usage,
  });
}

function wrongChecksum(url: string, actual: string, expected: string, pinned: boolean): AndamioError {
  return new AndamioError({
    code: "TERRAFORM_CHECKSUM",
    message: `The downloaded Terraform is not the vendor's: its SHA-256 is ${actual}, expected ${expected}`,
    where: withoutCredentials(url),
    why: `The expected value is ${pinned ? "pinned in andamio" : "from SHA256SUMS beside it"}. The file was deleted.`,
    fix: `Try again; if it stays so, the mirror or the connection changes files. Or install it: "${vendorInstallCommand()}".`,
  });
}

function downloadFailed(url: string, cause: Error, { env, signal }: InstallTerraformOptions): AndamioError {
  const proxy = Object.keys(env).find((name) => /^https?_proxy$/i.test(name) && env[name]);
  const hint = `${proxy} is set, but Node's downloads do not use it: name a mirror that is reached without it`;
  return new AndamioError({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: signal?.aborted
      ? "The download of Terraform was interrupted"
      : `Terraform cannot be downloaded: ${cause.message}`,
    where: withoutCredentials(url),
    why: proxy && !signal?.aborted ? `${hint}.` : undefined,
    fix: `Install it with "${vendorInstallCommand()}", or set ANDAMIO_TERRAFORM_MIRROR to the URL of a mirror of ${VENDOR_SITE}.`,
    exitCode: signal?.aborted ? ExitCode.interrupted : ExitCode.failed,
    cause,
  });
}
