import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate, loadEstate, rules } from "../rules";
import { sampleApp } from "./sample";

/* Run in a process of its own: how long synth and the rules take for a number of environments, once the code is warm. */

interface Measurement {
  readonly resources: number;
  readonly synthMs: number;
  readonly rulesMs: number;
}

function measure(environments: number): Measurement {
  const outdir = mkdtempSync(join(tmpdir(), "andamio-bench-"));
  mkdirSync(outdir, { recursive: true });
  try {
    const started = performance.now();
    sampleApp(environments, outdir).synth();
    const synthesized = performance.now();
    const estate = loadEstate(outdir);
    evaluate(estate, { rules, today: "2026-01-01" });
    const judged = performance.now();
    return { resources: estate.resources.length, synthMs: synthesized - started, rulesMs: judged - synthesized };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

measure(3);
console.log(JSON.stringify(measure(Number(process.env["BENCH_ENVIRONMENTS"] ?? 3))));
