import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { requireEmulator, runningEmulator, type EmulatorOptions } from "../engine/emulator/emulator";
import { emulatorHealth, emulatorUnreachable } from "../engine/emulator/health";
import type { EnvironmentRun } from "../engine/environment-run";
import type { Project } from "../engine/project";
import type { WaitingThread } from "../engine/program";
import { synthesize } from "../engine/synthesize";
import { Terraform } from "../engine/terraform";
import type { Terminal } from "./terminal";

export interface SessionOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly packageDir: string;
  /** A thread in which the program may run. */
  readonly waiting?: WaitingThread;
  readonly terminal: Terminal;
}

/** Flags of every command that works on stacks. */
export interface RunFlags {
  /** True: the project's own emulator. A URL: that one. */
  readonly emulator?: boolean | string;
  readonly lockTimeout?: string;
  readonly parallelism?: number;
  readonly refresh?: boolean;
}

/** One call of the command: where it works, and what its commands share. */
export class Session {
  readonly env: NodeJS.ProcessEnv;
  readonly packageDir: string;
  readonly terminal: Terminal;
  /** The folder of cdktf.json: this one, or the nearest above it. */
  readonly projectDir: string;
  /** Folder for the full logs of this call. */
  readonly logDir: string;
  private waiting: WaitingThread | undefined;

  constructor({ env, packageDir, waiting, terminal }: SessionOptions) {
    this.env = env;
    this.waiting = waiting;
    this.packageDir = packageDir;
    this.terminal = terminal;
    this.projectDir = findProject(process.cwd());
    const run = new Date().toISOString().replaceAll(":", "-").slice(0, 19);
    this.logDir = join(this.projectDir, ".andamio", "logs", `${run}-${process.pid}`);
  }

  get emulatorOptions(): EmulatorOptions {
    const { projectDir, packageDir, env } = this;
    return { projectDir, packageDir, env };
  }

  /**
   * URL of the emulator that the flags mean, when it answers.
   * @throws AndamioError EMULATOR_UNREACHABLE, EMULATOR_NOT_RUNNING
   */
  async emulatorUrl({ emulator }: RunFlags): Promise<string | undefined> {
    if (emulator === undefined || emulator === false) return undefined;
    if (emulator === true) return (await requireEmulator(this.emulatorOptions)).url;
    const url = emulator.replace(/\/+$/, "");
    if (!(await emulatorHealth(url))) throw emulatorUnreachable(url);
    return url;
  }

  /** Runs the program and reads what it made. An emulated run has an output folder of its own. */
  async synthesize(emulator: string | undefined, { showWarnings = true } = {}): Promise<Project> {
    const { projectDir, env, terminal } = this;
    const outdir = this.outdir(emulator);
    const onWarnings = (text: string): void => (showWarnings ? terminal.note(text) : undefined);
    const { waiting } = this;
    // It runs one program and ends.
    this.waiting = undefined;
    return terminal.step("Synthesizing", () => synthesize({ projectDir, outdir, env, emulator, onWarnings, waiting }));
  }

  /** Where the Terraform JSON is written. */
  outdir(emulator: string | undefined): string {
    return emulator === undefined ? join(this.projectDir, "cdktf.out") : this.emulatedOutdir;
  }

  /** Where the Terraform JSON of every emulated run is written. */
  get emulatedOutdir(): string {
    return join(this.projectDir, ".andamio", "emulator", "out");
  }

  /** Everything that a command on the stacks of an environment needs. */
  async openRun(name: string, globs: readonly string[], flags: RunFlags): Promise<EnvironmentRun> {
    const emulator = await this.emulatorUrl(flags);
    // Loaded where it is used: `synth` and `list` need no Terraform.
    const { findTerraform } = await import("../engine/toolchain/terraform-binary.js");
    const binary = await findTerraform({ env: this.env, projectDir: this.projectDir });
    const project = await this.synthesize(emulator);
    return this.runOn(project, name, globs, { ...flags, binary: binary.path });
  }

  /** The same, for a project that has been synthesized. */
  runOn(
    project: Project,
    name: string,
    globs: readonly string[],
    flags: Omit<RunFlags, "emulator"> & { readonly binary: string },
  ): EnvironmentRun {
    const environment = project.environment(name);
    const { env, logDir, terminal } = this;
    const terraform = new Terraform(
      { ...flags, env, logDir, color: terminal.color },
      environment.emulator !== undefined,
    );
    return { project, name, environment, stacks: project.stacksOf(name, globs), terraform };
  }

  /** The running emulator of this project, if there is one. */
  runningEmulator(): ReturnType<typeof runningEmulator> {
    return runningEmulator(this.emulatorOptions);
  }

  /** A path as a person in the working directory would type it. */
  shownPath(path: string): string {
    return relative(process.cwd(), path) || ".";
  }

  get homeDir(): string {
    return homedir();
  }
}

function findProject(from: string): string {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "cdktf.json"))) return directory;
    if (dirname(directory) === directory) return from;
  }
}
