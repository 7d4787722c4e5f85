import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findProviderMirror } from "../../engine/toolchain/provider-mirror";
import { findTerraform } from "../../engine/toolchain/terraform-binary";
import { hasValidCliConfig, terraformEnvironment } from "../../engine/toolchain/terraform-cli";
import { REPOSITORY } from "./project-copy";
import { runCommand, succeeded, type CommandResult } from "./run-command";

/** Terraform documents that are tried on the real provider, all together, by a name each. */
export type Documents = Readonly<Record<string, object>>;

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly range?: { readonly filename: string };
}

/** What the provider refused, by name of the document: its sentences. */
export type Refusals = Readonly<Record<string, readonly string[]>>;

/** No credentials of anybody, and nothing that asks AWS. */
const PROVIDER = {
  region: "eu-west-1",
  access_key: "none",
  secret_key: "none",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** One folder in which the real Terraform and the real provider look at documents, each a file, without a network. */
export class ProviderAnswers {
  private constructor(
    private readonly directory: string,
    private readonly terraform: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @throws AndamioError with what mends it, when Terraform is not there */
  static async in(directory: string, documents: Documents): Promise<ProviderAnswers> {
    const env = process.env;
    const terraform = await findTerraform({ env, projectDir: REPOSITORY });
    const answers = new ProviderAnswers(directory, terraform.path, terraformEnvironment(env));
    mkdirSync(directory, { recursive: true });
    const aws = { source: "hashicorp/aws", version: ">= 5.100.0, < 6.0.0" };
    const settings = {
      terraform: { required_providers: { aws } },
      provider: { aws: [PROVIDER, { ...PROVIDER, alias: "us", region: "us-east-1" }] },
    };
    for (const [name, document] of Object.entries({ settings, ...documents })) {
      writeFileSync(join(directory, `${name}.tf.json`), JSON.stringify(document));
    }
    const homeDir = homedir();
    const mirror = hasValidCliConfig(env, homeDir)
      ? undefined
      : findProviderMirror({ env, homeDir, projectDir: REPOSITORY });
    succeeded(
      await answers.run("init", "-no-color", "-backend=false", ...(mirror ? [`-plugin-dir=${mirror.directory}`] : [])),
    );
    return answers;
  }

  async validate(): Promise<Refusals> {
    const { stdout } = await this.run("validate", "-json");
    return refusals((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics);
  }

  async plan(): Promise<Refusals> {
    const { stdout } = await this.run("plan", "-json", "-refresh=false", "-input=false", "-lock=false");
    const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
    const messages = lines.map((line) => JSON.parse(line) as { diagnostic?: Diagnostic });
    return refusals(messages.flatMap(({ diagnostic }) => diagnostic ?? []));
  }

  private run(...args: readonly string[]): Promise<CommandResult> {
    return runCommand(this.terraform, args, { cwd: this.directory, env: this.env, timeoutSeconds: 400 });
  }
}

function refusals(diagnostics: readonly Diagnostic[]): Refusals {
  const found: Record<string, string[]> = {};
  for (const { severity, summary, detail = "", range } of diagnostics.filter(({ severity }) => severity === "error")) {
    const name = range?.filename.replace(/\.tf\.json$/, "") ?? severity;
    (found[name] ??= []).push(`${summary}: ${detail}`);
  }
  return found;
}
