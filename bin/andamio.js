#!/usr/bin/env node
"use strict";
const path = require("node:path");
const { loadOwn } = require("./load");

const { main } = loadOwn("cli/index");

main({ argv: process.argv.slice(2), env: process.env, packageDir: path.join(__dirname, "..") }).then((exitCode) => {
  process.exitCode = exitCode;
});
