import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with each line of stdout and stderr as it arrives, without its line break. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Everything the process prints is appended here, in the order of its arrival. */
  readonly logFile?: string;
  /** What the process reads on stdin. @default nothing: stdin is closed */
  readonly input?: string;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** True when this process was told to stop (Ctrl-C, SIGTERM) while the child ran. */
  readonly interrupted: boolean;
}

/**
 * Runs a program without a shell and waits for it.
 *
 * The first SIGINT or SIGTERM that this process gets is forwarded once and the child is left to finish: Terraform then
 * releases its lock and writes its state. A second one only says that it is being waited for. The child has a process group
 * of its own, because a terminal sends Ctrl-C to the whole group and Terraform takes a second interrupt as an order to
 * drop everything.
 */
export async function run(program: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { execa } = await import("execa");
  const log = options.logFile ? openLog(options.logFile) : undefined;
  const tap = (stream: "stdout" | "stderr") =>
    function* (line: unknown): Generator<unknown> {
      log?.write(`${String(line)}\n`);
      options.onLine?.(String(line), stream);
      yield line;
    };
  const child = execa(program, [...args], {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    reject: false,
    detached: process.platform !== "win32",
    cleanup: false,
    windowsHide: true,
    maxBuffer: 512 * 1024 * 1024,
    stripFinalNewline: false,
    stdout: tap("stdout"),
    stderr: tap("stderr"),
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
  });
  let interrupted = false;
  const forward = (signal: NodeJS.Signals): void => {
    if (interrupted) {
      process.stderr.write("Waiting for Terraform to finish: stopping it now would lose state.\n");
      return;
    }
    interrupted = true;
    process.stderr.write(`Interrupted: waiting for ${program.split(/[\\/]/).pop()} to stop in good order.\n`);
    child.kill(signal === "SIGTERM" ? "SIGTERM" : "SIGINT");
  };
  process.on("SIGINT", forward);
  process.on("SIGTERM", forward);
  try {
    const result = await child;
    return {
      exitCode: result.exitCode ?? 1,
      stdout: result.stdout,
      stderr: result.stderr || (result.exitCode === undefined ? (result.shortMessage ?? "") : ""),
      interrupted,
    };
  } finally {
    process.off("SIGINT", forward);
    process.off("SIGTERM", forward);
    log?.end();
  }
}

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  return createWriteStream(file, { flags: "a", mode: 0o600 });
}
