import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorUnreachable } from "../diagnose";
import { emulatorHealth, type EmulatorHealth } from "./health";
import { AndamioError, ExitCode } from "../errors";
import { isAlive } from "../process";
import { findMoto, installMoto, type MotoRuntime } from "../toolchain/python";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const POLL_MS = 100;

/** An emulator that answers. */
export interface RunningEmulator {
  readonly url: string;
  /** `own`: started by Andamio in this project. `given`: named by ANDAMIO_EMULATOR. */
  readonly source: "own" | "given";
  readonly health: EmulatorHealth;
  /** Where it writes what goes wrong, if it is ours. */
  readonly logFile?: string;
}

export interface EmulatorOptions {
  /** The folder of cdktf.json: everything is kept in its `.andamio/emulator`. */
  readonly projectDir: string;
  /** The folder of this package: its `emulator/` holds the extension. */
  readonly packageDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** One line for each thing that takes its time. */
  readonly onProgress?: (line: string) => void;
}

interface EmulatorRecord {
  readonly url: string;
  readonly pid: number;
}

/**
 * The emulator of this run: the one that ANDAMIO_EMULATOR names, or the project's own if it runs.
 * @returns undefined when there is none
 * @throws AndamioError EMULATOR_UNREACHABLE when ANDAMIO_EMULATOR names one that does not answer
 */
export async function runningEmulator({ projectDir, env }: EmulatorOptions): Promise<RunningEmulator | undefined> {
  const given = env["ANDAMIO_EMULATOR"]?.replace(/\/+$/, "");
  const record = readRecord(projectDir);
  // `andamio env` names the project's own one too: that stays the project's own.
  if (given && given !== record?.url) {
    const health = await emulatorHealth(given);
    if (!health) throw emulatorUnreachable(given);
    return { url: given, source: "given", health };
  }
  const health = record && (await emulatorHealth(record.url));
  if (!record || !health) return undefined;
  return { url: record.url, source: "own", health, logFile: files(projectDir).log };
}

/**
 * The running emulator, or a new one on a free port of this machine, when it answers.
 * @throws AndamioError EMULATOR_UNREACHABLE, EMULATOR_FAILED, PYTHON_MISSING, EMULATOR_INSTALL_FAILED
 */
export async function startEmulator(
  options: EmulatorOptions,
): Promise<RunningEmulator & { readonly started: boolean }> {
  const running = await runningEmulator(options);
  if (running) return { ...running, started: false };
  const unlock = await startLock(options.projectDir);
  try {
    // Somebody else may have started it while this waited.
    const meanwhile = await runningEmulator(options);
    if (meanwhile) return { ...meanwhile, started: false };
    const runtime = await obtainMoto(options);
    return { ...(await launch(options, runtime)), started: true };
  } finally {
    unlock();
  }
}

/**
 * Stops the project's own emulator. Everything in it, state included, is gone then.
 * @returns false when none ran
 */
export async function stopEmulator({ projectDir }: Pick<EmulatorOptions, "projectDir">): Promise<boolean> {
  const record = readRecord(projectDir);
  const running = record !== undefined && (await emulatorHealth(record.url)) !== undefined && isAlive(record.pid);
  if (running) {
    process.kill(record.pid, "SIGTERM");
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (isAlive(record.pid) && Date.now() < deadline) await sleep(POLL_MS);
    if (isAlive(record.pid)) process.kill(record.pid, "SIGKILL");
  }
  rmSync(files(projectDir).record, { force: true });
  rmSync(files(projectDir).ready, { force: true });
  return running;
}

/** The private environment under `.andamio` is made when no moto is found elsewhere. */
async function obtainMoto({ projectDir, packageDir, env, onProgress }: EmulatorOptions): Promise<MotoRuntime> {
  const found = await findMoto({ env, projectDir });
  if (found) return found;
  onProgress?.("Installing moto, the AWS emulator, into .andamio/emulator/venv");
  const requirementsFile = join(packageDir, "emulator", "requirements.txt");
  return installMoto({ projectDir, env, requirementsFile, onProgress });
}

async function launch(options: EmulatorOptions, runtime: MotoRuntime): Promise<RunningEmulator> {
  const { projectDir, packageDir, env, onProgress } = options;
  const { directory, log, ready } = files(projectDir);
  mkdirSync(directory, { recursive: true });
  rmSync(ready, { force: true });
  const port = runtime.extension ? 0 : await freePort();
  const [program, args] = runtime.extension
    ? [runtime.python, ["-m", "andamio_emulator", "--host", "127.0.0.1", "--port", "0", "--ready-file", ready]]
    : [runtime.server, ["-H", "127.0.0.1", "-p", String(port)]];
  if (!runtime.extension)
    onProgress?.("This moto has no Python that the extension can be loaded into: it runs without");
  const pythonPath = [join(packageDir, "emulator"), env["PYTHONPATH"]].filter(Boolean).join(delimiter);
  const output = openSync(log, "w");
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...env, PYTHONPATH: pythonPath, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", output, output],
    detached: true,
    windowsHide: true,
  });
  closeSync(output);
  let ended = false;
  let interrupted = false;
  const interrupt = (): void => void (interrupted = true);
  child.on("error", () => (ended = true));
  child.on("exit", () => (ended = true));
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!ended && !interrupted && Date.now() < deadline) {
      const url = runtime.extension ? readyUrl(ready) : `http://127.0.0.1:${port}`;
      const health = url === undefined ? undefined : await emulatorHealth(url);
      if (url !== undefined && health) {
        const record: Partial<EmulatorRecord> = { url, pid: child.pid };
        writeFileSync(files(projectDir).record, JSON.stringify(record));
        child.unref();
        return { url, source: "own", health, logFile: log };
      }
      await sleep(POLL_MS);
    }
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
  child.kill("SIGKILL");
  if (interrupted) throw startInterrupted();
  throw new AndamioError({
    code: "EMULATOR_FAILED",
    message: ended ? "The AWS emulator ended before it answered." : "The AWS emulator did not answer within a minute.",
    where: log,
    why: lastLines(log),
    fix: "Mend what it names, or start one yourself (moto_server -p 5000) and name it in ANDAMIO_EMULATOR.",
  });
}

function startInterrupted(): AndamioError {
  return new AndamioError({
    code: "INTERRUPTED",
    message: "Interrupted while the AWS emulator was starting: it is stopped again.",
    fix: "Run the same command again.",
    exitCode: ExitCode.interrupted,
  });
}

function files(projectDir: string): { directory: string; record: string; ready: string; log: string; lock: string } {
  const directory = join(projectDir, ".andamio", "emulator");
  const at = (name: string): string => join(directory, name);
  return {
    directory,
    record: at("emulator.json"),
    ready: at("ready.json"),
    log: at("emulator.log"),
    lock: at("start.lock"),
  };
}

function readRecord(projectDir: string): EmulatorRecord | undefined {
  const { record } = files(projectDir);
  return existsSync(record) ? (JSON.parse(readFileSync(record, "utf8")) as EmulatorRecord) : undefined;
}

function readyUrl(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { port } = JSON.parse(readFileSync(file, "utf8")) as { port: number };
  return `http://127.0.0.1:${port}`;
}

/** One start at a time. A lock whose process is gone was left by a run that was killed. */
async function startLock(projectDir: string): Promise<() => void> {
  const { directory, lock } = files(projectDir);
  mkdirSync(directory, { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      await sleep(POLL_MS);
      const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
      if (holder === 0 || !isAlive(holder)) rmSync(lock, { force: true });
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(-5).join("\n") : "";
}

/** The emulator that `--emulator` without a URL means. @throws AndamioError EMULATOR_NOT_RUNNING */
export async function requireEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const running = await runningEmulator(options);
  if (running) return running;
  throw new AndamioError({
    code: "EMULATOR_NOT_RUNNING",
    message: "No AWS emulator is running for this project.",
    fix: "Start it with npx andamio emulator start, or bring up the whole of dev with npm run up.",
    exitCode: ExitCode.usage,
  });
}
