"use strict";
/*
 * cdktf loads a library of archives with everything else, a twelfth of a small synth, though it makes the archives of assets in a
 * process of their own. Here the library is loaded when it is asked for something. Where it is not found as expected, nothing is done
 * and cdktf loads it itself.
 */
const Module = require("node:module");
const path = require("node:path");

function deferArchiver(directory) {
  const requireOf = (file) => Module.createRequire(file);
  let file;
  let requireFromCdktf;
  try {
    requireFromCdktf = requireOf(requireOf(path.join(directory, "program.js")).resolve("cdktf"));
    file = requireFromCdktf.resolve("archiver");
  } catch {
    return;
  }
  if (require.cache[file] !== undefined) return;
  let archiver;
  const loaded = () => {
    if (archiver === undefined) {
      delete require.cache[file];
      archiver = requireFromCdktf(file);
    }
    return archiver;
  };
  const placeholder = new Module(file);
  placeholder.filename = file;
  placeholder.loaded = true;
  placeholder.exports = new Proxy(function archiver() {}, {
    apply: (_target, self, args) => Reflect.apply(loaded(), self, args),
    get: (_target, key) => loaded()[key],
  });
  require.cache[file] = placeholder;
}

module.exports = { deferArchiver };
