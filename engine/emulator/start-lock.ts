import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../process";

const POLL_MS = 100;
/** Longer than it takes to write a process id. */
const EMPTY_MS = 5_000;
/** Longer than a start takes that has to install what it needs. */
const LONGEST_MS = 30 * 60_000;

export interface StartLockOptions {
  /** Told once, when another process is at it. */
  readonly onWait?: () => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/**
 * Lets one process of this machine at a time into a start.
 * @returns what lets the next one in; undefined when `signal` ended the waiting
 */
export async function startLock(file: string, { onWait, signal }: StartLockOptions): Promise<(() => void) | undefined> {
  mkdirSync(dirname(file), { recursive: true });
  for (let waiting = false; !signal?.aborted;) {
    if (taken(file)) return () => rmSync(file, { force: true });
    if (isLeftBehind(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!waiting) onWait?.();
    waiting = true;
    await sleep(POLL_MS);
  }
  return undefined;
}

function taken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/** By a run that was killed: its process is gone, or what has its number now is another. */
function isLeftBehind(file: string): boolean {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status) return false;
  const age = Date.now() - status.mtimeMs;
  if (status.size === 0) return age > EMPTY_MS;
  return age > LONGEST_MS || !isAlive(Number(textOf(file)));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Let go of in this moment: nobody holds it.
    return "";
  }
}
