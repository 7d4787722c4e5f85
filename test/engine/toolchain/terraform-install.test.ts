import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findTerraform } from "../../../engine/toolchain/terraform-binary";
import { TERRAFORM_VERSION, vendorInstallCommand } from "../../../engine/toolchain/terraform-cli";
import { installTerraform, type InstallTerraformOptions } from "../../../engine/toolchain/terraform-install";
import { temporaryFolder, writeFile } from "../../support/temporary-folder";
import { zip } from "../../support/zip";

const VERSION = "1.99.0";
const ARCHIVE = `terraform_${VERSION}_linux_amd64.zip`;
const PROGRAM = `#!${process.execPath}\nconsole.log('{"terraform_version":"${VERSION}","terraform_outdated":false}')\n`;

const root = temporaryFolder();
const servers: Server[] = [];
let count = 0;

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const sha256 = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A mirror in the layout of the vendor's site, and what it was asked for. */
async function mirror(archive: Buffer, list = `${sha256(archive)}  ${ARCHIVE}\n`, version = VERSION) {
  const requests: string[] = [];
  const files: Record<string, string | Buffer> = {
    [`/tf/${version}/terraform_${version}_linux_amd64.zip`]: archive,
    [`/tf/${version}/terraform_${version}_SHA256SUMS`]: list,
  };
  const url = await serve((request, response) => {
    requests.push(request.url ?? "");
    const body = files[request.url ?? ""];
    response.writeHead(body === undefined ? 404 : 200, { "content-length": body?.length ?? 0 }).end(body);
  });
  return { url: `${url}/tf`, requests };
}

function install(url: string, more: Partial<InstallTerraformOptions> = {}) {
  const projectDir = join(root, String(++count));
  const env = { ANDAMIO_TERRAFORM_MIRROR: url };
  const result = installTerraform({ projectDir, env, version: VERSION, platform: "linux_amd64", ...more });
  const left = (): string[] =>
    readdirSync(join(projectDir, ".andamio", "tools", "terraform"), { recursive: true }) as string[];
  return { projectDir, result, left };
}

/** What is left when nothing was installed: the folder that waits for it. */
const NOTHING: string[] = [];

const good = zip({ "LICENSE.txt": "a licence", terraform: PROGRAM });

test("installs the program of the archive, executable, and findTerraform finds it", async () => {
  const { url, requests } = await mirror(good);
  const progress: unknown[] = [];
  const { projectDir, result, left } = install(`${url}//`, { onProgress: (step) => progress.push(step) });
  const path = join(projectDir, ".andamio", "tools", "terraform", VERSION, "terraform");
  await expect(result).resolves.toEqual({ path, version: VERSION, product: "terraform", source: "project" });
  expect(left()).toEqual([VERSION, join(VERSION, "terraform")]);
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o777]).toEqual([PROGRAM, 0o755]);
  expect(requests).toEqual([`/tf/${VERSION}/terraform_${VERSION}_SHA256SUMS`, `/tf/${VERSION}/${ARCHIVE}`]);
  expect(progress.at(-1)).toEqual({ receivedBytes: good.length, totalBytes: good.length });
  await expect(findTerraform({ env: { PATH: "" }, projectDir })).resolves.toMatchObject({ path, version: VERSION });
});

test("replaces what lies in its place", async () => {
  const { url } = await mirror(good);
  const projectDir = join(root, "broken");
  const path = writeFile(join(projectDir, ".andamio", "tools", "terraform", VERSION, "terraform"), "half of it");
  await install(url, { projectDir }).result;
  expect(readFileSync(path, "utf8")).toBe(PROGRAM);
});

test("unpacks terraform.exe for Windows", async () => {
  const archive = zip({ "terraform.exe": PROGRAM });
  const name = `terraform_${VERSION}_windows_amd64.zip`;
  const url = await serve((request, response) => {
    response.end(request.url?.endsWith(name) ? archive : `${sha256(archive)} *${name}\r\n`);
  });
  const { result } = install(url, { platform: "windows_amd64" });
  expect(readFileSync((await result).path, "utf8")).toBe(PROGRAM);
});

test("sends the user and password of the mirror's URL, and shows them to nobody", async () => {
  const url = await serve((request, response) => {
    if (request.headers.authorization !== `Basic ${Buffer.from("me:p@ss").toString("base64")}`)
      response.statusCode = 401;
    response.end(request.url?.endsWith(".zip") ? good : `${sha256(good)}  ${ARCHIVE}\n`);
  });
  await install(url.replace("//", "//me:p%40ss@")).result;
  const error = await install(url.replace("//", "//me:wrong@")).result.catch((thrown) => thrown);
  expect(error.message).toBe("Terraform cannot be downloaded: the server answered 401 Unauthorized");
  expect(JSON.stringify(error)).not.toContain("wrong");
});

test("refuses an archive that SHA256SUMS does not confirm, and deletes it", async () => {
  const { url } = await mirror(good, `${"0".repeat(64)}  ${ARCHIVE}\n`);
  const { result, left } = install(url);
  await expect(result).rejects.toMatchObject({
    code: "TERRAFORM_CHECKSUM",
    message: `The downloaded Terraform is not the vendor's: its SHA-256 is ${sha256(good)}, expected ${"0".repeat(64)}`,
    where: `${url}/${VERSION}/${ARCHIVE}`,
  });
  expect(left()).toEqual(NOTHING);
});

test("believes the pinned checksum, not the mirror's own list", async () => {
  const { url } = await mirror(
    good,
    `${sha256(good)}  terraform_${TERRAFORM_VERSION}_linux_amd64.zip\n`,
    TERRAFORM_VERSION,
  );
  const { result, left } = install(url, { version: undefined });
  await expect(result).rejects.toMatchObject({
    code: "TERRAFORM_CHECKSUM",
    message: expect.stringContaining("expected 1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc"),
    why: "The expected value is pinned in andamio. The file was deleted.",
  });
  expect(left()).toEqual(NOTHING);
});

test("fails where the list does not name the archive", async () => {
  const { url, requests } = await mirror(good, `${sha256(good)}  terraform_${VERSION}_linux_arm64.zip\n`);
  await expect(install(url).result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: `Terraform cannot be downloaded: it does not list ${ARCHIVE}`,
  });
  expect(requests).toHaveLength(1);
});

test("fails with URL, status and fix on a mirror with another layout", async () => {
  const { url } = await mirror(good);
  const { result, left } = install(`${url}/terraform`);
  await expect(result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: "Terraform cannot be downloaded: the server answered 404 Not Found",
    where: `${url}/terraform/${VERSION}/terraform_${VERSION}_SHA256SUMS`,
    why: undefined,
    fix:
      `Install it with "${vendorInstallCommand()}", or set ANDAMIO_TERRAFORM_MIRROR to the URL of a mirror of ` +
      "https://releases.hashicorp.com/terraform.",
    exitCode: 1,
  });
  expect(left()).toEqual(NOTHING);
});

test("fails when nothing listens, and says that a proxy is not used", async () => {
  const url = await serve(() => undefined);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  const env = { ANDAMIO_TERRAFORM_MIRROR: url, HTTPS_PROXY: "http://proxy:3128" };
  await expect(install("", { env }).result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: expect.stringContaining("ECONNREFUSED"),
    why: "HTTPS_PROXY is set, but Node's downloads do not use it: name a mirror that is reached without it.",
  });
});

test("fails on a mirror that is no URL", async () => {
  await expect(install("releases").result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: expect.stringContaining("Invalid URL"),
  });
});

test("leaves nothing of a download that breaks off", async () => {
  const url = await serve((request, response) => {
    if (!request.url?.endsWith(".zip")) return response.end(`${sha256(good)}  ${ARCHIVE}\n`);
    response.writeHead(200, { "content-length": good.length });
    return response.write(good.subarray(0, 100), () => response.destroy());
  });
  const { result, left } = install(url);
  await expect(result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: expect.stringContaining("the connection broke off"),
  });
  expect(left()).toEqual(NOTHING);
});

test("gives up on a server that falls silent", async () => {
  const url = await serve((_request, response) => void response.writeHead(200).write("0"));
  await expect(install(url, { stallSeconds: 0.1 }).result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: "Terraform cannot be downloaded: no data arrived for 0.1 s",
  });
});

test.each([
  ["announced", { "content-length": String(1024 * 1024) }],
  ["not announced", {}],
])("refuses a list that is too long, %s", async (_case, headers) => {
  const url = await serve((_request, response) => void response.writeHead(200, headers).end("0".repeat(1024 * 1024)));
  await expect(install(url).result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: "Terraform cannot be downloaded: it is larger than 64 KiB",
  });
});

test.each([
  [
    "leads out of the folder",
    zip({ "../terraform": PROGRAM, terraform: PROGRAM }),
    "invalid relative path: ../terraform",
  ],
  ["is absolute", zip({ "/tmp/terraform": PROGRAM, terraform: PROGRAM }), "absolute path: /tmp/terraform"],
  ["lies in a folder", zip({ "bin/terraform": PROGRAM }), "the archive holds no terraform"],
])("refuses an archive where a name %s", async (_case, archive, reason) => {
  const { url } = await mirror(archive);
  const { projectDir, result, left } = install(url);
  await expect(result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: `Terraform cannot be downloaded: ${reason}`,
  });
  expect(left()).toEqual(NOTHING);
  expect(readdirSync(projectDir)).toEqual([".andamio"]);
});

test("refuses an archive that is not a zip file", async () => {
  const { url } = await mirror(Buffer.from("<html>log in first</html>"));
  const { result, left } = install(url);
  await expect(result).rejects.toMatchObject({ code: "TERRAFORM_DOWNLOAD_FAILED" });
  expect(left()).toEqual(NOTHING);
});

test("stops when it is told to, with the exit code of an interruption, and leaves nothing", async () => {
  const stop = new AbortController();
  const url = await serve((request, response) => {
    if (!request.url?.endsWith(".zip")) return response.end(`${sha256(good)}  ${ARCHIVE}\n`);
    response.writeHead(200, { "content-length": good.length });
    return response.write(good.subarray(0, 100));
  });
  const { result, left } = install(url, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(result).rejects.toMatchObject({
    code: "TERRAFORM_DOWNLOAD_FAILED",
    message: "The download of Terraform was interrupted",
    exitCode: 130,
  });
  expect(left()).toEqual(NOTHING);
});

test("says which platforms it knows", async () => {
  await expect(install("http://127.0.0.1:1", { platform: "freebsd_amd64" }).result).rejects.toMatchObject({
    code: "TERRAFORM_PLATFORM",
    message:
      "andamio cannot get Terraform for freebsd_amd64: it knows darwin_amd64, darwin_arm64, linux_amd64, linux_arm64, windows_amd64",
  });
});
