"use strict";
/*
 * Runs a command with the stand-in for hashicorp/random, where the real one cannot be had:
 *
 *     node test/support/random-provider/with.js node bin/andamio.js up
 */
const { spawn } = require("node:child_process");
const path = require("node:path");
const { load } = require("../../../bin/load");

async function main([program, ...args]) {
  const { serveRandomProvider } = load(path.join(__dirname, "index.ts"));
  const provider = await serveRandomProvider();
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...provider.env } });
  process.on("SIGINT", () => {}); // the command gets it, too, and says how it ends
  child.on("close", (exitCode) => {
    provider.stop();
    process.exitCode = exitCode ?? 1;
  });
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
