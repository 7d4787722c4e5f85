"use strict";
/*
 * Everything that must hold, the cheap first: types, lint and format, unit tests, the emulator's own tests, end-to-end tests.
 * Each part is run even when one before it failed. Ends with one line: N passed, N failed.
 */
const { Buffer } = require("node:buffer");
const { spawn, spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");

const root = path.join(__dirname, "..");
const scratch = mkdtempSync(path.join(tmpdir(), "andamio-test-"));
const totals = { passed: 0, failed: 0 };

function tool(name) {
  const manifest = require.resolve(`${name}/package.json`, { paths: [root] });
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return path.join(path.dirname(manifest), typeof bin === "string" ? bin : (bin[name] ?? bin.tsc));
}

function node(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}

function count(name, passed) {
  console.log(`${passed ? "ok    " : "FAILED"} ${name}`);
  totals[passed ? "passed" : "failed"] += 1;
}

/** Counts the single tests of a jest run. One that ends without a report counts as a failure. */
function jest(project, ...flags) {
  const report = path.join(scratch, `${project}.json`);
  node(
    tool("jest"),
    "--selectProjects",
    project,
    "--ci",
    "--json",
    `--outputFile=${report}`,
    "--reporters=default",
    ...flags,
  );
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    // A file that does not load has no tests to fail.
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    totals.passed += numPassedTests;
    totals.failed += numFailedTests + broken.length;
    if (numPassedTests + numFailedTests + numFailedTestSuites === 0) totals.failed += 1;
  } catch {
    count(`${project} tests ended without a report`, false);
  }
}

/**
 * The emulator's extension is Python: its tests run in the interpreter that the emulator itself is started with. They take one processor, so they
 * run beside the others, and are told afterwards.
 */
function startEmulatorTests() {
  const report = path.join(scratch, "emulator.json");
  const child = spawn(process.execPath, [path.join(__dirname, "emulator", "run.js"), report], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
  return new Promise((ended) => {
    child.on("close", () => {
      process.stderr.write(Buffer.concat(printed));
      try {
        const { passed, failed } = JSON.parse(readFileSync(report, "utf8"));
        totals.passed += passed;
        totals.failed += failed;
      } catch {
        count("emulator tests ended without a report", false);
      }
      ended();
    });
  });
}

async function main() {
  const emulatorTests = startEmulatorTests();
  count("types", node(tool("typescript"), "--noEmit"));
  count("lint", node(tool("eslint"), "."));
  count("format", node(tool("prettier"), "--check", "--log-level=warn", "."));
  jest("unit", "--maxWorkers=100%");
  await emulatorTests;
  // They wait for Terraform, which waits for AWS: more of them than there are processors.
  jest("e2e", "--maxWorkers=4", "--testSequencer=./test/support/longest-first.js");
}

main()
  .finally(() => rmSync(scratch, { recursive: true, force: true }))
  .then(() => {
    console.log(`${totals.passed} passed, ${totals.failed} failed`);
    process.exitCode = totals.failed === 0 ? 0 : 1;
  });
