import { App } from "cdktf";
import { environments } from "./environments";
import { createEnvironment, synth } from "./stacks";

const app = new App();
const emulator = process.env.ANDAMIO_EMULATOR;
for (const environment of environments) createEnvironment(app, environment, { emulator });
synth(app, process.env);
