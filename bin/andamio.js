#!/usr/bin/env node
"use strict";
const path = require("node:path");
const { loadOwn } = require("./load");

// The AWS SDK would print when it will drop this version of Node: nothing that a user of andamio can act on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const { main } = loadOwn("cli/index");

main({ argv: process.argv.slice(2), env: process.env, packageDir: path.join(__dirname, "..") }).then((exitCode) => {
  process.exitCode = exitCode;
});
