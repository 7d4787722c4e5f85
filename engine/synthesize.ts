import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AndamioError, ExitCode } from "./errors";
import { runProgram, type WaitingThread } from "./program";
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
  /** A thread in which the program may run. */
  readonly waiting?: WaitingThread;
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
  const words = appCommand(projectDir);
  const env: NodeJS.ProcessEnv = { ...options.env, CDKTF_OUTDIR: outdir };
  if (emulator === undefined) delete env["ANDAMIO_EMULATOR"];
  else env["ANDAMIO_EMULATOR"] = emulator;
  // cdktf makes the last folder of this path only.
  mkdirSync(outdir, { recursive: true });
  const result = await runProgram(words, { cwd: projectDir, env, waiting: options.waiting });
  if (result.interrupted) {
    throw new AndamioError({
      code: "INTERRUPTED",
      message: "Interrupted while synthesizing: nothing was changed.",
      fix: "Run the same command again.",
      exitCode: ExitCode.interrupted,
    });
  }
  if (result.exitCode !== 0) {
    const message = `${result.stdout}${result.stderr}`.trim() || `${words.join(" ")} ended with ${result.exitCode}.`;
    const exitCode = [ExitCode.usage, ExitCode.refused].find((code) => code === result.exitCode) ?? ExitCode.failed;
    throw refused(message, exitCode);
  }
  if (result.stderr.trim() !== "") options.onWarnings?.(result.stderr.trim());
  const project = readProject(outdir);
  removeStaleStacks(outdir, new Set(project.stacks.map(({ id }) => id)));
  return project;
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
  const app = appOf(file);
  const words = [...app.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  if (words.length > 0) return words;
  throw new AndamioError({
    code: "NO_APP",
    message: `${file} names no program to run.`,
    fix: 'Set "app" there, for instance to "node bin/app.js".',
    exitCode: ExitCode.usage,
  });
}

function appOf(file: string): string {
  try {
    const { app } = JSON.parse(readFileSync(file, "utf8")) as { app?: unknown };
    return typeof app === "string" ? app : "";
  } catch (cause) {
    throw new AndamioError({
      code: "NO_PROJECT",
      message: `${file} is no JSON: ${(cause as Error).message}`,
      fix: "Mend it there.",
      exitCode: ExitCode.usage,
      cause,
    });
  }
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
