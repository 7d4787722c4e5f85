"use strict";

const shared = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  // Without it half of the time, and twice the memory, goes into stack traces that nobody reads.
  setupFiles: ["<rootDir>/bin/stack-trace-guard.js"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.andamio", "<rootDir>/cdktf.out"],
  // node_modules/andamio is this folder itself: imports of the package's own name go to the sources.
  moduleNameMapper: { "^andamio/(.*)$": ["<rootDir>/modules/$1", "<rootDir>/$1"] },
};

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    { ...shared, displayName: "unit", testMatch: ["<rootDir>/test/**/*.test.ts"] },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/**/*.e2e.ts"],
      globalSetup: "<rootDir>/test/support/tools.ts",
      globalTeardown: "<rootDir>/test/support/tools-end.ts",
    },
  ],
};
