import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** An empty folder, without links in its path, that is deleted after the test file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "andamio-test-")));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file and the folders above it, and returns its path. */
export function writeFile(path: string, content: string | Buffer = ""): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Writes an executable JavaScript program, run by the Node of the tests, and returns its path. */
export function writeProgram(path: string, script: string): string {
  writeFile(path, `#!${process.execPath}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
