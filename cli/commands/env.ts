import { ExitCode } from "../../engine/errors";
import { EMULATOR_CREDENTIALS } from "../../engine/state/aws";
import { findTerraform } from "../../engine/toolchain/terraform-binary";
import type { Session } from "../session";

type Shell = "sh" | "fish" | "powershell";

/** `andamio env`: for `eval "$(npx andamio env)"`. */
export async function env(
  session: Session,
  _args: readonly never[],
  { shell }: { readonly shell: Shell },
): Promise<ExitCode> {
  const { terminal } = session;
  const settings = { ...(await terraformSettings(session)), ...(await emulatorSettings(session)) };
  for (const [name, value] of Object.entries(settings)) terminal.print(assignment(shell, name, value));
  terminal.document({ settings });
  return ExitCode.done;
}

/** cdktf looks for updates at each call, which takes more than a minute where it cannot; and it may need to be told of Terraform. */
async function terraformSettings({ env: variables, projectDir }: Session): Promise<Record<string, string>> {
  const quiet = { CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" };
  // What is wrong with Terraform is for whoever runs it to say: these lines are read by a shell.
  const terraform = await findTerraform({ env: variables, projectDir }).catch(() => undefined);
  return terraform && terraform.source !== "path" ? { ...quiet, TERRAFORM_BINARY_NAME: terraform.path } : quiet;
}

/** What points cdktf, and the AWS command line, at the running emulator. */
async function emulatorSettings(session: Session): Promise<Record<string, string>> {
  const emulator = await session.runningEmulator();
  if (!emulator) return {};
  return {
    ANDAMIO_EMULATOR: emulator.url,
    AWS_ENDPOINT_URL: emulator.url,
    AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
  };
}

function assignment(shell: Shell, name: string, value: string): string {
  switch (shell) {
    case "sh":
      return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
    case "fish":
      return `set -gx ${name} '${value.replace(/[\\']/g, "\\$&")}'`;
    case "powershell":
      return `$env:${name} = '${value.replaceAll("'", "''")}'`;
  }
}
