import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { projectCopy, REPOSITORY } from "../support/project-copy";
import { runCommand, succeeded } from "../support/run-command";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

/* The same sources on cdktf and on CDK Terrain, whose bindings are made from a newer provider. */

const copy = projectCopy();
const terrain = temporaryFolder();
const examples = readdirSync(join(REPOSITORY, "examples")).filter(
  (file) => file.endsWith(".ts") && file !== "environment.ts",
);
const programs = ["main.ts", ...examples.map((file) => `examples/${file}`)];

const outdirOf = (framework: string, program: string): string => copy.path("out", framework, program);

async function synthesizeAll(framework: string): Promise<void> {
  for (const program of programs) {
    const env = { CDKTF_OUTDIR: outdirOf(framework, program) };
    mkdirSync(env.CDKTF_OUTDIR, { recursive: true });
    succeeded(await copy.run(process.execPath, ["bin/app.js", program], { env }));
  }
}

/** As if `npm install` had been told of CDK Terrain in place of cdktf. */
async function installTerrain(): Promise<void> {
  for (const file of ["package.json", "package-lock.json"])
    writeFile(join(terrain, file), copy.read("test", "support", "cdk-terrain", file));
  succeeded(await runCommand("npm", ["ci", "--ignore-scripts"], { cwd: terrain, env: copy.env }));
  for (const name of ["cdktf", "@cdktf", "constructs"]) rmSync(copy.path("node_modules", name), { recursive: true });
  for (const name of ["cdktn", "@cdktn", "constructs"])
    symlinkSync(join(terrain, "node_modules", name), copy.path("node_modules", name), "junction");
}

interface Written {
  readonly "//": { readonly metadata: { version?: string } };
}

/** What a program wrote, by file; the version of the framework, which every stack names, is left out. */
function written(framework: string, program: string): Record<string, unknown> {
  const outdir = outdirOf(framework, program);
  const read = (...names: string[]): unknown => JSON.parse(copy.read(outdir.slice(copy.directory.length), ...names));
  const stacks = readdirSync(join(outdir, "stacks")).map((id) => {
    const stack = read("stacks", id, "cdk.tf.json") as Written;
    delete stack["//"].metadata.version;
    return [id, stack];
  });
  return { ...Object.fromEntries(stacks), side: read("andamio.json"), findings: read("andamio-findings.json") };
}

beforeAll(async () => {
  await synthesizeAll("cdktf");
  await installTerrain();
  await synthesizeAll("cdktn");
});

describe("a project that has CDK Terrain and not cdktf", () => {
  test("is made by CDK Terrain, its bindings included", () => {
    const { metadata } = JSON.parse(copy.read("out", "cdktn", "main.ts", "stacks", "dev-network", "cdk.tf.json"))[
      "//"
    ] as { metadata: object };
    expect(metadata).toMatchObject({ version: "0.24.0" });
  });

  test.each(programs)("gets of %s what cdktf makes of it", (program) => {
    const ofTerrain = written("cdktn", program);
    expect(Object.keys(ofTerrain).length).toBeGreaterThan(2);
    expect(ofTerrain).toEqual(written("cdktf", program));
  });

  test("compiles, when tsconfig.json says where the types are", async () => {
    const paths = { cdktf: ["./node_modules/cdktn"], "@cdktf/*": ["./node_modules/@cdktn/*"] };
    const folders = ["environments", "examples", "main.ts", "modules", "rules", "stacks"];
    const compilerOptions = { paths, types: ["node"] };
    copy.write(
      "tsconfig.terrain.json",
      JSON.stringify({ extends: "./tsconfig.json", compilerOptions, include: folders }),
    );
    succeeded(await copy.npx(["tsc", "--noEmit", "-p", "tsconfig.terrain.json"]));
  });

  test("has the andamio command", async () => {
    expect(succeeded(await copy.andamio(["synth"])).stdout).toContain("stacks of dev, prod, staging");
  });
});
