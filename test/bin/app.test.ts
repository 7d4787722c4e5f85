import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const REPOSITORY = resolve(__dirname, "..", "..");
const folder = temporaryFolder();

/** A program that puts a folder into its stack as an asset, and says whether the library of archives was loaded. */
const program = (type: string): string => `import { App, AssetType, TerraformAsset, TerraformStack } from "cdktf";
const app = new App();
const stack = new TerraformStack(app, "stack");
const asset = new TerraformAsset(stack, "asset", { path: "${join(folder, "content")}", type: AssetType.${type} });
app.synth();
console.log(asset.fileName, Object.keys(require.cache).some((file) => /archiver.lib.core/.test(file)));
`;

function app(main: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(REPOSITORY, "bin", "app.js"), main], { cwd: folder, encoding: "utf8" });
}

function run(type: string): SpawnSyncReturns<string> {
  return app(writeFile(join(folder, "main.ts"), program(type)));
}

/** The files of the stack's one asset. */
function assetFiles(): string[] {
  const assets = join(folder, "cdktf.out", "stacks", "stack", "assets");
  return readdirSync(assets, { recursive: true, encoding: "utf8" }).map((file) => basename(file));
}

beforeAll(() => {
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "junction");
  writeFile(join(folder, "content", "page.html"), "<p>page</p>");
});

test("a program without archives does not load the library that makes them", () => {
  expect(run("DIRECTORY")).toMatchObject({ status: 0, stdout: expect.stringContaining("false") as string, stderr: "" });
  expect(assetFiles()).toContain("page.html");
});

test("a program whose asset is an archive gets one", () => {
  expect(run("ARCHIVE")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("archive.zip") as string,
    stderr: "",
  });
  expect(assetFiles()).toContain("archive.zip");
});

describe("a program that fails", () => {
  const refused = (text: string): unknown => {
    writeFile(join(folder, "cdktf.out", "andamio.json"), "{}");
    const main = writeFile(join(folder, "failing.ts"), text);
    const { status, stderr } = app(main);
    expect(existsSync(join(folder, "cdktf.out", "andamio.json"))).toBe(false);
    return [status, stderr.split("\n").slice(0, -1)];
  };
  const debug = "For the stack trace, set ANDAMIO_DEBUG=1.";

  test.each([
    ["at once", `throw new Error("no");`, [1, ["no", "  at failing.ts:1:7", debug]]],
    [
      "later, in a promise that nobody waits for",
      `const later = async () => {\n  await 1;\n  throw new Error("no");\n};\nvoid later();`,
      [1, ["no", "  at failing.ts:3:9", debug]],
    ],
    [
      "later, in a timer",
      `setTimeout(() => {\n  throw new Error("no");\n}, 1);`,
      [1, ["no", "  at failing.ts:2:9", debug]],
    ],
    ["with what is no error", "throw null;", [1, ["null", debug]]],
    [
      "for want of a package",
      `import "nowhere-to-be-found";`,
      [
        3,
        ["Cannot find module 'nowhere-to-be-found'", "  at failing.ts:1:8", "Fix: Run npm install, or mend its name."],
      ],
    ],
  ])("is told without a stack trace and leaves no side file: %s", (_what, text, expected) => {
    expect(refused(text)).toEqual(expected);
  });
});

test.each([
  "join(__dirname, 'boot.sh')",
  "__filename.replace('user-data.ts', 'boot.sh')",
  "new URL('boot.sh', import.meta.url)",
])(
  "a file in a folder of the program finds its neighbour with %s, from a fresh bundle and from one that is kept",
  (neighbour) => {
    writeFile(join(folder, "package.json"), "{}");
    writeFile(join(folder, "lib", "boot.sh"), "echo started");
    writeFile(
      join(folder, "lib", "user-data.ts"),
      `import { readFileSync } from "node:fs";\nimport { join } from "node:path";\n` +
        `export const userData = () => [typeof join, readFileSync(${neighbour}, "utf8")];\n`,
    );
    const main = writeFile(
      join(folder, "reads.ts"),
      `import { userData } from "./lib/user-data";\nconsole.log(userData()[1]);\n`,
    );
    for (let run = 1; run <= 2; run++)
      expect(app(main)).toMatchObject({ status: 0, stdout: "echo started\n", stderr: "" });
  },
);
