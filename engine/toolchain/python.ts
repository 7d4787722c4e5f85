import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { AndamioError, ExitCode } from "../errors";
import { ask, findOnPath } from "./executable";
import { askPython, namedPython, pythonsOfProgram, pythonsOnPath } from "./python-interpreter";
import type { PythonCommand, PythonSource } from "./python-interpreter";

/** The moto that the emulator's extension is written for. */
const MOTO_VERSION = /^5\.2\./;
/** The oldest Python, as 3.x, that this moto runs on. */
const PYTHON_MINOR = 10;
const INSTALL_MINUTES = 20;
const RUNNING_ALREADY = "An emulator that already runs: ANDAMIO_EMULATOR=http://127.0.0.1:<port>.";

/** A way to start the emulator: with a Python that imports moto's server, or else without the extension. */
export type MotoRuntime =
  | {
      /** Absolute path of the interpreter. */
      readonly python: string;
      /** moto's version, e.g. `5.2.1`. */
      readonly version: string;
      readonly source: PythonSource;
      readonly extension: true;
    }
  | {
      /** Absolute path of the `moto_server` executable. */
      readonly server: string;
      readonly source: PythonSource;
      readonly extension: false;
    };

export interface FindMotoOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The folder of cdktf.json, which also holds `.andamio`. */
  readonly projectDir: string;
}

export interface InstallMotoOptions extends FindMotoOptions {
  /** Absolute path of the file of pinned requirements. */
  readonly requirementsFile: string;
  /** Called with each line that venv and pip print. */
  readonly onProgress?: (line: string) => void;
  /** Stops the installation; nothing is left behind. */
  readonly signal?: AbortSignal;
}

/**
 * A moto 5.2 on this machine. The interpreters that may have it are asked one after another, each once: ANDAMIO_PYTHON,
 * the private environment, what the first lines of `moto_server` on the PATH name, those beside it, python3 and python
 * on the PATH, `py -3`. When none imports it: `moto_server` itself, if it runs.
 *
 * @returns undefined when there is none: `installMoto` makes one
 * @throws AndamioError PYTHON_MISSING when ANDAMIO_PYTHON names no executable
 */
export async function findMoto({ env, projectDir }: FindMotoOptions): Promise<MotoRuntime | undefined> {
  const server = findOnPath("moto_server", env);
  const named = namedPython(env, projectDir);
  const candidates = [
    ...(named ? [named] : []),
    privatePython(projectDir),
    ...(server ? pythonsOfProgram(server, env) : []),
    ...pythonsOnPath(env),
  ];
  const programs = candidates.map((candidate) => candidate.program);
  for (const candidate of candidates.filter((each, index) => programs.indexOf(each.program) === index)) {
    const facts = await askPython(candidate, { env, cwd: projectDir, aboutMoto: true });
    if (facts?.moto && MOTO_VERSION.test(facts.moto))
      return { python: facts.path, version: facts.moto, source: candidate.source, extension: true };
  }
  if (!server || !(await ask(server, ["--help"], { env, cwd: projectDir })).ok) return undefined;
  return { server, source: "path", extension: false };
}

/**
 * Makes a Python environment of its own in `.andamio/emulator/venv` and installs the requirements in it with pip, which
 * takes its settings (PIP_INDEX_URL, PIP_FIND_LINKS, PIP_CERT) from `env` and from the user's pip configuration. An
 * environment that is there already, and one that did not get ready, is removed.
 *
 * @throws AndamioError PYTHON_MISSING when there is no Python 3.10 or newer that can make environments
 * @throws AndamioError EMULATOR_INSTALL_FAILED with the last lines of pip, and with exit code 130 when `signal` stopped
 * it
 */
export async function installMoto(options: InstallMotoOptions): Promise<MotoRuntime> {
  const base = await usablePython(options);
  const python = privatePython(options.projectDir);
  const folder = dirname(dirname(python.program));
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await follow(base, ["-m", "venv", folder], options);
    const quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
    await follow(python, ["-m", "pip", "install", ...quiet, "-r", options.requirementsFile], options);
    const facts = await askPython(python, { env: options.env, cwd: options.projectDir, aboutMoto: true });
    if (!facts?.moto) throw new Error("pip reported success, but the environment cannot import moto.server");
    return { python: python.program, version: facts.moto, source: "project", extension: true };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    throw installFailed(cause as Error, folder, options);
  }
}

function privatePython(projectDir: string): PythonCommand {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return { program: join(projectDir, ".andamio", "emulator", "venv", ...inside), args: [], source: "project" };
}

async function usablePython({ env, projectDir }: InstallMotoOptions): Promise<PythonCommand> {
  const named = namedPython(env, projectDir);
  const found: string[] = [];
  for (const candidate of named ? [named] : pythonsOnPath(env)) {
    const facts = await askPython(candidate, { env, cwd: projectDir });
    const [major = 0, minor = 0] = facts?.version ?? [];
    if (facts?.venv && major === 3 && minor >= PYTHON_MINOR) return candidate;
    const lack =
      facts?.venv === false ? " without the venv module (on Debian and Ubuntu: apt install python3-venv)" : "";
    found.push(`${candidate.program} ${facts ? `is Python ${major}.${minor}${lack}` : "does not run"}`);
  }
  throw new AndamioError({
    code: "PYTHON_MISSING",
    message: `The emulator needs Python 3.${PYTHON_MINOR} or newer, and none was found`,
    where: found.join("; ") || "the PATH",
    fix: `Install it (https://www.python.org/downloads), or name one: ANDAMIO_PYTHON=<path>. ${RUNNING_ALREADY}`,
    exitCode: ExitCode.usage,
  });
}

/** Runs an interpreter and hands on each line; when it fails, rejects with the last ones after it has ended. */
function follow(command: PythonCommand, args: readonly string[], options: InstallMotoOptions): Promise<void> {
  const { PYTHONHOME: _home, PYTHONPATH: _path, ...env } = options.env;
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const child = spawn(command.program, [...command.args, ...args], {
      env,
      cwd: options.projectDir,
      signal: options.signal,
      timeout: INSTALL_MINUTES * 60_000,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const input of [child.stdout, child.stderr])
      createInterface({ input }).on("line", (line) => {
        if (line.trim()) lines.push(line);
        options.onProgress?.(line);
      });
    child.on("error", (error) => lines.push(error.message));
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      const stopped = `stopped by ${signal}; it may take ${INSTALL_MINUTES} minutes`;
      reject(new Error([...lines.slice(-6), signal ? stopped : `exit code ${code}`].join("\n")));
    });
  });
}

function installFailed(cause: Error, folder: string, { signal, requirementsFile }: InstallMotoOptions): AndamioError {
  const interrupted = signal?.aborted ?? false;
  return new AndamioError({
    code: "EMULATOR_INSTALL_FAILED",
    message: interrupted
      ? "The installation of the emulator was interrupted"
      : "The emulator (moto) could not be installed",
    where: folder,
    why: interrupted ? "What was there of it is removed." : cause.message,
    fix:
      "Let pip reach a package index (PIP_INDEX_URL, PIP_FIND_LINKS), or install moto yourself: " +
      `python3 -m pip install -r ${requirementsFile}. ${RUNNING_ALREADY}`,
    exitCode: interrupted ? ExitCode.interrupted : ExitCode.failed,
    cause,
  });
}
