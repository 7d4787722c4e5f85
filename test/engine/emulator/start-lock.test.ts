import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { startLock } from "../../../engine/emulator/start-lock";
import { temporaryFolder, writeFile } from "../../support/temporary-folder";

const root = temporaryFolder();
let count = 0;
const lockFile = (): string => join(root, String(++count), "start.lock");

/** Above what any system gives to a process. */
const GONE = "4999999";
const ALIVE = String(process.ppid);

function olderBy(file: string, seconds: number): void {
  const then = Date.now() / 1000 - seconds;
  utimesSync(file, then, then);
}

test("one start at a time: the next one waits, says so once, and goes on when it is let in", async () => {
  const file = lockFile();
  const release = await startLock(file, {});
  const waited: string[] = [];
  const next = startLock(file, { onWait: () => waited.push("waiting") });
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(waited).toEqual(["waiting"]);
  release?.();
  (await next)?.();
  expect(existsSync(file)).toBe(false);
});

test.each([
  ["by a process that is gone", GONE, 0],
  ["by one whose number another has now", ALIVE, 31 * 60],
  ["by one that was killed before it wrote its number", "", 6],
])("a lock that was left behind %s holds nobody up", async (_how, content, age) => {
  const file = lockFile();
  olderBy(writeFile(file, content), age);
  const onWait = jest.fn();
  expect(await startLock(file, { onWait })).toBeDefined();
  expect(onWait).not.toHaveBeenCalled();
});

test.each([
  ["of a process that is at work", ALIVE],
  ["that is being written", ""],
])("a lock %s is waited for, until that is interrupted", async (_whose, content) => {
  const file = lockFile();
  writeFile(file, content);
  expect(await startLock(file, { signal: AbortSignal.timeout(150) })).toBeUndefined();
  expect(existsSync(file)).toBe(true);
});
