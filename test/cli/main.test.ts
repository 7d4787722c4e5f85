import { spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const COMMAND = resolve(__dirname, "..", "..", "bin", "andamio.js");
const root = temporaryFolder();
let count = 0;

interface Result {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Runs the command in a project with these files. */
async function andamio(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
  stdout: number | "ignore" = "ignore",
): Promise<Result> {
  const cwd = join(root, String(++count));
  for (const [name, content] of Object.entries({ "package.json": "{}", ...files })) writeFile(join(cwd, name), content);
  const command = spawn(process.execPath, [COMMAND, ...words], { cwd, stdio: ["ignore", stdout, "pipe"] });
  let stderr = "";
  command.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exitCode = await new Promise<number | null>((ended) => command.on("close", ended));
  return { exitCode, stderr };
}

test("what the machine refuses is told with its place, and is no mistake of andamio", async () => {
  const { exitCode, stderr } = await andamio(["list"], {
    "cdktf.json": '{"app":"node main.js"}',
    "cdktf.out": "a file",
  });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error \[FILE_SYSTEM\] EEXIST.*\n {2}Where: .*cdktf\.out\n {2}Fix: .*move it away/m);
  expect(stderr).not.toContain("mistake in andamio");
});

test("a cdktf.json that is no JSON is named", async () => {
  const { exitCode, stderr } = await andamio(["list"], { "cdktf.json": '{"app": node}' });
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^Error \[NO_PROJECT\] .*cdktf\.json is no JSON: /m);
});

const FULL = "/dev/full";

(existsSync(FULL) ? test : test.skip)(
  "a result that cannot be written fails, with the reason and no stack trace",
  async () => {
    const { exitCode, stderr } = await andamio(["help"], {}, openSync(FULL, "w"));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error \[FILE_SYSTEM\] ENOSPC.*\n {2}Fix: .*Make room there/);
    expect(stderr).not.toContain("    at ");
  },
);
