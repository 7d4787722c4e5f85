import { join } from "node:path";
import {
  cliConfigProblem,
  hasValidCliConfig,
  terraformEnvironment,
  terraformPlatform,
  vendorInstallCommand,
} from "../../../engine/toolchain/terraform-cli";
import { temporaryFolder, writeFile } from "../../support/temporary-folder";

const root = temporaryFolder();
let count = 0;

function machine() {
  const base = join(root, String(++count));
  return { base, homeDir: join(base, "home") };
}

describe("Terraform's CLI configuration", () => {
  const block = 'provider_installation {\n  filesystem_mirror {\n    path = "/m"\n  }\n}\n';

  test.each([
    ["~/.terraformrc", "linux", "home/.terraformrc", block, true],
    ["~/.terraform.d/*.tfrc", "darwin", "home/.terraform.d/own.tfrc", block, true],
    [
      "a JSON fragment",
      "linux",
      "home/.terraform.d/own.tfrc.json",
      '{"provider_installation": [{"direct": [{}]}]}',
      true,
    ],
    ["%APPDATA%/terraform.rc", "win32", "roaming/terraform.rc", block, true],
    ["a file with credentials only", "linux", "home/.terraformrc", 'credentials "app.terraform.io" {}\n', false],
    ["a block in a comment", "linux", "home/.terraformrc", `# ${block.replaceAll("\n", "\n# ")}`, false],
    ["another platform's file", "linux", "roaming/terraform.rc", block, false],
  ])("with %s", (_case, os, file, content, expected) => {
    const { base, homeDir } = machine();
    writeFile(join(base, file), content);
    expect(hasValidCliConfig({ APPDATA: join(base, "roaming") }, homeDir, os)).toBe(expected);
  });

  test("is the file that TF_CLI_CONFIG_FILE names, and no other", () => {
    const { base, homeDir } = machine();
    writeFile(join(homeDir, ".terraformrc"), block);
    const env = { TF_CLI_CONFIG_FILE: writeFile(join(base, "own.rc"), "disable_checkpoint = true\n") };
    expect(hasValidCliConfig(env, homeDir)).toBe(false);
    writeFile(env.TF_CLI_CONFIG_FILE, block);
    expect(hasValidCliConfig(env, homeDir)).toBe(true);
    expect([cliConfigProblem(env), terraformEnvironment(env).TF_CLI_CONFIG_FILE]).toEqual([
      undefined,
      env.TF_CLI_CONFIG_FILE,
    ]);
  });

  test("is the usual one where TF_CLI_CONFIG_FILE names a missing file, which Terraform is then not told about", () => {
    const { base, homeDir } = machine();
    const env = { TF_CLI_CONFIG_FILE: join(base, "missing.rc"), AWS_REGION: "eu-west-1" };
    expect(hasValidCliConfig(env, homeDir)).toBe(false);
    writeFile(join(homeDir, ".terraformrc"), block);
    expect(hasValidCliConfig(env, homeDir, "linux")).toBe(true);
    expect(cliConfigProblem(env)).toContain("missing.rc, which does not exist");
    expect(terraformEnvironment(env)).toEqual({
      AWS_REGION: "eu-west-1",
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
    });
    expect(env).toHaveProperty("TF_CLI_CONFIG_FILE");
  });
});

test("what a shell holds for another project does not lead Terraform to another state or folder", () => {
  const env = { TF_WORKSPACE: "dev", TF_DATA_DIR: "/elsewhere", TF_LOG: "debug" };
  expect(Object.keys(terraformEnvironment(env)).sort()).toEqual([
    "CHECKPOINT_DISABLE",
    "TF_INPUT",
    "TF_IN_AUTOMATION",
    "TF_LOG",
  ]);
});

test.each([
  ["linux", "x64", "linux_amd64"],
  ["darwin", "arm64", "darwin_arm64"],
  ["win32", "x64", "windows_amd64"],
  ["win32", "arm64", "windows_amd64"],
  ["freebsd", "x64", "freebsd_amd64"],
])("Terraform calls %s on %s %s", (os, architecture, expected) => {
  expect(terraformPlatform(os, architecture)).toBe(expected);
});

test.each([
  ["darwin_arm64", "brew install hashicorp/tap/terraform"],
  ["windows_amd64", "winget install Hashicorp.Terraform"],
  [
    "linux_arm64",
    "curl -fLO https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_linux_arm64.zip" +
      " && sudo unzip terraform_1.11.4_linux_arm64.zip terraform -d /usr/local/bin",
  ],
])("knows the vendor's way to install it on %s", (platform, command) => {
  expect(vendorInstallCommand(platform)).toBe(command);
});
