import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunResult } from "../../engine/process";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const folder = temporaryFolder();
const LOADER = resolve(__dirname, "..", "..", "bin", "load.js");

/** Runs code in a process, in a process of its own: jest cannot load execa, and signals are then real ones. */
const RUNNER = `
  const [loader, program, code, options] = JSON.parse(process.argv[1]);
  const { run } = require(loader).loadOwn("engine/process");
  const onLine = (line, stream) => console.log(JSON.stringify({ line, stream }));
  run(program, ["-e", code], { ...options, onLine }).then((result) => console.log(JSON.stringify({ result })));
`;

interface Case {
  readonly code: string;
  readonly program?: string;
  readonly logFile?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sent when the code says that it is ready. */
  readonly signals?: readonly NodeJS.Signals[];
}

interface Outcome {
  readonly result: RunResult;
  /** What was told while it ran. */
  readonly lines: readonly string[];
  /** What the runner itself said. */
  readonly said: string;
}

async function run({ code, program = process.execPath, logFile, env = {}, signals = [] }: Case): Promise<Outcome> {
  const words = JSON.stringify([LOADER, program, code, { cwd: folder, env, logFile }]);
  const runner = spawn(process.execPath, ["-e", RUNNER, words], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, said, sent] = ["", "", 0];
  runner.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  runner.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    // One after the other: two that wait are one.
    if (sent === 0 && stdout.includes('"ready"'))
      for (const signal of signals) setTimeout(() => runner.kill(signal), 100 * sent++);
  });
  await new Promise((ended) => runner.on("close", ended));
  const told = stdout
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text) as { line?: string; stream?: string; result?: RunResult });
  const lines = told.flatMap(({ line, stream }) => (line === undefined ? [] : `${stream}: ${line}`));
  const result = told.at(-1)?.result;
  if (!result) throw new Error(`It gave no result:\n${stdout}\n${said}`);
  return { result, lines, said };
}

/** Code that ends in good order some time after a signal. */
function endsAfter(signal: NodeJS.Signals, milliseconds: number): string {
  return `process.on("${signal}", () => setTimeout(() => { console.log("state written"); process.exit(0); }, ${milliseconds}));
    setInterval(() => undefined, 1000); console.log("ready");`;
}

describe("a process", () => {
  test("is told nothing but what it is given, and what it prints is collected, told and kept", async () => {
    const logFile = join(folder, "logs", "one.log");
    const code = "console.log(process.env.HOME, process.env.A); console.error('mind'); process.exitCode = 7;";
    const { result, lines } = await run({ code, env: { A: "1" }, logFile });
    expect(result).toEqual({ exitCode: 7, stdout: "undefined 1\n", stderr: "mind\n", interrupted: false });
    expect([...lines].sort()).toEqual(["stderr: mind", "stdout: undefined 1"]);
    expect(readFileSync(logFile, "utf8").split("\n").sort()).toEqual(["", "mind", "undefined 1"]);
  });

  test("that cannot be started fails with its name", async () => {
    const { result } = await run({ program: "no-such-program", code: "" });
    expect(result).toMatchObject({ exitCode: 1, interrupted: false });
    expect(result.stderr).toContain("no-such-program");
  });

  // Five seconds after a SIGTERM, execa kills by default.
  test.each([
    ["SIGINT", 500],
    ["SIGTERM", 5_500],
  ] as const)(
    "that is told to stop by %s may take its time",
    async (signal, milliseconds) => {
      const { result } = await run({ code: endsAfter(signal, milliseconds), signals: [signal] });
      expect(result).toEqual({ exitCode: 0, stdout: "ready\nstate written\n", stderr: "", interrupted: true });
    },
    20_000,
  );

  test("is told once, however often somebody presses Ctrl-C", async () => {
    const code = `let times = 0; process.on("SIGINT", () => times++); console.log("ready"); setTimeout(() => console.log(times), 1000);`;
    const { result, said } = await run({ code, signals: ["SIGINT", "SIGINT", "SIGINT"] });
    expect(result.stdout).toBe("ready\n1\n");
    expect(said).toMatch(/^Interrupted: waiting for node[^]*Waiting for Terraform to finish/);
  });

  test("goes on when its log cannot be written, which is said once", async () => {
    const logFile = join(folder, "a-folder");
    writeFile(join(logFile, "file"));
    const { result, said } = await run({
      code: "console.log('one'); setTimeout(() => console.log('two'), 200);",
      logFile,
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: "one\ntwo\n" });
    expect(said).toMatch(/^The log .*a-folder cannot be written: EISDIR.*\n$/);
  });

  test("goes on when the folder of its log cannot be made", async () => {
    const file = writeFile(join(folder, "a-file"));
    const { result, said } = await run({ code: "console.log('one')", logFile: join(file, "run.log") });
    expect(result).toMatchObject({ exitCode: 0, stdout: "one\n" });
    expect(said).toMatch(/^The log .* cannot be written: ENOTDIR.*\n$/);
    expect(existsSync(file)).toBe(true);
  });
});
