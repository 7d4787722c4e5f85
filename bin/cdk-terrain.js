"use strict";
/*
 * CDK Terrain is the living fork of cdktf, under names of its own. In a project that has it and not cdktf, whoever asks for cdktf or a
 * provider's bindings gets those of CDK Terrain: of a framework there must be one copy.
 */
const Module = require("node:module");
const path = require("node:path");

/** @param directory of the program: what is installed for it counts */
function findFramework(directory) {
  const { resolve } = Module.createRequire(path.join(directory, "program.js"));
  const isInstalled = (name) => {
    try {
      resolve(name);
      return true;
    } catch {
      return false;
    }
  };
  if (isInstalled("cdktf") || !isInstalled("cdktn")) return;
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = function terrainFilename(request, ...rest) {
    const name = request.replace(/^cdktf$/, "cdktn").replace(/^@cdktf\/(?=provider-)/, "@cdktn/");
    return resolveFilename.call(this, name, ...rest);
  };
}

module.exports = { findFramework };
