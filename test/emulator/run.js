"use strict";
/* Runs the emulator's Python tests with the interpreter that the emulator is started with, and writes { passed, failed }. */
const { spawnSync } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const { loadOwn } = require("../../bin/load");

const root = path.join(__dirname, "..", "..");

async function interpreter() {
  const { findMoto, installMoto } = loadOwn("engine/toolchain/python");
  const options = { env: process.env, projectDir: root };
  const found = await findMoto(options);
  if (found?.extension) return found.python;
  const requirementsFile = path.join(root, "emulator", "requirements.txt");
  return (await installMoto({ ...options, requirementsFile, onProgress: (line) => console.error(line) })).python;
}

async function main() {
  const { status, stderr } = spawnSync(await interpreter(), ["-m", "unittest", "discover", "-s", "emulator/tests"], {
    cwd: root,
    env: { ...process.env, PYTHONPATH: path.join(root, "emulator"), PYTHONDONTWRITEBYTECODE: "1" },
    encoding: "utf8",
  });
  process.stderr.write(stderr);
  const ran = Number(/^Ran (\d+) tests?/m.exec(stderr)?.[1] ?? 0);
  const failed = [...stderr.matchAll(/(?:failures|errors)=(\d+)/g)].reduce((sum, match) => sum + Number(match[1]), 0);
  // A run that could not start, or that found nothing, is a failure.
  const broken = ran === 0 || (status !== 0 && failed === 0) ? 1 : 0;
  writeFileSync(process.argv[2], JSON.stringify({ passed: ran - failed, failed: failed + broken }));
}

main().catch((error) => {
  console.error(error.message, error.fix ? `\nFix: ${error.fix}` : "");
  process.exitCode = 1;
});
