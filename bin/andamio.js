#!/usr/bin/env node
"use strict";
const path = require("node:path");
const { Worker } = require("node:worker_threads");

const [command = "help"] = process.argv.slice(2);
/** Nearly every command runs the project's program: the thread for it starts while the command's own sources load. */
const runsProgram = !command.startsWith("-") && !["doctor", "down", "emulator", "env", "help"].includes(command);
const waiting = runsProgram ? startThread(path.join(__dirname, "app.js")) : undefined;

function startThread(script) {
  const worker = new Worker(script, { workerData: "when told", stdout: true, stderr: true });
  // A command that ends without it does not wait for it.
  worker.unref();
  return { script, worker };
}

const { loadOwn } = require("./load");

// The AWS SDK would print when it will drop this version of Node: nothing that a user of andamio can act on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const { main } = loadOwn("cli/index");

main({ argv: process.argv.slice(2), env: process.env, packageDir: path.join(__dirname, ".."), waiting }).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
);
