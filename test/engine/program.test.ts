import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { runProgram, type ProgramResult } from "../../engine/program";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const folder = temporaryFolder();
const app = resolve(__dirname, "..", "..", "bin", "app.js");

type Run = (code: string, ...args: string[]) => Promise<ProgramResult>;

const env = { GREETING: "hello" };
const program = (code: string): string => writeFile(join(folder, "program.js"), code);
const runIn =
  (cwd: string): Run =>
  (code, ...args) =>
    runProgram(["node", program(code), ...args], { cwd, env });

/** As `bin/andamio.js` starts it before it knows what for. */
const runInWaitingThread: Run = (code, ...args) => {
  const worker = new Worker(app, { workerData: "when told", stdout: true, stderr: true });
  worker.unref();
  return runProgram(["node", app, program(code), ...args], {
    cwd: process.cwd(),
    env: { ...env, CDKTF_OUTDIR: folder },
    waiting: { script: app, worker },
  });
};

/** A program runs in a thread in the folder of this process, and as a process of its own in any other. */
describe.each([
  ["in a thread", runIn(process.cwd())],
  ["in a thread that waited for it", runInWaitingThread],
  ["as a process", runIn(folder)],
])("a program of Node, %s", (_where, run) => {
  test("gets its arguments and environment, and what it prints is collected", async () => {
    const code = 'console.log(process.argv.at(-1), process.env.GREETING, process.env.HOME); console.error("mind");';
    expect(await run(code, "word")).toEqual({
      exitCode: 0,
      stdout: "word hello undefined\n",
      stderr: "mind\n",
      interrupted: false,
    });
  });

  test("is waited for when it works on after its last line, and its exit code counts", async () => {
    const code = 'setTimeout(() => { console.log("later"); process.exitCode = 4; }, 20);';
    expect(await run(code)).toMatchObject({ exitCode: 4, stdout: "later\n" });
  });

  test("may end itself without ending this one", async () => {
    expect(await run("process.exit(3);")).toMatchObject({ exitCode: 3 });
  });

  test("that throws fails with its error on stderr", async () => {
    const { exitCode, stderr } = await run('throw new Error("no such thing");');
    expect(exitCode).toBe(1);
    expect(stderr).toContain("no such thing");
  });

  test("does not change this process's environment", async () => {
    await run('process.env.GREETING = "changed"; process.env.ANDAMIO_TEST_LEAK = "1";');
    expect(process.env["ANDAMIO_TEST_LEAK"]).toBeUndefined();
  });

  test("is stopped by an interrupt", async () => {
    const running = run("setInterval(() => undefined, 1000);");
    setTimeout(() => process.emit("SIGINT"), 200);
    expect(await running).toMatchObject({ interrupted: true });
  });
});

test("a thread that waits for one program is not taken for another", async () => {
  const worker = new Worker(app, { workerData: "when told", stdout: true, stderr: true });
  const waiting = { script: app, worker };
  const words = ["node", program("console.log('another');")];
  expect(await runProgram(words, { cwd: process.cwd(), env, waiting })).toMatchObject({ stdout: "another\n" });
  await worker.terminate();
});

test("a program that is not there fails with its name", async () => {
  const { exitCode, stderr } = await runProgram(["no-such-program"], { cwd: process.cwd(), env: {} });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("no-such-program");
});
