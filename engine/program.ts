import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Taken when the words run its script. */
  readonly waiting?: WaitingThread;
}

/** A thread that has been started and waits to be told what to run: `bin/app.js`. */
export interface WaitingThread {
  readonly script: string;
  readonly worker: Worker;
}

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** True when this process was told to stop while the program ran. */
  readonly interrupted: boolean;
}

interface Running {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What could not be told on stderr. */
  readonly failure: () => string;
  readonly ended: Promise<number>;
  readonly stop: () => void;
}

/**
 * Runs the program that cdktf.json names, with nothing to read. It ends by itself, quickly, and holds no lock: Ctrl-C ends it at once.
 * A program of Node runs in a thread of this process: a second Node would take a tenth of a small synth to start.
 */
export async function runProgram(words: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const [program = "", script, ...args] = words;
  const { stdout, stderr, failure, ended, stop } =
    program === "node" && script !== undefined && runsInThread(script, options)
      ? startThread(resolve(options.cwd, script), args, options)
      : startProcess(program === "node" ? process.execPath : program, words.slice(1), options);
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    stop();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const [exitCode, printed, complaints] = await Promise.all([ended, text(stdout), text(stderr)]);
    return { exitCode, stdout: printed, stderr: `${complaints}${failure()}`, interrupted };
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Flags of Node are for a process; and a thread has the working directory of its process. */
function runsInThread(script: string, { cwd }: ProgramOptions): boolean {
  return !script.startsWith("-") && cwd === process.cwd();
}

function startThread(script: string, argv: string[], { env, waiting }: ProgramOptions): Running {
  const worker =
    waiting && isSameFile(waiting.script, script)
      ? tell(waiting, argv, env)
      : new Worker(script, { argv, env, stdout: true, stderr: true });
  let failure = "";
  worker.on("error", (error: unknown) => {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  return {
    stdout: worker.stdout,
    stderr: worker.stderr,
    failure: () => failure,
    ended: new Promise((done) => worker.on("exit", done)),
    stop: () => void worker.terminate(),
  };
}

function tell({ worker }: WaitingThread, argv: string[], env: NodeJS.ProcessEnv): Worker {
  // Whoever started it let this process end without it.
  worker.ref();
  worker.postMessage({ argv, env: { ...env } });
  return worker;
}

function isSameFile(one: string, other: string): boolean {
  return existsSync(other) && realpathSync(one) === realpathSync(other);
}

function startProcess(program: string, args: readonly string[], options: ProgramOptions): Running {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  let failure = "";
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    failure: () => failure,
    ended: new Promise((done) => {
      child.on("error", (error) => {
        failure = error.message;
        done(1);
      });
      child.on("close", (code) => done(code ?? 1));
    }),
    stop: () => void child.kill(),
  };
}
