import { sampleApp } from "./sample";

/* The same stacks on plain cdktf: no rules, no side file. `bench/run.js` leaves out source lines and the stack-trace guard too. */
sampleApp(Number(process.env["BENCH_ENVIRONMENTS"] ?? 3)).synth();
