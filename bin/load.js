"use strict";
const { Buffer } = require("node:buffer");
const { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { flatten, originalPosition } = require("./source-positions");

/* By bundle, where a line and a column of it were written: read by modules/core/captured-stack.ts. */
const ORIGINAL_POSITIONS = Symbol.for("andamio/original-positions");

/** A file's own words for where it is, and what stands for them in a bundle: there they would name the bundle, or nothing. */
const WHERE = { filename: (file) => file, dirname: path.dirname, url: (file) => pathToFileURL(file).href };
const STANDS_FOR = {
  __filename: "andamioSource.filename",
  __dirname: "andamioSource.dirname",
  ...Object.fromEntries(Object.keys(WHERE).map((word) => [`import.meta.${word}`, `andamioSource.${word}`])),
};

/** The program does not parse, or imports what is not there. */
class SourceError extends Error {
  constructor(message) {
    super(message);
    this.name = "SourceError";
    this.code = "SOURCE";
  }
}

/**
 * Runs a TypeScript program from source and returns what it exports. Only its own files are bundled, in memory; packages are
 * required as they are. Types are not checked here: `npm run typecheck` does.
 */
function load(entry) {
  if (!existsSync(entry)) throw new SourceError(`There is no ${path.relative(process.cwd(), entry) || entry}`);
  const directory = path.dirname(entry);
  const filename = path.join(directory, `${path.basename(entry, path.extname(entry))}.bundle.js`);
  const { code, map } = cached(entry) ?? bundle(entry, filename);
  (globalThis[ORIGINAL_POSITIONS] ??= new Map()).set(filename, (line, column) => {
    const found = originalPosition(map(), line, column);
    return found && { ...found, file: path.resolve(directory, found.file) };
  });
  globalThis.andamioSource ??= whereReadersAre();
  const module = new Module(filename, null);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(directory);
  module._compile(code, filename);
  return module.exports;
}

/** An object whose properties say where the line that reads them was written. */
function whereReadersAre() {
  const readers = Object.entries(WHERE).map(([word, of]) => [
    word,
    { get: () => of(writtenIn(framesOf(new Error()))) },
  ]);
  return Object.defineProperties({}, Object.fromEntries(readers));
}

function framesOf(error) {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_error, frames) => frames;
  const frames = error.stack;
  Error.prepareStackTrace = prepareStackTrace;
  return frames;
}

/** The file that the first frame in a bundle comes from. */
function writtenIn(frames) {
  for (const frame of frames) {
    const original = globalThis[ORIGINAL_POSITIONS].get(frame.getFileName());
    const position = original?.(frame.getLineNumber(), frame.getColumnNumber());
    if (position) return position.file;
  }
  return undefined;
}

/** The nearest folder with a package.json: what is kept between runs lies in its `.andamio/cache`. */
function projectOf(file) {
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    if (existsSync(path.join(directory, "package.json"))) return directory;
    if (path.dirname(directory) === directory) return undefined;
  }
}

function cacheFile(entry) {
  const project = projectOf(entry);
  if (project === undefined || project.split(path.sep).includes("node_modules")) return undefined;
  return path.join(project, ".andamio", "cache", `${path.relative(project, entry).replace(/[^A-Za-z0-9-]+/g, "_")}.js`);
}

/** What else a bundle depends on: it is made for one version of Node, by one loader as it is now. */
function maker(entry) {
  return [entry, process.version, __filename, stamp(__filename)].join(" ");
}

/** A file or folder as it is now: a folder changes when a file in it comes or goes, which can change what an import means. */
function stamp(file) {
  const status = statSync(file, { throwIfNoEntry: false });
  return status ? `${status.mtimeMs} ${status.isDirectory() ? "" : status.size}` : "gone";
}

/**
 * The bundle of an earlier run, when none of its files has changed. Bundling is a third of a small synth. The file is a line of JSON,
 * then the code, then the positions of its source map.
 */
function cached(entry) {
  const file = cacheFile(entry);
  if (file === undefined || !existsSync(file)) return undefined;
  try {
    const content = readFileSync(file);
    const start = content.indexOf("\n") + 1;
    const { by, inputs, codeBytes, sources } = JSON.parse(content.toString("utf8", 0, start));
    if (by !== maker(entry)) return undefined;
    if (!Object.entries(inputs).every(([input, seen]) => stamp(input) === seen)) return undefined;
    const code = content.toString("utf8", start, start + codeBytes);
    const positions = lazily(() => new Int32Array(new Uint8Array(content.subarray(start + codeBytes)).buffer));
    return { code, map: () => ({ sources, positions: positions() }) };
  } catch {
    return undefined;
  }
}

/** Best effort: where it cannot be kept, the next run bundles again. */
function keep(entry, metafile, result, started) {
  const file = cacheFile(entry);
  if (file === undefined) return;
  const files = Object.keys(metafile.inputs).map((input) => path.resolve(path.dirname(entry), input));
  const watched = new Set([
    ...files,
    ...files.map((input) => path.dirname(input)),
    path.join(projectOf(entry), "tsconfig.json"),
  ]);
  // What was saved while it was bundled may not be in it.
  if (files.some((input) => (statSync(input, { throwIfNoEntry: false })?.mtimeMs ?? started) >= started)) return;
  const inputs = Object.fromEntries([...watched].map((input) => [input, stamp(input)]));
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    const { sources, positions } = result.map();
    const header = JSON.stringify({ by: maker(entry), inputs, codeBytes: Buffer.byteLength(result.code), sources });
    writeFileSync(temporary, Buffer.concat([Buffer.from(`${header}\n${result.code}`), Buffer.from(positions.buffer)]));
    renameSync(temporary, file);
  } catch {
    // A read-only checkout, for one.
  }
}

/**
 * The provider's bindings are loaded when the first resource of their type is made: an environment that holds no database does not
 * wait for those of RDS. Each line stays one line: the source map still fits.
 */
function withLazyBindings(code) {
  return code.replace(
    /^var (import_\w+) = require\("(@cdktf\/provider-[a-z0-9-]+\/lib\/[^"]+)"\);$/gm,
    (_line, name, binding) =>
      `var ${name} = new Proxy({}, { get: (_, key) => (${name} = require("${binding}"))[key] });`,
  );
}

function lazily(make) {
  let made;
  return () => (made ??= make());
}

function bundle(entry, outfile) {
  const esbuild = require("esbuild");
  const started = Date.now();
  try {
    const { outputFiles, metafile } = esbuild.buildSync({
      entryPoints: [entry],
      outfile,
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: `node${process.versions.node}`,
      packages: "external",
      define: STANDS_FOR,
      sourcemap: "external",
      sourcesContent: false,
      metafile: true,
      keepNames: true,
      logLevel: "silent",
      absWorkingDir: path.dirname(entry),
    });
    const text = (isMap) => outputFiles.find(({ path }) => path.endsWith(".map") === isMap).text;
    const result = {
      code: withLazyBindings(text(false)),
      map: lazily(() => flatten(text(true))),
    };
    keep(entry, metafile, result, started);
    return result;
  } catch (error) {
    if (!error.errors) throw error;
    const lines = esbuild.formatMessagesSync(error.errors, { kind: "error", color: false });
    throw new SourceError(lines.join("").trim());
  }
}

/** What a file of this package exports: from source in a checkout, compiled in the published package. */
function loadOwn(name) {
  const root = path.join(__dirname, "..");
  const source = path.join(root, `${name}.ts`);
  return existsSync(source) ? load(source) : require(path.join(root, "dist", `${name}.js`));
}

module.exports = { load, loadOwn, SourceError };
