import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "..", "..");

/** Runs the command for a reader that goes before it has read anything: `andamio help | true`. */
async function unread(...args: string[]): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
  const command = spawn(process.execPath, [join(REPOSITORY, "bin", "andamio.js"), ...args], { cwd: REPOSITORY });
  command.stdout.destroy();
  let stderr = "";
  command.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((ended) => command.on("close", ended));
  return { exitCode, stderr };
}

test("a reader that goes early is no failure", async () => {
  const { exitCode, stderr } = await unread("help");
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
});

test("what is refused keeps its exit code, whoever reads", async () => {
  const { exitCode, stderr } = await unread("plan", "dev", "--lock-timout", "--json");
  expect(exitCode).toBe(3);
  expect(stderr).not.toContain("EPIPE");
});
