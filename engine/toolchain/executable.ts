import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";

/** What a short question to a program came to. */
export interface Answer {
  /** Whether the program ran and ended with 0. */
  readonly ok: boolean;
  readonly stdout: string;
  /** When not ok: the last lines that the program printed, or why it could not be started. */
  readonly problem: string;
}

export interface AskOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** @default 30 */
  readonly timeoutSeconds?: number;
}

/**
 * The first executable file of that name on the PATH of `env`, as a path, or undefined. On Windows with the endings of
 * PATHEXT that run without a shell (.exe and .com: a .cmd or .bat does not).
 */
export function findOnPath(name: string, env: NodeJS.ProcessEnv, os: string = process.platform): string | undefined {
  const windows = os === "win32";
  const path = Object.entries(env).find(([key]) => (windows ? key.toUpperCase() : key) === "PATH")?.[1] ?? "";
  const endings = windows && !/\.(exe|com)$/i.test(name) ? runnableEndings(env.PATHEXT) : [""];
  for (const folder of path.split(windows ? ";" : ":").filter((entry) => isAbsolute(entry)))
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (isExecutable(file)) return file;
    }
  return undefined;
}

/** Whether there is a file that this user may run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Runs a program without a shell for its answer, which is a few kilobytes at most. Never rejects. */
export function ask(program: string, args: readonly string[], options: AskOptions): Promise<Answer> {
  const seconds = options.timeoutSeconds ?? 30;
  return new Promise((resolve) => {
    const settings = { env: options.env, cwd: options.cwd, timeout: seconds * 1000, windowsHide: true } as const;
    const child = execFile(program, [...args], { ...settings, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      const printed = (stderr || stdout).trim().split(/\r?\n/).slice(-8).join("\n");
      const reason = error?.killed ? `it did not answer within ${seconds} s` : printed || error?.message || "";
      resolve({ ok: !error, stdout, problem: error ? reason : "" });
    });
    child.stdin?.end();
  });
}

function runnableEndings(pathExtensions = ".COM;.EXE"): string[] {
  return pathExtensions.split(";").filter((ending) => /^\.(exe|com)$/i.test(ending));
}
