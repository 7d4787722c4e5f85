import { CommanderError } from "commander";
import type { WaitingThread } from "../engine/program";
import { AndamioError, ExitCode, isAndamioError } from "../engine/errors";
import { isSet } from "./flag-variables";
import { refusedByMachine } from "./machine";
import { createProgram } from "./program";
import { Terminal } from "./terminal";

export interface MainOptions {
  /** Words after the command's name. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The folder of this package. */
  readonly packageDir: string;
  /** A thread in which the program may run. */
  readonly waiting?: WaitingThread;
}

/** Runs the command and returns the exit code of the process: README, "Exit codes". Never throws. */
export async function main({ argv, env, packageDir, waiting }: MainOptions): Promise<ExitCode> {
  const terminal = new Terminal({ env, json: argv.includes("--json") || isSet(env["ANDAMIO_JSON"]), argv });
  goOnUnheard(terminal);
  let exitCode: ExitCode = ExitCode.done;
  let help = "";
  const program = createProgram({
    env,
    packageDir,
    waiting,
    terminal,
    done: (code) => (exitCode = code),
    help: (text) => (help = text),
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return report(terminal, error, help);
  }
}

/**
 * Whoever read may have gone (`andamio plan dev | head`), and the disk that the output goes to may be full: what was begun, an apply for one, goes on
 * to its end. Only the first is no failure.
 */
function goOnUnheard(terminal: Terminal): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") return;
      process.once("exit", () => (process.exitCode ||= ExitCode.failed));
      if (stream === process.stdout) terminal.showError(refusedByMachine(error) ?? unexpected(error));
    });
}

function report(terminal: Terminal, error: unknown, help: string): ExitCode {
  if (error instanceof CommanderError) {
    // Help and version were asked for and are printed.
    if (error.exitCode === 0) return ExitCode.done;
    const message =
      error.code === "commander.help" ? `Say what to do.\n${help.trimEnd()}` : error.message.replace(/^error: /, "");
    terminal.fail(new AndamioError({ code: "USAGE", message, fix: "Run andamio help.", exitCode: ExitCode.usage }));
    return ExitCode.usage;
  }
  if (isAndamioError(error)) {
    terminal.fail(error);
    return error.exitCode;
  }
  const thrown = error instanceof Error ? error : new Error(String(error));
  terminal.fail(refusedByMachine(thrown) ?? unexpected(thrown));
  return ExitCode.failed;
}

function unexpected(cause: Error): AndamioError {
  return new AndamioError({
    code: "UNEXPECTED",
    message: cause.message,
    why: "This is a mistake in andamio.",
    fix: "Run it again with ANDAMIO_DEBUG=1 and report what it prints.",
    cause,
  });
}
