import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Called with each line of stdout and stderr as it arrives, without its line break. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Everything the process prints is appended here, in the order of its arrival. Where that cannot be, it is said once, and the process goes on. */
  readonly logFile?: string;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** True when this process was told to stop (Ctrl-C, SIGTERM) while the child ran. */
  readonly interrupted: boolean;
}

/** Whether a process came to its end by itself, and did what it was for. */
export function succeeded({ exitCode, interrupted }: RunResult): boolean {
  return exitCode === 0 && !interrupted;
}

/** Whether a process of this machine runs, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** All that a process printed. */
export function textOf({ stdout, stderr }: RunResult): string {
  return [stdout, stderr].filter((text) => text.trim() !== "").join("\n");
}

const ON_WINDOWS = process.platform === "win32";

/**
 * Runs a program without a shell, with nothing to read, and waits for it.
 *
 * The first SIGINT or SIGTERM that this process gets is forwarded once and the child is left to finish, however long that
 * takes: Terraform then releases its lock and writes its state. A second one only says that it is being waited for. The child
 * has a process group of its own, because a terminal sends Ctrl-C to the whole group and Terraform takes a second interrupt as
 * an order to drop everything.
 *
 * Windows has no signals: to forward one would kill the child where it stands. There it shares the console, which gives it
 * Ctrl-C by itself, and is waited for.
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
    detached: !ON_WINDOWS,
    cleanup: false,
    // Five seconds after a SIGTERM it would be killed, in the middle of what it writes.
    forceKillAfterDelay: false,
    // Hidden it would have a console of its own, which no Ctrl-C reaches.
    windowsHide: false,
    maxBuffer: 512 * 1024 * 1024,
    stripFinalNewline: false,
    stdout: tap("stdout"),
    stderr: tap("stderr"),
    stdin: "ignore",
  });
  let interrupted = false;
  const forward = (signal: NodeJS.Signals): void => {
    if (interrupted) {
      process.stderr.write("Waiting for Terraform to finish: stopping it now would lose state.\n");
      return;
    }
    interrupted = true;
    process.stderr.write(`Interrupted: waiting for ${program.split(/[\\/]/).pop()} to stop in good order.\n`);
    if (!ON_WINDOWS) child.kill(signal);
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

/** A log that cannot be written, on a full disk for one, must not end what is at work. */
function openLog(file: string): WriteStream {
  makeFolder(dirname(file));
  const log = createWriteStream(file, { flags: "a", mode: 0o600 });
  return log.on("error", ({ message }) => process.stderr.write(`The log ${file} cannot be written: ${message}\n`));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Said by the log, which cannot be opened without it.
  }
}
