import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type RunResult } from "./process";
import type { StackInfo } from "./project";
import { TERRAFORM_LOCK_FILE } from "./stack-folders";
import { terraformEnvironment } from "./toolchain/terraform-cli";

export interface TerraformOptions {
  /** Path of the executable. */
  readonly binary: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder for the full logs of this run: one file a stack. */
  readonly logDir: string;
  /** Colours in Terraform's text. */
  readonly color: boolean;
  /** How long to wait for a state lock, as Terraform writes durations. @default "0s" */
  readonly lockTimeout?: string;
  /** How many resources Terraform works on at once. @default 10, Terraform's own */
  readonly parallelism?: number;
  /** False leaves the state as it is remembered instead of asking AWS. @default true */
  readonly refresh?: boolean;
  /** Every line that Terraform prints. */
  readonly onLine?: (stack: StackInfo, line: string) => void;
}

/** The part of Terraform's state JSON that is used: what a stack makes lies in the root module. */
interface StateJson {
  readonly values?: { readonly root_module?: { readonly resources?: readonly { readonly address: string }[] } };
}

interface PlanOptions {
  readonly destroy?: boolean;
  /** Neither logged nor shown. @default false */
  readonly quiet?: boolean;
}

/** What AWS SDKs take from the environment and an emulated run must not. */
const CREDENTIAL_VARIABLES = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/** The Terraform processes of one run, in the folders of the stacks. Each returns what the process returned: nothing is parsed. */
export class Terraform {
  constructor(
    private readonly options: TerraformOptions,
    emulated: boolean,
  ) {
    this.env = terraformEnvironment(options.env);
    if (emulated) for (const name of CREDENTIAL_VARIABLES) delete this.env[name];
  }

  private readonly env: NodeJS.ProcessEnv;

  /** Where everything that Terraform printed about a stack is kept. */
  logFile(stack: StackInfo): string {
    return join(this.options.logDir, `${stack.id}.log`);
  }

  /** `terraform init`, unless it was done with the same backend, providers and lock file before. */
  async init(stack: StackInfo): Promise<RunResult | undefined> {
    const marker = join(stack.directory, ".terraform", "andamio-init");
    const wanted = initInputs(stack);
    if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return undefined;
    const result = await this.run(stack, ["init", "-input=false"]);
    if (result.exitCode === 0) {
      mkdirSync(join(stack.directory, ".terraform"), { recursive: true });
      writeFileSync(marker, initInputs(stack));
    }
    return result;
  }

  /** `terraform plan`: 0 no changes, 2 changes, else failed. */
  plan(stack: StackInfo, planFile: string, options: PlanOptions = {}): Promise<RunResult> {
    const args = ["plan", "-input=false", "-detailed-exitcode", `-out=${planFile}`, ...this.planFlags()];
    return this.run(stack, options.destroy ? [...args, "-destroy"] : args, { quiet: options.quiet });
  }

  /** The plan as Terraform's JSON: values in clear, so it is not logged. */
  async showJson(stack: StackInfo, planFile: string): Promise<{ result: RunResult; value: unknown }> {
    const result = await this.run(stack, ["show", "-json", planFile], { quiet: true });
    return { result, value: result.exitCode === 0 ? JSON.parse(result.stdout) : undefined };
  }

  /** Applies a saved plan. */
  apply(stack: StackInfo, planFile: string): Promise<RunResult> {
    const { parallelism } = this.options;
    const flags = parallelism === undefined ? [] : [`-parallelism=${parallelism}`];
    return this.run(stack, ["apply", "-input=false", ...this.lockFlags(), ...flags, planFile]);
  }

  /** The stack's outputs as Terraform's JSON; `{}` before the first apply. */
  async outputs(stack: StackInfo): Promise<{ result: RunResult; values: Record<string, OutputValue> }> {
    const result = await this.run(stack, ["output", "-json"], { quiet: true });
    const values = result.exitCode === 0 ? (JSON.parse(result.stdout || "{}") as Record<string, OutputValue>) : {};
    return { result, values };
  }

  /** Addresses of what the stack's state holds; none before the first apply. Values are in clear in it, so it is not logged. */
  async stateAddresses(stack: StackInfo): Promise<{ result: RunResult; addresses: string[] }> {
    const result = await this.run(stack, ["show", "-json"], { quiet: true });
    if (result.exitCode !== 0) return { result, addresses: [] };
    const { values } = JSON.parse(result.stdout) as StateJson;
    return { result, addresses: (values?.root_module?.resources ?? []).map(({ address }) => address) };
  }

  private run(stack: StackInfo, args: readonly string[], { quiet = false } = {}): Promise<RunResult> {
    const [verb = "", ...rest] = args;
    const color = this.options.color && !quiet ? [] : ["-no-color"];
    return run(this.options.binary, [verb, ...color, ...rest], {
      cwd: stack.directory,
      env: this.env,
      ...(quiet ? {} : { logFile: this.logFile(stack), onLine: (line: string) => this.options.onLine?.(stack, line) }),
    });
  }

  private planFlags(): string[] {
    const { parallelism, refresh } = this.options;
    return [
      ...this.lockFlags(),
      ...(parallelism === undefined ? [] : [`-parallelism=${parallelism}`]),
      ...(refresh === false ? ["-refresh=false"] : []),
    ];
  }

  private lockFlags(): string[] {
    return this.options.lockTimeout === undefined ? [] : [`-lock-timeout=${this.options.lockTimeout}`];
  }
}

export interface OutputValue {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** Everything that decides what `init` does: the backend, the providers asked for, their pins, and where they come from. */
function initInputs(stack: StackInfo): string {
  const { terraform } = JSON.parse(readFileSync(join(stack.directory, "cdk.tf.json"), "utf8")) as {
    terraform: unknown;
  };
  const lock = join(stack.directory, TERRAFORM_LOCK_FILE);
  const inputs = [
    JSON.stringify(terraform),
    existsSync(lock) ? readFileSync(lock, "utf8") : "",
    linkTarget(join(stack.directory, "terraform.d", "plugins")),
  ];
  return createHash("sha256").update(inputs.join("\0")).digest("hex");
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}
