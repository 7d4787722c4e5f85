import { closeSync, openSync, readSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { AndamioError, ExitCode } from "../errors";
import { ask, findOnPath, isExecutable } from "./executable";

/** `environment`: named by ANDAMIO_PYTHON. `project`: the one under `.andamio`. `path`: what the PATH leads to. */
export type PythonSource = "environment" | "project" | "path";

/** How to start an interpreter: `py -3` has an argument of its own. */
export interface PythonCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly source: PythonSource;
}

/** What an interpreter says of itself. */
export interface PythonFacts {
  /** Absolute path of the interpreter, behind every shim. */
  readonly path: string;
  readonly version: readonly [major: number, minor: number];
  /** Whether it can make an environment with pip in it: Debian packs that apart. */
  readonly venv: boolean;
  /** The version of the moto whose server it imports; null when it imports none, or was not asked for it. */
  readonly moto: string | null;
}

// The empty first entry of the path is the working directory, where a folder may happen to be called moto.
const QUESTION = `
import json, sys
sys.path[:] = [entry for entry in sys.path if entry]
found = None
if "moto" in sys.argv:
    try:
        from importlib.metadata import version
        import moto.server
        found = version("moto")
    except Exception:
        pass
try:
    import ensurepip, venv
    able = True
except ImportError:
    able = False
print(json.dumps({"path": sys.executable, "version": sys.version_info[:2], "venv": able, "moto": found}))
`;

/** Asks an interpreter for its facts with one process start; undefined when it does not run. */
export async function askPython(
  command: PythonCommand,
  options: { env: NodeJS.ProcessEnv; cwd: string; aboutMoto?: boolean },
): Promise<PythonFacts | undefined> {
  const question = [...command.args, "-c", QUESTION, ...(options.aboutMoto ? ["moto"] : [])];
  const answer = await ask(command.program, question, options);
  if (!answer.ok) return undefined;
  try {
    return JSON.parse(answer.stdout.slice(answer.stdout.lastIndexOf('{"path"'))) as PythonFacts;
  } catch {
    return undefined;
  }
}

/**
 * The interpreter that ANDAMIO_PYTHON names (a path, relative to the project, or a command), or undefined when it is
 * not set.
 *
 * @throws AndamioError PYTHON_MISSING when there is no such executable
 */
export function namedPython(env: NodeJS.ProcessEnv, projectDir: string): PythonCommand | undefined {
  const named = env.ANDAMIO_PYTHON;
  if (!named) return undefined;
  const path = (/[\\/]/.test(named) ? undefined : findOnPath(named, env)) ?? resolve(projectDir, named);
  if (isExecutable(path)) return { program: path, args: [], source: "environment" };
  throw new AndamioError({
    code: "PYTHON_MISSING",
    message: `ANDAMIO_PYTHON names ${named}, and there is no such executable`,
    where: path,
    fix: "Give it the path of a Python interpreter, or unset it: andamio then looks on the PATH.",
    exitCode: ExitCode.usage,
  });
}

/** `python3` and `python` on the PATH, and on Windows the launcher, `py -3`. */
export function pythonsOnPath(env: NodeJS.ProcessEnv): PythonCommand[] {
  const launcher = process.platform === "win32" ? findOnPath("py", env) : undefined;
  return [
    ...fromPath([findOnPath("python3", env), findOnPath("python", env)]),
    ...(launcher ? [{ program: launcher, args: ["-3"], source: "path" as const }] : []),
  ];
}

/**
 * The interpreters that a program installed by pip or pipx may belong to: the one that its first lines name, and those
 * in its folder, in the folder of the file that it is a link to, and (on Windows, where programs lie in `Scripts`)
 * above it.
 */
export function pythonsOfProgram(program: string, env: NodeJS.ProcessEnv): PythonCommand[] {
  const folders = [dirname(program), dirname(realpathSync(program))];
  if (process.platform === "win32") folders.push(...folders.map((folder) => dirname(folder)));
  const ending = process.platform === "win32" ? ".exe" : "";
  const beside = folders.flatMap((folder) => ["python3", "python"].map((name) => join(folder, name + ending)));
  return fromPath([interpreterLine(program, env), ...beside]);
}

function fromPath(programs: readonly (string | undefined)[]): PythonCommand[] {
  return programs
    .filter((program) => program !== undefined && isExecutable(program))
    .map((program) => ({ program: program!, args: [], source: "path" }));
}

/** `#!/path/python -s`, `#!/usr/bin/env python3`, or, for long paths, a shell script whose second line has it. */
function interpreterLine(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const [first = "", second = ""] = firstBytes(program, 1024).split(/\r?\n/);
  const long = /^'''exec' "?(.*?python[^\s"]*)"? "\$0"/.exec(second)?.[1];
  if (long) return long;
  const [interpreter = "", argument = ""] = /^#!\s*(.+)/.exec(first)?.[1]?.split(/\s+/) ?? [];
  if (basename(interpreter) === "env") return argument.startsWith("python") ? findOnPath(argument, env) : undefined;
  return basename(interpreter).startsWith("python") ? interpreter : undefined;
}

function firstBytes(file: string, length: number): string {
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(length);
    return buffer.toString("latin1", 0, readSync(descriptor, buffer, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}
