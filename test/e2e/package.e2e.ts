import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { jsonDocument } from "../support/andamio-json";
import { projectCopy, REPOSITORY } from "../support/project-copy";
import { endedWith, runCommand, succeeded, type CommandResult } from "../support/run-command";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const MAIN = `import { App } from "cdktf";
import { defineEnvironment, validateEnvironments } from "andamio/environments";
import { EnvironmentStack, synth } from "andamio/stacks";
import { Vpc } from "andamio/vpc";

const live = defineEnvironment(
  { project: "shop", backend: { type: "s3" } },
  { name: "live", tier: "production", account: "444444444444", region: "eu-central-1", network: { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"] } },
);
const app = new App();
for (const environment of validateEnvironments([live])) {
  const stack = new EnvironmentStack(app, "network", { environment, emulator: process.env.ANDAMIO_EMULATOR });
  const vpc = new Vpc(stack, "main", environment.network);
  stack.output("vpc_id", vpc.id, "Id of the VPC");
}
synth(app, process.env);
`;

/** The programs of docs/other-repositories.md: each says its name in its first line. */
const PAGE = [
  ...readFileSync(join(REPOSITORY, "docs", "other-repositories.md"), "utf8").matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs),
].map(([, name = "", text = ""]) => ({ file: `page/${name}`, text }));

const copy = projectCopy();
const shop = temporaryFolder();

const inShop = (program: string, ...args: string[]): Promise<CommandResult> =>
  runCommand(program, args, { cwd: shop, env: copy.env });
const andamio = (...args: string[]): Promise<CommandResult> =>
  inShop(process.execPath, "node_modules/andamio/bin/andamio.js", ...args);
const app = (program = "main.ts"): Promise<CommandResult> =>
  inShop(process.execPath, "node_modules/andamio/bin/app.js", program);

const tsc = (flags: readonly string[], ...programs: string[]): Promise<CommandResult> => {
  const compiler = join(REPOSITORY, "node_modules", "typescript", "bin", "tsc");
  return inShop(process.execPath, compiler, "--noEmit", "--strict", "--types", "node", ...flags, ...programs);
};

/** What a run wrote of a stack. */
const written = (stack: string): Written =>
  JSON.parse(readFileSync(join(shop, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8")) as Written;

interface Written {
  readonly resource: Record<string, Record<string, object>>;
  readonly terraform: { readonly backend: object };
}

/** What `npm install` of the package brings along, and nothing else: a dependency that it forgot to name is missing. */
function linkDependencies(): void {
  const { dependencies, peerDependencies } = JSON.parse(copy.read("package.json")) as Record<string, object>;
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), "@types/node"]) {
    const link = join(shop, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(REPOSITORY, "node_modules", name), link, "junction");
  }
}

beforeAll(async () => {
  succeeded(await copy.run("npm", ["pack"]));
  const [archive = ""] = readdirSync(copy.directory).filter((name) => name.endsWith(".tgz"));
  mkdirSync(join(shop, "node_modules"));
  execFileSync("tar", ["-xzf", copy.path(archive), "-C", join(shop, "node_modules")]);
  renameSync(join(shop, "node_modules", "package"), join(shop, "node_modules", "andamio"));
  linkDependencies();
  writeFile(
    join(shop, "cdktf.json"),
    '{ "language": "typescript", "app": "node node_modules/andamio/bin/app.js main.ts" }',
  );
  writeFile(join(shop, "main.ts"), MAIN);
});

describe("the npm package in another repository", () => {
  test("holds what others use, and neither our environments nor our tests", () => {
    const folder = join(shop, "node_modules", "andamio");
    const files = readdirSync(folder, { recursive: true }) as string[];
    expect(readdirSync(folder).sort()).toEqual([
      "LICENSE",
      "README.md",
      "bin",
      "dist",
      "docs",
      "emulator",
      "package.json",
      "schemas",
    ]);
    expect(files.filter((name) => /dev\.|prod\.|staging\.|\.test\.|\.e2e\.|__pycache__|\.pyc$/.test(name))).toEqual([]);
  });

  test("synthesizes a program that imports its modules", async () => {
    succeeded(await app());
    const { resource, terraform } = written("live-network");
    expect(resource["aws_vpc"]?.["main"]).toMatchObject({
      cidr_block: "10.40.0.0/16",
      lifecycle: { prevent_destroy: true },
      tags: { Name: "shop-live-main" },
    });
    expect(Object.keys(resource["aws_nat_gateway"] ?? {})).toEqual(["main_nat_a"]);
    expect(terraform.backend).toMatchObject({ s3: { key: "live/network.tfstate", use_lockfile: true } });
  });

  test("has types that the program compiles with, down to a key that does not exist", async () => {
    const flags = ["--module", "node16", "--target", "es2022", "--skipLibCheck"];
    succeeded(await tsc(flags, "main.ts"));
    writeFile(join(shop, "main.ts"), MAIN.replace("availabilityZones", "availabilityZone"));
    const { stdout } = endedWith(2, await tsc(flags, "main.ts"));
    writeFile(join(shop, "main.ts"), MAIN);
    expect(stdout).toContain("main.ts(8,");
    expect(stdout).toMatch(/'availabilityZone' does not exist in type .* Did you mean to write 'availabilityZones'\?/);
  });

  test.each([
    [
      "that cdktf init writes, which reads no exports",
      ["--module", "commonjs", "--target", "es2018", "--skipLibCheck"],
    ],
    ["of a bundler", ["--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022", "--skipLibCheck"]],
  ])("has types that are found with the settings %s", async (_settings, flags) => {
    succeeded(await tsc(flags, "main.ts"));
  });

  test("names the program's own line when a module refuses what it is given", async () => {
    writeFile(join(shop, "main.ts"), MAIN.replace("10.40.0.0/16", "10.40.0.0/28"));
    const { stderr } = endedWith(3, await app());
    writeFile(join(shop, "main.ts"), MAIN);
    expect(stderr).toContain('Vpc "live-network/main" is invalid:\n  - cidr must be /16 to /22');
    expect(stderr).toMatch(/^ {2}at main\.ts:13:15/m);
  });

  test("has the andamio command, which lists the stacks of the other repository", async () => {
    const { stacks } = jsonDocument<{ stacks: object[] }>(succeeded(await andamio("list", "--json")));
    expect(stacks).toMatchObject([
      { stack: "live-network", environment: "live", tier: "production", account: "444444444444" },
    ]);
  });

  test("does what the page on other repositories shows", async () => {
    for (const { file, text } of PAGE) writeFile(join(shop, file), text);
    const flags = ["--module", "node16", "--target", "es2022", "--skipLibCheck"];
    succeeded(await tsc(flags, ...PAGE.map(({ file }) => file)));

    succeeded(await app("page/main.ts"));
    expect(Object.keys(written("live-reports").resource["aws_instance"] ?? {})).toEqual(["printer"]);
    expect(Object.keys(written("live-data").resource["aws_db_instance"] ?? {})).toEqual(["orders"]);

    succeeded(await app("page/existing.ts"));
    const { aws_lb, aws_subnet } = written("shop-staging").resource;
    expect(Object.values(aws_lb ?? {})).toMatchObject([{ name: "shop-staging-alb" }]);
    expect(Object.values(aws_subnet ?? {})).toContainEqual(
      expect.objectContaining({ availability_zone: "eu-central-1a" }),
    );
  });

  test("names the line of a finding where Node runs the program as an ES module, without Andamio's runner", async () => {
    writeFile(join(shop, "main.mjs"), MAIN);
    const { stderr } = succeeded(await inShop(process.execPath, "main.mjs"));
    expect(stderr).toMatch(/^main\.mjs\n {2}13:15 {2}low vpc-nat-gateway-zones {2}live-network$/m);
  });

  test("brings its emulator along, extension included", async () => {
    const started = await andamio("emulator", "start", "--json");
    const stopped = await andamio("emulator", "stop", "--json");
    expect(jsonDocument(succeeded(started))).toMatchObject({ started: true, extension: true });
    expect(jsonDocument(succeeded(stopped))).toMatchObject({ stopped: true });
  });
});
