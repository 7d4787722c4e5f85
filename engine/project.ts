import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AndamioError, ExitCode } from "./errors";

/** Newest format of the side file that this version can read. */
const KNOWN_FORMAT = 1;

export interface BackendInfo {
  readonly type: "s3" | "local";
  readonly bucket?: string;
  readonly region?: string;
  readonly kms_key_arn?: string;
  readonly directory?: string;
}

/** What the engine knows about an environment: its entry in the side file. */
export interface EnvironmentInfo {
  readonly project: string;
  readonly tier: "sandbox" | "development" | "staging" | "production";
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly emulator?: string;
  readonly assume_role?: { readonly role_arn: string; readonly session_name: string; readonly external_id?: string };
  readonly backend: BackendInfo;
}

export interface ResourceInfo {
  readonly path: string;
  readonly source?: string;
  readonly via?: string;
  readonly configuration?: string;
}

/** One Terraform state: its entry in the side file, and where it lies. */
export interface StackInfo {
  readonly id: string;
  readonly environment?: string;
  /** Ids of the stacks that it takes values from. */
  readonly dependencies: readonly string[];
  /** Names of the remote states made for references between stacks, with the stack that each reads. */
  readonly remoteStates: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, ResourceInfo>>;
  /** Folder with the stack's `cdk.tf.json`, in which Terraform runs. */
  readonly directory: string;
}

interface SideFile {
  readonly format_version: string;
  readonly environments: Readonly<Record<string, EnvironmentInfo>>;
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly environment?: string;
        readonly dependencies: readonly string[];
        readonly remote_states: Readonly<Record<string, string>>;
        readonly resources: Readonly<Record<string, ResourceInfo>>;
      }
    >
  >;
}

/** What was synthesized: environments and stacks, as the side file tells them. */
export class Project {
  constructor(
    readonly outdir: string,
    readonly environments: Readonly<Record<string, EnvironmentInfo>>,
    /** Every stack; a stack comes after those that it depends on. */
    readonly stacks: readonly StackInfo[],
  ) {}

  /** @throws AndamioError UNKNOWN_ENVIRONMENT */
  environment(name: string): EnvironmentInfo {
    const environment = this.environments[name];
    if (environment) return environment;
    throw new AndamioError({
      code: "UNKNOWN_ENVIRONMENT",
      message: `There is no environment "${name}": there ${listed(Object.keys(this.environments))}.`,
      fix: "Use one that the program makes, or define it and hand it to validateEnvironments().",
      exitCode: ExitCode.usage,
    });
  }

  /**
   * The stacks of an environment in the order in which they are applied.
   * @param globs which of them: `dev-net*` or `net*`; none means all
   * @throws AndamioError UNKNOWN_ENVIRONMENT, or NO_STACK_MATCHES when a glob matches none
   */
  stacksOf(environment: string, globs: readonly string[] = []): StackInfo[] {
    this.environment(environment);
    const stacks = this.stacks.filter((stack) => stack.environment === environment);
    if (globs.length === 0) return stacks;
    const matches = (stack: StackInfo, glob: string): boolean =>
      [stack.id, stack.id.slice(environment.length + 1)].some((name) => globPattern(glob).test(name));
    const idle = globs.find((glob) => !stacks.some((stack) => matches(stack, glob)));
    if (idle !== undefined) {
      throw new AndamioError({
        code: "NO_STACK_MATCHES",
        message: `No stack of ${environment} matches "${idle}": there ${listed(stacks.map(({ id }) => id))}.`,
        fix: "Name a stack, or a glob in quotes such as 'net*'.",
        exitCode: ExitCode.usage,
      });
    }
    return stacks.filter((stack) => globs.some((glob) => matches(stack, glob)));
  }

  /** @throws AndamioError UNKNOWN_STACK */
  stack(id: string): StackInfo {
    const stack = this.stacks.find((candidate) => candidate.id === id);
    if (stack) return stack;
    throw new AndamioError({
      code: "UNKNOWN_STACK",
      message: `There is no stack "${id}".`,
      fix: "Run andamio list to see what there is.",
      exitCode: ExitCode.usage,
    });
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "is none" : `are ${names.join(", ")}`;
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

/**
 * Reads what was synthesized into `outdir`.
 * @throws AndamioError NOT_SYNTHESIZED, SIDE_FILE_NEWER
 */
export function readProject(outdir: string): Project {
  const file = join(outdir, "andamio.json");
  if (!existsSync(file)) {
    throw new AndamioError({
      code: "NOT_SYNTHESIZED",
      message: `${file} is not there: nothing was synthesized, or not by Andamio's synth().`,
      fix: "Let main.ts end with synth(app) and run andamio synth.",
      exitCode: ExitCode.usage,
    });
  }
  const sideFile = JSON.parse(readFileSync(file, "utf8")) as SideFile;
  if (Number.parseInt(sideFile.format_version, 10) > KNOWN_FORMAT) {
    throw new AndamioError({
      code: "SIDE_FILE_NEWER",
      message: `${file} has format ${sideFile.format_version}, this andamio reads ${KNOWN_FORMAT}.x.`,
      fix: "Update andamio: npm install --save-dev andamio@latest.",
      exitCode: ExitCode.usage,
    });
  }
  const stacks = Object.entries(sideFile.stacks).map(([id, { remote_states, ...entry }]): StackInfo => {
    return { id, ...entry, remoteStates: remote_states, directory: join(outdir, "stacks", id) };
  });
  return new Project(outdir, sideFile.environments, inDependencyOrder(stacks));
}

/** Depth first, by name: the same order each time. cdktf has refused circles before. */
function inDependencyOrder(stacks: readonly StackInfo[]): StackInfo[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const ordered = new Set<StackInfo>();
  const visit = (stack: StackInfo): void => {
    if (ordered.has(stack)) return;
    for (const dependency of stack.dependencies) {
      const upstream = byId.get(dependency);
      if (upstream) visit(upstream);
    }
    ordered.add(stack);
  };
  for (const stack of [...stacks].sort((a, b) => (a.id < b.id ? -1 : 1))) visit(stack);
  return [...ordered];
}
