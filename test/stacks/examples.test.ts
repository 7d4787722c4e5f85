import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";

const REPOSITORY = resolve(__dirname, "..", "..");
const EXAMPLES = readdirSync(join(REPOSITORY, "examples")).filter((name) => name.endsWith(".ts"));
const outdir = temporaryFolder();

test.each(EXAMPLES.filter((name) => name !== "environment.ts"))("the rules find nothing in examples/%s", (name) => {
  const example = spawnSync(process.execPath, [join("bin", "app.js"), join("examples", name)], {
    cwd: REPOSITORY,
    env: { ...process.env, CDKTF_OUTDIR: join(outdir, name) },
    encoding: "utf8",
  });
  expect(example).toMatchObject({ status: 0, stdout: "", stderr: "" });
});

test("the examples' page names each of them", () => {
  const page = readFileSync(join(REPOSITORY, "examples", "README.md"), "utf8");
  expect(EXAMPLES.filter((name) => !page.includes(`(${name})`))).toEqual([]);
});
