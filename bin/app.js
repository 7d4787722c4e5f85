#!/usr/bin/env node
"use strict";
/*
 * What cdktf.json runs: the program (main.ts, or the file that is named) from source, without a build step. A mistake in the
 * program is told as what is wrong and where, not as a stack trace.
 */
const { rmSync } = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const { parentPort, workerData } = require("node:worker_threads");

if (!process.env.ANDAMIO_STACK_TRACES) require("./stack-trace-guard");

const { findFramework } = require("./cdk-terrain");
const { deferArchiver } = require("./lazy-archiver");
const { load, loadOwn, SourceError } = require("./load");

const EXIT_FAILED = 1;
const EXIT_USAGE = 3;

function main() {
  // Enough to reach the user's own line from within a module.
  Error.stackTraceLimit = 30;
  forgetLastRun(["manifest.json", "andamio.json", "andamio-findings.json"]);
  const entry = path.resolve(process.argv[2] ?? "main.ts");
  findFramework(path.dirname(entry));
  deferArchiver(path.dirname(entry));
  // A program may wait for something before it synthesizes.
  process.on("uncaughtException", refuse).on("unhandledRejection", refuse);
  try {
    load(entry);
  } catch (error) {
    refuse(error);
  }
}

function refuse(error) {
  // What the rules refuse was written whole: the side file says of which tier it is.
  forgetLastRun(error?.code === "FINDINGS" ? ["manifest.json"] : ["manifest.json", "andamio.json"]);
  process.exitCode = report(error);
}

/** A program that fails must not leave behind what says that it succeeded: cdktf would plan what an earlier run wrote. */
function forgetLastRun(files) {
  const outdir = path.resolve(process.env.CDKTF_OUTDIR ?? "cdktf.out");
  for (const file of files) rmSync(path.join(outdir, file), { force: true });
}

/** Errors with a code are the user's to mend; anything else may be a mistake of ours, and is shown whole on request. */
function report(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
  const isDuplicate = error.message.startsWith("There is already a Construct with name");
  if (isDuplicate) error.fix = "Give one of the two another id.";
  const known = typeof error.code === "string" || isDuplicate;
  const isMissing = error.code === "MODULE_NOT_FOUND";
  if (isMissing) error.fix = "Run npm install, or mend its name.";
  // What required what, of the runner too, follows on more lines.
  const lines = [isMissing ? error.message.split("\n")[0] : error.message];
  // A rule that fails is at fault itself, not what runs it.
  const fault = error.code === "RULE_FAILED" && error.cause instanceof Error ? error.cause : error;
  const where = error === thrown && !(error instanceof SourceError) ? locate(fault) : undefined;
  if (where) lines.push(`  at ${where.source}${where.via ? ` (via ${where.via})` : ""}`);
  if (error.fix) lines.push(`Fix: ${error.fix}`);
  if (process.env.ANDAMIO_DEBUG) lines.push(error.stack);
  else if (!known) lines.push("For the stack trace, set ANDAMIO_DEBUG=1.");
  process.stderr.write(`${lines.join("\n")}\n`);
  return error.exitCode ?? (known ? EXIT_USAGE : EXIT_FAILED);
}

function locate(error) {
  const { sourceLineOf, sourceLineOfError } = loadOwn("modules/core/source-lines");
  return error.construct ? sourceLineOf(error.construct, process.cwd()) : sourceLineOfError(error, process.cwd());
}

/**
 * The command starts this as a thread before its own sources are loaded, and says later what to run (`engine/program.ts`): meanwhile what
 * every program needs is loaded.
 */
function mainWhenTold() {
  findFramework(process.cwd());
  deferArchiver(process.cwd());
  try {
    createRequire(path.resolve("program.js"))("cdktf");
  } catch {
    // The program will say so, if it needs it.
  }
  parentPort.once("message", ({ argv, env }) => {
    process.argv = [process.execPath, __filename, ...argv];
    for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
    Object.assign(process.env, env);
    main();
  });
}

if (workerData === "when told") mainWhenTold();
else main();
