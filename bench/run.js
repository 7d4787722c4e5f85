"use strict";
/*
 * npm run bench: what speed costs and gains, as ratios of whole processes that run in turn (A B A B ...), so that a machine whose
 * speed drifts drifts for both. Medians. With --write, the table goes into docs/performance.md.
 */
const { execFileSync, spawnSync } = require("node:child_process");
const { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");

const root = path.join(__dirname, "..");
const scratch = mkdtempSync(path.join(tmpdir(), "andamio-bench-"));
/** A project like a user's, with its sources in it: the lines behind the resources are found in those. */
const project = path.join(scratch, "project");
const RUNS = Number(process.env.BENCH_RUNS ?? 7);
const quiet = { ...process.env, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", TF_CLI_CONFIG_FILE: "" };

function seconds(args, env = {}) {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env: { ...quiet, ...env },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}:\n${stderr}`);
  return Number(process.hrtime.bigint() - started) / 1e9;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The ratio A/B pair by pair, after one run of each that does not count. */
function paired(a, b, runs = RUNS) {
  a();
  b();
  const pairs = Array.from({ length: runs }, () => [a(), b()]);
  const of = (pick) => median(pairs.map(pick));
  return { a: of(([one]) => one), b: of(([, other]) => other), ratio: of(([one, other]) => one / other) };
}

function makeProject() {
  const sources = ["bench", "bin", "cli", "engine", "environments", "modules", "rules", "schemas", "stacks"];
  for (const name of [...sources, "package.json", "provider.lock.hcl", "tsconfig.json"])
    cpSync(path.join(root, name), path.join(project, name), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"), "junction");
  const app = "node bin/app.js bench/sample-main.ts";
  writeFileSync(
    path.join(project, "cdktf.json"),
    JSON.stringify({ language: "typescript", app, sendCrashReports: "false" }),
  );
}

/** The sample compiled to JavaScript, and a start of it without the guard and without source lines. */
function compilePlain() {
  const tsc = require.resolve("typescript/bin/tsc");
  const outDir = path.join(scratch, "plain");
  const config = path.join(scratch, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({
      extends: path.join(root, "tsconfig.json"),
      compilerOptions: {
        outDir,
        rootDir: root,
        types: ["node"],
        typeRoots: [path.join(root, "node_modules", "@types")],
      },
      include: [path.join(root, "bench", "plain-main.ts")],
    }),
  );
  execFileSync(process.execPath, [tsc, "-p", config], { stdio: "inherit" });
  const start = path.join(scratch, "plain.js");
  const constructs = JSON.stringify(require.resolve("constructs"));
  writeFileSync(
    start,
    `require("node:module").globalPaths.push(${JSON.stringify(path.join(root, "node_modules"))});\n` +
      `require(${constructs}).Node.prototype[Symbol.for("andamio/captures-source-lines")] = true;\n` +
      `require(${JSON.stringify(path.join(outDir, "bench", "plain-main.js"))});\n`,
  );
  // Packages are found from the compiled files as from the sources.
  symlinkSync(path.join(root, "node_modules"), path.join(outDir, "node_modules"), "junction");
  return start;
}

function rowFromSource() {
  const plain = compilePlain();
  const { a, b, ratio } = paired(
    () => seconds(["bin/app.js", "bench/sample-main.ts"]),
    () => seconds([plain]),
  );
  return row(
    "synth of three environments from source, rules and source lines included, beside the same precompiled on plain cdktf without them",
    "≤ 1.2 x",
    `${ratio.toFixed(2)} x (${a.toFixed(2)} s, ${b.toFixed(2)} s)`,
    ratio <= 1.2,
  );
}

function rowBesideCdktf() {
  const { a, b, ratio } = paired(
    () => seconds(["node_modules/cdktf-cli/bundle/bin/cdktf", "synth"]),
    () => seconds(["bin/andamio.js", "synth"]),
  );
  return row(
    "the same program through `andamio synth`, beside `cdktf synth`",
    "≥ 4 times faster",
    `${ratio.toFixed(1)} times (${b.toFixed(2)} s, ${a.toFixed(2)} s)`,
    ratio >= 4,
  );
}

function measured(environments) {
  const load = path.join(root, "bin", "load.js");
  const script = `require(${JSON.stringify(load)}).load(${JSON.stringify(path.join(root, "bench", "measure-synth.ts"))})`;
  const guard = path.join(root, "bin", "stack-trace-guard.js");
  const env = { ...quiet, BENCH_ENVIRONMENTS: String(environments) };
  return JSON.parse(execFileSync(process.execPath, ["-r", guard, "-e", script], { cwd: root, env, encoding: "utf8" }));
}

function rowsPerResource() {
  const runs = Array.from({ length: Math.max(3, Math.ceil(RUNS / 2)) }, () => [
    measured(3),
    measured(10),
    measured(100),
  ]);
  const perResource = (index) => median(runs.map((run) => run[index].synthMs / run[index].resources));
  const growth = median(runs.map((run) => run[2].synthMs / run[2].resources / (run[0].synthMs / run[0].resources)));
  const rules = median(runs.map((run) => run[1].rulesMs / run[1].synthMs));
  return [
    row(
      "time per resource, 3 to 100 environments",
      "constant (±20 %)",
      `${growth.toFixed(2)} x (${perResource(0).toFixed(2)} ms at ${runs[0][0].resources} resources, ${perResource(2).toFixed(2)} ms at ${runs[0][2].resources})`,
      growth <= 1.2,
    ),
    row(
      `rules on ${runs[0][1].resources.toLocaleString("en-US")} resources, beside their synth`,
      "≤ 0.25",
      `${rules.toFixed(2)} (${median(runs.map((run) => run[1].rulesMs)).toFixed(0)} ms)`,
      rules <= 0.25,
    ),
  ];
}

/** What a module's files import of the provider, and what loading the module loads of it. */
function rowImports() {
  const modules = readdirSync(path.join(root, "modules")).filter((name) => name !== "core");
  const surplus = modules.flatMap((name) => {
    const script =
      `require(${JSON.stringify(path.join(root, "bin", "load.js"))}).load(${JSON.stringify(path.join(root, "modules", name, "index.ts"))});` +
      `console.log(JSON.stringify(Object.keys(require.cache).map((file) => /provider-aws.lib.([^\\\\/]+)/.exec(file)?.[1]).filter(Boolean)))`;
    const loaded = new Set(JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })));
    const wanted = bindingsOf(path.join(root, "modules", name));
    return [...loaded].filter((binding) => !wanted.has(binding)).map((binding) => `${name}: ${binding}`);
  });
  return row(
    "importing one module loads no other service's bindings",
    "none",
    surplus.length === 0 ? `none, for each of ${modules.join(", ")}` : surplus.join(", "),
    surplus.length === 0,
  );
}

/** The bindings that a folder imports by value, and those of the modules that it imports by value. */
function bindingsOf(folder, seen = new Set()) {
  if (seen.has(folder)) return new Set();
  seen.add(folder);
  const texts = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
  const imports = texts.flatMap((text) =>
    [...text.matchAll(/^import (?!type )[^;]*? from "([^"]+)"/gms)].map((match) => match[1]),
  );
  const own = imports.flatMap((name) => /^@cdktf\/provider-aws\/lib\/(.+)$/.exec(name)?.[1] ?? []);
  const others = imports.flatMap((name) =>
    /^\.\.\/[a-z0-9-]+$/.test(name) ? [...bindingsOf(path.join(folder, name), seen)] : [],
  );
  return new Set([...own, ...others]);
}

function row(what, goal, measuredText, met) {
  return { what, goal, measured: measuredText, met };
}

function table(rows) {
  const lines = rows.map(
    ({ what, goal, measured: text, met }) => `| ${what} | ${goal} | ${text} | ${met ? "met" : "NOT MET"} |`,
  );
  return ["| what | goal | measured | |", "|---|---|---|---|", ...lines].join("\n");
}

const BEGIN = "<!-- npm run bench -- --write -->";
const END = "<!-- end -->";

function writeDocument(text) {
  const file = path.join(root, "docs", "performance.md");
  const document = readFileSync(file, "utf8");
  const [before, after] = [document.slice(0, document.indexOf(BEGIN)), document.slice(document.indexOf(END))];
  writeFileSync(file, `${before}${BEGIN}\n\n${text}\n\n${after}`);
}

try {
  makeProject();
  const rows = [rowFromSource(), rowBesideCdktf(), ...rowsPerResource(), rowImports()];
  console.log(table(rows));
  if (process.argv.includes("--write")) writeDocument(table(rows));
  process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
