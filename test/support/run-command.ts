import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A command that takes longer is killed, and the call rejects with what it printed. @default 420 */
  readonly timeoutSeconds?: number;
  /** Asked ten times a second; when it says yes, the command gets what Ctrl-C sends, once. */
  readonly interruptWhen?: () => boolean;
}

export interface CommandResult {
  /** The command as a person would type it. */
  readonly command: string;
  /** -1 when it was killed. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

const POLL_MS = 100;

/** Runs a program without a shell, without a terminal and without anything on stdin. Whatever it ends with is a result. */
export function runCommand(program: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const command = [program === process.execPath ? "node" : program, ...args].join(" ");
  const timeout = (options.timeoutSeconds ?? 420) * 1000;
  const started = Date.now();
  return new Promise((resolve, reject) => {
    // A group of its own, as a shell gives to each command: Ctrl-C reaches all that is in it.
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    let [stdout, stderr, interrupted] = ["", "", false];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const signalGroup = (signal: NodeJS.Signals): void => {
      if (process.platform === "win32" || child.pid === undefined) child.kill(signal);
      else process.kill(-child.pid, signal);
    };
    const watch = setInterval(() => {
      if (Date.now() - started > timeout) {
        signalGroup("SIGKILL");
        reject(new Error(`${command} did not end within ${timeout / 1000} s.\n${stdout}\n${stderr}`));
      } else if (!interrupted && options.interruptWhen?.()) {
        interrupted = true;
        signalGroup("SIGINT");
      }
    }, POLL_MS);
    child.on("error", (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ command, exitCode: code ?? -1, stdout, stderr, seconds: (Date.now() - started) / 1000 });
    });
  });
}

/** Fails with everything that a command printed unless it ended with 0. */
export function succeeded(result: CommandResult): CommandResult {
  return endedWith(0, result);
}

/** Fails with everything that a command printed unless it ended with this exit code. */
export function endedWith(exitCode: number, result: CommandResult): CommandResult {
  if (result.exitCode === exitCode) return result;
  const { command, stdout, stderr } = result;
  throw new Error(`${command} ended with ${result.exitCode}, expected ${exitCode}.\n${stdout}\n${stderr}`);
}
