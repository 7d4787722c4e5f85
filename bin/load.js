"use strict";
const { existsSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

/* Read by modules/core/source-lines.ts, which decodes a map only when somebody asks for a line. */
const SOURCE_MAPS = Symbol.for("andamio/source-maps");

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
  const { code, map } = bundle(entry, filename);
  (globalThis[SOURCE_MAPS] ??= new Map()).set(filename, map);
  const module = new Module(filename, null);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(directory);
  module._compile(code, filename);
  return module.exports;
}

function bundle(entry, outfile) {
  const esbuild = require("esbuild");
  try {
    const { outputFiles } = esbuild.buildSync({
      entryPoints: [entry],
      outfile,
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: `node${process.versions.node}`,
      packages: "external",
      sourcemap: "external",
      sourcesContent: false,
      keepNames: true,
      logLevel: "silent",
      absWorkingDir: path.dirname(entry),
    });
    const text = (isMap) => outputFiles.find(({ path }) => path.endsWith(".map") === isMap).text;
    return { code: text(false), map: text(true) };
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
