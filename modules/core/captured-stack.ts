import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where something was written. */
export interface SourceLine {
  /** First frame outside packages and `modules/`: `file:line:column`, relative to the project. */
  readonly source: string;
  /** The module's own frame, when a module made it; undefined otherwise. */
  readonly via?: string;
}

/** By generated file, where a position in it was written; put there by the runner that bundled the program (`bin/load.js`). */
const ORIGINAL_POSITIONS = Symbol.for("andamio/original-positions");
const FRAMES = 20;

/** Frames as V8 took them. They are formatted when they are first read, which costs several times what taking them does. */
export interface CapturedStack {
  /** undefined where V8 took none. */
  stack?: string | NodeJS.CallSite[];
}

/** The frames above `below`: about 10 µs. */
export function captureStack(below: (...args: never[]) => unknown): CapturedStack {
  const captured: CapturedStack = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(captured, below);
  Error.stackTraceLimit = limit;
  return captured;
}

/**
 * The line that a stack leads to.
 * @param projectDir what paths are relative to
 */
export function firstUserFrame(captured: CapturedStack, projectDir: string): SourceLine | undefined {
  let via: string | undefined;
  for (const site of callSites(captured)) {
    const frame = originalPosition(site, projectDir);
    if (!frame || frame.file.startsWith("..") || isPackaged(frame.file)) continue;
    const text = `${frame.file}:${frame.line}:${frame.column}`;
    if (!frame.file.startsWith("modules/")) return { source: text, ...(via ? { via } : {}) };
    if (!CHECKS.test(frame.file)) via ??= text;
  }
  return via ? { source: via } : undefined;
}

/** Files that only check what a module is given: the module is who called them. */
const CHECKS = /[/-]problems\.ts$/;

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type Lookup = (line: number, column: number) => Position | undefined;

/**
 * V8 formats a stack when it is first read, by whatever `prepareStackTrace` is set then: so frames can be had unformatted. A
 * generator, because the first frames are enough most of the time, and asking each for its line is what costs.
 */
function* callSites(captured: CapturedStack): Generator<Position> {
  const original = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites;
  const stack = captured.stack;
  Error.prepareStackTrace = original;
  if (Array.isArray(stack)) {
    for (const site of stack) {
      const file = site.getFileName();
      if (!file || file.startsWith("node:") || isPackaged(file)) continue;
      yield { file, line: site.getLineNumber() ?? 0, column: site.getColumnNumber() ?? 0 };
    }
    return;
  }
  for (const [, file = "", line, column] of (stack ?? "").matchAll(FRAME)) {
    if (!file.startsWith("node:") && !isPackaged(file)) yield { file, line: Number(line), column: Number(column) };
  }
}

/** `at new Vpc (/home/some one/main.js:1:2)` or `at /home/some one/main.js:1:2`. */
const FRAME = /^\s*at (?:(?:async |new )*[^\s(/\\]+(?: \[as [^\]]+\])? \()?(.+):(\d+):(\d+)\)?$/gm;

function isPackaged(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

/** Few places make many elements: each is looked up once. */
const knownPositions = new Map<string, Position | undefined>();

function originalPosition(position: Position, projectDir: string): Position | undefined {
  const key = `${projectDir} ${position.file} ${position.line} ${position.column}`;
  if (!knownPositions.has(key)) knownPositions.set(key, readPosition(position, projectDir));
  return knownPositions.get(key);
}

function readPosition(position: Position, projectDir: string): Position | undefined {
  const { file, line, column } = position;
  const lookup = (globalThis as { [ORIGINAL_POSITIONS]?: Map<string, Lookup> })[ORIGINAL_POSITIONS]?.get(file);
  const found = lookup ? lookup(line, column) : position;
  return found && { ...found, file: relativePath(projectDir, found.file) };
}

function relativePath(projectDir: string, file: string): string {
  // Node names an ES module by its URL.
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return relative(projectDir, path).split(sep).join("/");
}
