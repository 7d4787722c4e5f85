import { readdirSync } from "node:fs";
import { join } from "node:path";
import { jsonDocument } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { ProjectCopy, projectCopy } from "../support/project-copy";
import { succeeded, type CommandResult } from "../support/run-command";
import { makeDevSmall } from "../support/small-dev";

const NETWORK = join("cdktf.out", "stacks", "dev-network");
const LOCAL_STATE = join(".andamio", "state", "dev", "network.tfstate");

const copy = projectCopy();
/** The one setting that plain cdktf gets, beside the name of a Terraform that is not on the PATH. */
let env: { ANDAMIO_EMULATOR?: string; TERRAFORM_BINARY_NAME?: string };

const cdktf = (...args: string[]): Promise<CommandResult> => copy.npx(["cdktf", ...args], { env });

/** Terraform in the folder of dev-network that cdktf wrote, as cdktf calls it. */
const terraform = (...args: string[]): Promise<CommandResult> =>
  copy.run(env.TERRAFORM_BINARY_NAME ?? "terraform", args, { cwd: copy.path(NETWORK) });

/** The state in the emulator: serial, lineage and everything in it. */
const emulatedState = async (): Promise<string> => succeeded(await terraform("state", "pull")).stdout;

/** Synthesizes for another backend than the emulator's, and initialises there: to plan there takes an AWS account. */
async function initLocally(): Promise<CommandResult> {
  const [from, to] = ['backend: { type: "s3" }', 'backend: { type: "local" }'];
  await copy.whileReplaced("environments/base.ts", from, to, async () => succeeded(await copy.npx(["cdktf", "synth"])));
  return succeeded(await terraform("init", "-input=false"));
}

async function initOnEmulator(): Promise<CommandResult> {
  succeeded(await cdktf("synth"));
  return succeeded(await terraform("init", "-input=false"));
}

/** Everything that a synth writes, by its path: not what is linked or copied beside it for Terraform. */
function written(project: ProjectCopy, outdir = "cdktf.out"): Record<string, string> {
  const files = readdirSync(project.path(outdir)).filter((name) => name.endsWith(".json"));
  for (const stack of readdirSync(project.path(outdir, "stacks"))) files.push(`stacks/${stack}/cdk.tf.json`);
  return Object.fromEntries(files.map((file) => [file, project.read(outdir, file)]));
}

beforeAll(async () => {
  makeDevSmall(copy);
  const ANDAMIO_EMULATOR = await startEmulator(copy);
  const { settings } = jsonDocument<{ settings: { TERRAFORM_BINARY_NAME?: string } }>(
    succeeded(await copy.andamio(["env", "--json"])),
  );
  env = { ANDAMIO_EMULATOR, TERRAFORM_BINARY_NAME: settings.TERRAFORM_BINARY_NAME };
  succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
});

describe("plain cdktf, told of the emulator and of nothing else", () => {
  test("lists and synthesizes every stack", async () => {
    const listed = succeeded(await cdktf("list")).stdout;
    const stacks = ["dev-dns", "dev-network", "prod-dns", "prod-network", "staging-dns", "staging-network"];
    for (const stack of stacks) expect(listed).toMatch(new RegExp(`^${stack} +cdktf.out/stacks/${stack}$`, "m"));
    succeeded(await cdktf("synth"));
    const files = ["manifest.json", "andamio.json", ...stacks.map((id) => `stacks/${id}/cdk.tf.json`)];
    expect(Object.keys(written(copy))).toEqual(expect.arrayContaining(files));
  });

  test("plans a stack with the provider that it finds by itself", async () => {
    expect(succeeded(await cdktf("plan", "dev-network")).stdout).toContain("20 to add, 0 to change, 0 to destroy.");
  });

  test("applies all of an environment", async () => {
    succeeded(await cdktf("apply", "dev-*", "--auto-approve"));
    const { stacks } = JSON.parse(succeeded(await copy.andamio(["output", "dev", "--emulator", "--json"])).stdout) as {
      stacks: Record<string, Record<string, { value: unknown }>>;
    };
    expect(stacks["dev-network"]?.["vpc_id"]?.value).toMatch(/^vpc-/);
    expect(stacks["dev-dns"]?.["internal_zone_id"]?.value).toMatch(/^\w+$/);
  });
});

describe("a checkout that is switched between the emulator and another backend", () => {
  let emulated: string;
  let local: string;

  beforeAll(async () => {
    emulated = await emulatedState();
    expect(emulated).toContain("vpc-");
    local = `${JSON.stringify({
      version: 4,
      terraform_version: "1.11.4",
      serial: 7,
      lineage: "7b8e3a52-0a2b-4c1e-9a55-3f2f0c8d9e10",
      outputs: { marker: { value: "local", type: "string" } },
      resources: [],
    })}\n`;
  });

  test("is not asked to copy the emulated state to a local one, and does not copy it", async () => {
    const init = await initLocally();
    expect(init.stdout).not.toMatch(/copy|migrat/i);
    expect(copy.exists(LOCAL_STATE)).toBe(false);
    expect(copy.exists(NETWORK, "terraform.tfstate")).toBe(false);
  });

  test("is not asked to copy a local state to the emulator, and does not copy it", async () => {
    copy.write(LOCAL_STATE, local);
    const init = await initOnEmulator();
    expect(init.stdout).not.toMatch(/copy|migrat/i);
    expect(await emulatedState()).toBe(emulated);
    expect(copy.read(LOCAL_STATE)).toBe(local);
  });

  test("finds each state again as it was when it is switched back", async () => {
    const init = await initLocally();
    const outputs = succeeded(await terraform("output", "-json")).stdout;
    expect(init.stdout).not.toMatch(/copy|migrat/i);
    expect(JSON.parse(outputs)).toMatchObject({ marker: { value: "local" } });
    expect(copy.read(LOCAL_STATE)).toBe(local);
    await initOnEmulator();
    expect(await emulatedState()).toBe(emulated);
  });
});

describe("the JSON of the same input", () => {
  const synth = async (project: ProjectCopy, more: NodeJS.ProcessEnv = {}): Promise<Record<string, string>> => {
    succeeded(await project.run(process.execPath, ["bin/app.js"], { env: more }));
    return written(project);
  };
  let first: Record<string, string>;

  beforeAll(async () => {
    first = await synth(copy);
  });

  test("is the same, byte by byte, the second time", async () => {
    expect(await synth(copy)).toEqual(first);
  });

  test("is the same, byte by byte, with cdktf's stack traces", async () => {
    expect(await synth(copy, { ANDAMIO_STACK_TRACES: "1" })).toEqual(first);
  });

  test("is the same, byte by byte, in another folder", async () => {
    const other = new ProjectCopy();
    makeDevSmall(other);
    try {
      expect(await synth(other)).toEqual(first);
    } finally {
      await other.remove();
    }
  });
});

describe("plain cdktf on what it made", () => {
  test("destroys all of an environment", async () => {
    succeeded(await cdktf("destroy", "dev-*", "--auto-approve"));
    expect(JSON.parse(await emulatedState())).toMatchObject({ resources: [], outputs: {} });
  });
});
