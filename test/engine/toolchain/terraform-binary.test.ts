import { appendFileSync, chmodSync, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findOnPath } from "../../../engine/toolchain/executable";
import {
  findTerraform,
  installedTerraformPath,
  type TerraformBinary,
} from "../../../engine/toolchain/terraform-binary";
import { vendorInstallCommand } from "../../../engine/toolchain/terraform-cli";
import { temporaryFolder, writeFile, writeProgram } from "../../support/temporary-folder";

const root = temporaryFolder();
let count = 0;

interface Fake {
  readonly version?: string;
  readonly opentofu?: boolean;
  readonly says?: string;
  readonly fails?: string;
}

/** A machine with a PATH of two folders, and a program that answers as Terraform does and notes each start. */
function machine() {
  const base = join(root, String(++count));
  const env: NodeJS.ProcessEnv = { PATH: [join(base, "bin"), join(base, "more")].join(delimiter) };
  const journal = writeFile(join(base, "journal"));
  const terraform = (path: string, { version, opentofu, says, fails }: Fake): string => {
    const facts = {
      terraform_version: version,
      platform: "linux_amd64",
      ...(opentofu ? {} : { terraform_outdated: false }),
    };
    return writeProgram(
      path,
      `require("fs").appendFileSync(${JSON.stringify(journal)}, JSON.stringify({ args: process.argv.slice(2), env: process.env }) + "\\n");
       ${fails ? `process.stderr.write(${JSON.stringify(fails)}); process.exit(1);` : ""}
       process.stdout.write(${JSON.stringify(says ?? JSON.stringify(facts))});`,
    );
  };
  return {
    base,
    env,
    projectDir: join(base, "project"),
    onPath: (fake: Fake, name = "terraform") => terraform(join(base, "bin", name), fake),
    inProject: (version: string, fake: Fake = { version }) =>
      terraform(installedTerraformPath(join(base, "project"), version), fake),
    terraform,
    starts: () =>
      readFileSync(journal, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    find: (): Promise<TerraformBinary> => {
      appendFileSync(writeFile(join(base, "project", "cdktf.json")), "{}");
      return findTerraform({ env, projectDir: join(base, "project") });
    },
    explain: async (): Promise<string> => {
      writeFile(join(base, "project", "cdktf.json"));
      const error = await findTerraform({ env, projectDir: join(base, "project") }).catch((thrown) => thrown);
      const { code, message, where, why, fix } = error as Record<string, string>;
      return [code, message, where, why, fix]
        .join("\n")
        .replaceAll(base, "<base>")
        .replace(vendorInstallCommand(), "<install command>");
    },
  };
}

test("takes terraform on the PATH, asking it once and without calls to the vendor", async () => {
  const { env, onPath, inProject, find, starts } = machine();
  const path = onPath({ version: "1.11.0" });
  inProject("1.11.4");
  Object.assign(env, {
    TF_CLI_CONFIG_FILE: "/nowhere/terraform.rc",
    TF_CLI_ARGS: "-no-color",
    TF_LOG: "TRACE",
    HOME: "/home/me",
  });
  await expect(find()).resolves.toEqual({ path, version: "1.11.0", product: "terraform", source: "path" });
  expect(starts()).toEqual([
    { args: ["version", "-json"], env: expect.objectContaining({ CHECKPOINT_DISABLE: "1", HOME: "/home/me" }) },
  ]);
  expect(Object.keys(starts()[0].env).filter((name) => /^TF_(CLI|LOG)/.test(name))).toEqual([]);
});

test("takes the newest in the project where the PATH has none, an old one or a broken one", async () => {
  for (const fake of [undefined, { version: "1.10.5" }, { fails: "No version is set for command terraform" }]) {
    const { onPath, inProject, find } = machine();
    if (fake) onPath(fake);
    inProject("1.11.4");
    const path = inProject("1.12.0");
    inProject("1.9.8");
    await expect(find()).resolves.toEqual({ path, version: "1.12.0", product: "terraform", source: "project" });
  }
});

test("passes over a download that is not finished and a file that cannot be run", async () => {
  const { onPath, projectDir, inProject, terraform, find } = machine();
  chmodSync(onPath({ version: "1.11.4" }), 0o644);
  terraform(join(projectDir, ".andamio/tools/terraform/.download-x/terraform"), { version: "1.13.0" });
  const path = inProject("1.11.4");
  await expect(find()).resolves.toMatchObject({ path, source: "project" });
});

test("takes only what ANDAMIO_TERRAFORM names: a path, one relative to the project, or a command", async () => {
  const { base, env, projectDir, onPath, terraform, find } = machine();
  onPath({ version: "1.11.4" });
  const tofu = onPath({ version: "1.11.2", opentofu: true }, "tofu");
  env.ANDAMIO_TERRAFORM = terraform(join(base, "other", "tf"), { version: "1.13.1" });
  await expect(find()).resolves.toMatchObject({
    path: env.ANDAMIO_TERRAFORM,
    version: "1.13.1",
    source: "environment",
  });
  terraform(join(projectDir, "bin", "tf"), { version: "1.13.2" });
  env.ANDAMIO_TERRAFORM = "bin/tf";
  await expect(find()).resolves.toMatchObject({ path: join(projectDir, "bin", "tf"), version: "1.13.2" });
  env.ANDAMIO_TERRAFORM = "tofu";
  await expect(find()).resolves.toEqual({ path: tofu, version: "1.11.2", product: "opentofu", source: "environment" });
});

test("does not take tofu on its own", async () => {
  const { onPath, find } = machine();
  onPath({ version: "1.11.2", opentofu: true }, "tofu");
  await expect(find()).rejects.toMatchObject({ code: "TERRAFORM_MISSING" });
});

test("says that there is none, and how to get one", async () => {
  expect(await machine().explain()).toMatchInlineSnapshot(`
   "TERRAFORM_MISSING
   Terraform 1.11.0 or newer is needed, and none was found
   the PATH, and <base>/project/.andamio/tools/terraform

   "npm run up" gets one into .andamio; "<install command>" installs it; ANDAMIO_TERRAFORM=<path> names one."
  `);
});

test("says which is too old", async () => {
  const { env, onPath, explain } = machine();
  const path = onPath({ version: "1.5.7" });
  expect(await explain()).toMatchInlineSnapshot(`
   "TERRAFORM_TOO_OLD
   Terraform 1.5.7 is too old: 1.11.0 or newer is needed
   <base>/bin/terraform
   Write-only arguments, which keep secrets out of the state, and state locking in S3 came with it.
   "npm run up" gets one into .andamio; "<install command>" installs it; ANDAMIO_TERRAFORM=<path> names one."
  `);
  env.ANDAMIO_TERRAFORM = path;
  expect(await explain()).toContain("Let ANDAMIO_TERRAFORM name a newer one, or unset it");
  onPath({ version: "1.11.0-rc1" });
  expect(await explain()).toContain("Terraform 1.11.0-rc1 is too old");
});

test("says what a broken one printed", async () => {
  const { env, onPath, explain } = machine();
  const path = onPath({ fails: "The specified plugin cache dir /gone cannot be opened\n" });
  expect(await explain()).toMatchInlineSnapshot(`
   "TERRAFORM_BROKEN
   Terraform was found but does not run
   <base>/bin/terraform
   The specified plugin cache dir /gone cannot be opened
   Make "terraform version" work in a terminal, or use another: "npm run up" gets one into .andamio; "<install command>" installs it; ANDAMIO_TERRAFORM=<path> names one."
  `);
  env.ANDAMIO_TERRAFORM = path;
  onPath({ says: "Terraform v1.11.4" });
  expect(await explain()).toMatch(/^TERRAFORM_BROKEN[^]*answered "Terraform v1.11.4"\nLet ANDAMIO_TERRAFORM name/);
});

test("says when ANDAMIO_TERRAFORM names nothing", async () => {
  const { env, onPath, explain } = machine();
  onPath({ version: "1.11.4" });
  env.ANDAMIO_TERRAFORM = "./nowhere";
  expect(await explain()).toMatchInlineSnapshot(`
   "TERRAFORM_MISSING
   ANDAMIO_TERRAFORM names ./nowhere, and there is no such executable
   <base>/project/nowhere

   Give it the path of a Terraform executable, or unset it: andamio then looks on the PATH."
  `);
});

test("finds .exe files by PATHEXT on Windows, whatever the case of its variables, and no scripts", () => {
  const folder = join(root, "windows");
  for (const name of ["terraform.exe", "terraform.cmd", "only.cmd"]) writeProgram(join(folder, name), "");
  const env = { Path: folder, PATHEXT: ".CMD;.exe" };
  expect(findOnPath("terraform", env, "win32")).toBe(join(folder, "terraform.exe"));
  expect(findOnPath("terraform.exe", env, "win32")).toBe(join(folder, "terraform.exe"));
  expect(findOnPath("only", env, "win32")).toBeUndefined();
  expect(existsSync(join(folder, "only.cmd"))).toBe(true);
});
