import { relative, sep } from "node:path";

/** Where something was written. */
export interface SourceLine {
  /** First frame outside packages and `modules/`: `file:line:column`, relative to the project. */
  readonly source: string;
  /** The module's own frame, when a module made it; undefined otherwise. */
  readonly via?: string;
}

/** Source maps by generated file, each read when it is asked for; put there by the runner that bundled the program (`bin/load.js`). */
const SOURCE_MAPS = Symbol.for("andamio/source-maps");
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
    via ??= text;
  }
  return via ? { source: via } : undefined;
}

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

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
  for (const [, file = "", line, column] of (stack ?? "").matchAll(
    /(?:\(|at )((?:file:\/\/)?[^()\s]+):(\d+):(\d+)\)?$/gm,
  )) {
    if (!file.startsWith("node:") && !isPackaged(file)) yield { file, line: Number(line), column: Number(column) };
  }
}

function isPackaged(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

/** Few places make many elements: each is decoded once. */
const decodedPositions = new Map<string, Position | undefined>();

function originalPosition(position: Position, projectDir: string): Position | undefined {
  const key = `${projectDir} ${position.file} ${position.line} ${position.column}`;
  if (!decodedPositions.has(key)) decodedPositions.set(key, decodePosition(position, projectDir));
  return decodedPositions.get(key);
}

function decodePosition(position: Position, projectDir: string): Position | undefined {
  const map = decodedMap(position.file);
  if (!map) return { ...position, file: relativePath(projectDir, position.file) };
  const found = map.lookup(position.line, position.column);
  return found && { ...found, file: relativePath(projectDir, found.file) };
}

interface DecodedMap {
  lookup(line: number, column: number): Position | undefined;
}

const decoded = new Map<string, DecodedMap>();

function decodedMap(file: string): DecodedMap | undefined {
  const known = decoded.get(file);
  if (known) return known;
  const maps = (globalThis as { [SOURCE_MAPS]?: Map<string, () => string> })[SOURCE_MAPS];
  const json = maps?.get(file)?.();
  if (json === undefined) return undefined;
  // Loaded here because most runs need no line at all.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const tracing = require("@jridgewell/trace-mapping") as typeof import("@jridgewell/trace-mapping");
  const map = new tracing.TraceMap(json, file);
  const lookup = (line: number, column: number): Position | undefined => {
    const found = tracing.originalPositionFor(map, { line, column: Math.max(0, column - 1) });
    return found.source === null ? undefined : { file: found.source, line: found.line, column: found.column + 1 };
  };
  decoded.set(file, { lookup });
  return { lookup };
}

function relativePath(projectDir: string, file: string): string {
  return relative(projectDir, file).split(sep).join("/");
}
