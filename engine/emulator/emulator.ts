import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorHealth, emulatorUnreachable, type EmulatorHealth } from "./health";
import { startLock } from "./start-lock";
import { AndamioError, ExitCode } from "../errors";
import { isAlive } from "../process";
import { findMoto, installMoto, type MotoRuntime } from "../toolchain/python";
import { writeWhole } from "../whole-file";

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
  /** Stops a start; what it began is taken away again. */
  readonly signal?: AbortSignal;
}

interface EmulatorRecord {
  readonly url: string;
  readonly pid: number;
  readonly bootId?: string;
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
  const health = record && (await healthOf(record));
  if (!record || !health) return undefined;
  return { url: record.url, source: "own", health, logFile: files(projectDir).log };
}

/** An emulator that ended leaves its port to whoever asks next, the emulator of another project for one. */
async function healthOf({ url, bootId }: EmulatorRecord): Promise<EmulatorHealth | undefined> {
  const health = await emulatorHealth(url);
  return health?.bootId === bootId ? health : undefined;
}

/**
 * The running emulator, or a new one on a free port of this machine, when it answers.
 * @throws AndamioError EMULATOR_UNREACHABLE, EMULATOR_FAILED, PYTHON_MISSING, EMULATOR_INSTALL_FAILED, and INTERRUPTED when `signal` stopped it
 */
export async function startEmulator(
  options: EmulatorOptions,
): Promise<RunningEmulator & { readonly started: boolean }> {
  const running = await runningEmulator(options);
  if (running) return { ...running, started: false };
  const { projectDir, onProgress, signal } = options;
  const onWait = (): void => onProgress?.("Waiting for another run, which is starting it");
  const unlock = await startLock(files(projectDir).lock, { onWait, signal });
  if (!unlock) throw startInterrupted();
  try {
    // Somebody else may have started it while this waited.
    const meanwhile = await runningEmulator(options);
    if (meanwhile) return { ...meanwhile, started: false };
    const runtime = await obtainMoto(options);
    if (signal?.aborted) throw startInterrupted();
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
  const running = record !== undefined && (await healthOf(record)) !== undefined && isAlive(record.pid);
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
async function obtainMoto(options: EmulatorOptions): Promise<MotoRuntime> {
  const { projectDir, packageDir, env, onProgress, signal } = options;
  const found = await findMoto({ env, projectDir });
  if (found) return found;
  onProgress?.("Installing moto, the AWS emulator, into .andamio/emulator/venv");
  const requirementsFile = join(packageDir, "emulator", "requirements.txt");
  return installMoto({ projectDir, env, requirementsFile, onProgress, signal });
}

async function launch(options: EmulatorOptions, runtime: MotoRuntime): Promise<RunningEmulator> {
  const { projectDir, packageDir, env, onProgress, signal } = options;
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
  child.on("error", () => (ended = true));
  child.on("exit", () => (ended = true));
  try {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!ended && !signal?.aborted && Date.now() < deadline) {
      const url = runtime.extension ? readyUrl(ready) : `http://127.0.0.1:${port}`;
      const health = url === undefined ? undefined : await emulatorHealth(url, signal);
      if (url !== undefined && health) {
        const record: Partial<EmulatorRecord> = { url, pid: child.pid, bootId: health.bootId };
        writeWhole(files(projectDir).record, JSON.stringify(record));
        child.unref();
        return { url, source: "own", health, logFile: log };
      }
      await sleep(POLL_MS);
    }
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  child.kill("SIGKILL");
  if (signal?.aborted) throw startInterrupted();
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
  try {
    return JSON.parse(readFileSync(files(projectDir).record, "utf8")) as EmulatorRecord;
  } catch {
    // There is none, or it tells nothing.
    return undefined;
  }
}

function readyUrl(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { port } = JSON.parse(readFileSync(file, "utf8")) as { port: number };
  return `http://127.0.0.1:${port}`;
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
