import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AndamioError, ExitCode } from "./errors";
import { readProject, type Project } from "./project";

export interface SynthesizeOptions {
  /** The folder of cdktf.json. */
  readonly projectDir: string;
  /** Where the Terraform JSON is written. */
  readonly outdir: string;
  readonly env: NodeJS.ProcessEnv;
  /** URL of the emulator that the run is for, if any. */
  readonly emulator?: string;
  /** Told what a program that succeeded had to say: findings that do not block. */
  readonly onWarnings?: (text: string) => void;
}

/** The program refused to synthesize, or the rules refused what it wrote: its own words are the message. */
function refused(message: string, exitCode: ExitCode): AndamioError {
  if (exitCode !== ExitCode.refused) {
    return new AndamioError({
      code: "SYNTHESIS_FAILED",
      message,
      fix: "Mend what is named above and run it again.",
      exitCode,
    });
  }
  const fix = "Mend what is named above, or acknowledge() it with a reason where it is right.";
  return new AndamioError({
    code: "FINDINGS",
    message: `The rules refuse what was written.\n\n${message}\n`,
    fix,
    exitCode,
  });
}

/**
 * Runs the program that cdktf.json names, without cdktf's command line, and removes the folders of stacks that are no longer
 * made.
 * @throws AndamioError NO_PROJECT, NO_APP, SYNTHESIS_FAILED or FINDINGS with what the program printed
 */
export async function synthesize(options: SynthesizeOptions): Promise<Project> {
  const { projectDir, outdir, emulator } = options;
  const [program, ...args] = appCommand(projectDir);
  const env: NodeJS.ProcessEnv = { ...options.env, CDKTF_OUTDIR: outdir };
  if (emulator === undefined) delete env["ANDAMIO_EMULATOR"];
  else env["ANDAMIO_EMULATOR"] = emulator;
  const node = program === "node" ? process.execPath : (program ?? "");
  // cdktf makes the last folder of this path only.
  mkdirSync(outdir, { recursive: true });
  const result = await runProgram(node, args, { cwd: projectDir, env });
  if (result.interrupted) {
    throw new AndamioError({
      code: "INTERRUPTED",
      message: "Interrupted while synthesizing: nothing was changed.",
      fix: "Run the same command again.",
      exitCode: ExitCode.interrupted,
    });
  }
  if (result.exitCode !== 0) {
    const message =
      `${result.stdout}${result.stderr}`.trim() || `${[program, ...args].join(" ")} ended with ${result.exitCode}.`;
    const exitCode = [ExitCode.usage, ExitCode.refused].find((code) => code === result.exitCode) ?? ExitCode.failed;
    throw refused(message, exitCode);
  }
  if (result.stderr.trim() !== "") options.onWarnings?.(result.stderr.trim());
  const project = readProject(outdir);
  removeStaleStacks(outdir, new Set(project.stacks.map(({ id }) => id)));
  return project;
}

interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly interrupted: boolean;
}

/** The program ends by itself, quickly, and holds no lock: Ctrl-C may end it at once, and it needs nothing of `run`, which loads slowly. */
function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    const ignore = (): void => undefined;
    process.on("SIGINT", ignore);
    const end = (exitCode: number, interrupted: boolean): void => {
      process.off("SIGINT", ignore);
      resolve({ ...output, exitCode, interrupted });
    };
    child.on("error", (error) => {
      output.stderr += error.message;
      end(1, false);
    });
    child.on("close", (code, signal) => end(code ?? 1, signal === "SIGINT" || signal === "SIGTERM"));
  });
}

/** `app` of cdktf.json as words. Quotes keep words together; there is no shell. */
function appCommand(projectDir: string): string[] {
  const file = join(projectDir, "cdktf.json");
  if (!existsSync(file)) {
    throw new AndamioError({
      code: "NO_PROJECT",
      message: `There is no cdktf.json in ${projectDir}.`,
      fix: "Change to the folder of your project.",
      exitCode: ExitCode.usage,
    });
  }
  const { app } = JSON.parse(readFileSync(file, "utf8")) as { app?: string };
  const words = [...(app ?? "").matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? "",
  );
  if (words.length > 0) return words;
  throw new AndamioError({
    code: "NO_APP",
    message: `${file} names no program to run.`,
    fix: 'Set "app" there, for instance to "node bin/app.js".',
    exitCode: ExitCode.usage,
  });
}

function removeStaleStacks(outdir: string, current: ReadonlySet<string>): void {
  for (const folder of ["stacks", "plans"]) {
    const directory = join(outdir, folder);
    if (!existsSync(directory)) continue;
    for (const name of readdirSync(directory)) {
      if (!current.has(name)) rmSync(join(directory, name), { recursive: true, force: true });
    }
  }
}
