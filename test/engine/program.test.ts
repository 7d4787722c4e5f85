import { join } from "node:path";
import { runProgram, type ProgramResult } from "../../engine/program";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const folder = temporaryFolder();

/** A program runs in a thread in the folder of this process, and as a process of its own in any other. */
describe.each([
  ["in a thread", process.cwd()],
  ["as a process", folder],
])("a program of Node, %s", (_where, cwd) => {
  const run = (code: string, ...args: string[]): Promise<ProgramResult> =>
    runProgram(["node", writeFile(join(folder, "program.js"), code), ...args], { cwd, env: { GREETING: "hello" } });

  test("gets its arguments and environment, and what it prints is collected", async () => {
    const code = 'console.log(process.argv[2], process.env.GREETING, process.env.HOME); console.error("mind");';
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

test("a program that is not there fails with its name", async () => {
  const { exitCode, stderr } = await runProgram(["no-such-program"], { cwd: process.cwd(), env: {} });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("no-such-program");
});
