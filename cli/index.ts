import { CommanderError } from "commander";
import type { WaitingThread } from "../engine/program";
import { AndamioError, ExitCode, isAndamioError } from "../engine/errors";
import { isSet } from "./flag-variables";
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
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const terminal = new Terminal({ env, json: argv.includes("--json") || isSet(env["ANDAMIO_JSON"]), argv });
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

/** Whoever read has gone (`andamio plan dev | head`): nobody is left to tell, and what was begun, an apply for one, goes on to its end. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
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
  const unexpected = error instanceof Error ? error : new Error(String(error));
  terminal.fail(
    new AndamioError({
      code: "UNEXPECTED",
      message: unexpected.message,
      why: "This is a mistake in andamio.",
      fix: "Run it again with ANDAMIO_DEBUG=1 and report what it prints.",
      cause: unexpected,
    }),
  );
  return ExitCode.failed;
}
