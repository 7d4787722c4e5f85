import { synth } from "../stacks";
import { sampleApp } from "./sample";

/* The sample as a user's main.ts would make it. */
synth(sampleApp(Number(process.env["BENCH_ENVIRONMENTS"] ?? 3)), process.env);
