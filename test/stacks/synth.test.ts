import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import Ajv from "ajv";
import { App, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { environments } from "../../environments";
import { loadEstate } from "../../rules";
import { createEnvironment, EnvironmentStack, synth } from "../../stacks";
import schema from "../../schemas/side-file.schema.json";
import { documents, plainEnvironment, type Json } from "../support/synthesized";

const GOLDEN = join(__dirname, "..", "golden");

let outdir: string;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "andamio-golden-"));
  const app = new App({ outdir });
  for (const environment of environments) createEnvironment(app, environment);
  synth(app);
});

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe("the environments of this repository", () => {
  test("are written as the golden files say", () => {
    for (const [id, document] of Object.entries(documents(outdir))) {
      const file = goldenFile(id);
      const text = `${JSON.stringify(document, undefined, 2)}\n`;
      updateIfAsked(file, text);
      expect(text).toBe(readFileSync(file, "utf8"));
    }
  });

  test("have a golden file each, and no file is of a stack that is gone", () => {
    const files = readdirSync(GOLDEN, { recursive: true }).filter((name) => String(name).endsWith(".tf.json"));
    const stacks = Object.keys(documents(outdir)).map((id) => relative(GOLDEN, goldenFile(id)));
    expect(files.map(String).sort()).toEqual(stacks.sort());
  });

  test("have the addresses that the golden list says: a line that goes without a moved block is something destroyed", () => {
    const file = join(GOLDEN, "addresses.txt");
    const { stacks } = sideFile(outdir);
    const lines = Object.entries(stacks).flatMap(([id, { resources }]) =>
      Object.keys(resources).map((address) => `${id} ${address}`),
    );
    const text = `${lines.sort().join("\n")}\n`;
    updateIfAsked(file, text);
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  test("carry no hash in any address", () => {
    for (const { resources } of Object.values(sideFile(outdir).stacks)) {
      for (const address of Object.keys(resources)) expect(address).not.toMatch(/_[0-9A-F]{8}$/);
    }
  });
});

describe("the side file", () => {
  test("follows its published schema", () => {
    const validate = new Ajv({ allErrors: true }).compile(schema);
    validate(sideFile(outdir));
    expect(validate.errors).toBeNull();
  });

  test("tells each environment's account and state, each stack's upstream, and the configuration behind each resource", () => {
    const { environments: known, stacks } = sideFile(outdir);
    expect(known["prod"]).toMatchObject({
      tier: "production",
      account: "333333333333",
      backend: { type: "s3", bucket: "acme-terraform-state-333333333333-eu-west-1" },
    });
    expect(stacks["prod-dns"]).toMatchObject({
      environment: "prod",
      dependencies: ["prod-network"],
      remote_states: { network: "prod-network" },
      resources: {
        "aws_route53_zone.internal": { path: "prod-dns/internal/Resource", configuration: "zones.internal" },
      },
    });
  });
});

describe("synth", () => {
  const inFolder = (work: (folder: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), "andamio-synth-"));
    try {
      work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("refuses a reference to a stack that comes after, and leaves no manifest", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "manifest.json"), "{}");
      const app = new App({ outdir: folder });
      const first = new EnvironmentStack(app, "first", { environment: plainEnvironment });
      const second = new EnvironmentStack(app, "second", { environment: plainEnvironment });
      new TerraformOutput(first, "seen", { value: new AwsVpc(second, "vpc", { cidrBlock: "10.0.0.0/16" }).id });
      expect(() => synth(app)).toThrowErrorMatchingInlineSnapshot(`
       "Stack "dev-first" takes a reference from "dev-second", which is made after it.
       References go to earlier stacks only: make the other stack first, or move what is needed into an earlier one."
      `);
      expect(existsSync(join(folder, "manifest.json"))).toBe(false);
    });
  });

  test.each([
    ["an emulator to AWS", { endpoints: { s3: "http://127.0.0.1:5000" } }, true],
    ["AWS to AWS", { endpoints: null }, false],
  ])("from %s forgets what Terraform remembers of the backend: %j, %j", (_what, config, forgotten) => {
    inFolder((folder) => {
      const remembered = join(folder, "stacks", "dev-first", ".terraform");
      mkdirSync(remembered, { recursive: true });
      writeFileSync(join(remembered, "terraform.tfstate"), JSON.stringify({ backend: { type: "s3", config } }));
      const app = new App({ outdir: folder });
      const stack = new EnvironmentStack(app, "first", { environment: plainEnvironment });
      new AwsVpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
      synth(app);
      expect(existsSync(remembered)).toBe(!forgotten);
    });
  });
});

describe("which stacks are judged", () => {
  const faulty = {
    resource: { aws_ebs_volume: { a: { availability_zone: "eu-west-1a", type: "gp3", size: 1, iops: 1 } } },
  };

  test("not what an earlier run left behind, which nothing says the tier of", () => {
    const folder = mkdtempSync(join(tmpdir(), "andamio-synth-"));
    mkdirSync(join(folder, "stacks", "dev-old"), { recursive: true });
    writeFileSync(join(folder, "stacks", "dev-old", "cdk.tf.json"), JSON.stringify(faulty));
    const app = new App({ outdir: folder });
    new EnvironmentStack(app, "first", { environment: plainEnvironment });
    expect(() => synth(app)).not.toThrow();
    expect(readFileSync(join(folder, "andamio-findings.json"), "utf8")).not.toContain("aws_ebs_volume");
    rmSync(folder, { recursive: true });
  });

  test("those that a construct groups too, each by the tier of its environment", () => {
    const folder = mkdtempSync(join(tmpdir(), "andamio-synth-"));
    const app = new App({ outdir: folder });
    const group = new Construct(app, "group");
    new EnvironmentStack(group, "first", { environment: plainEnvironment });
    synth(app);
    expect(sideFile(folder).stacks).toHaveProperty("dev-first");
    expect(loadEstate(folder).stacks).toMatchObject([{ id: "dev-first", tier: plainEnvironment.tier }]);
    rmSync(folder, { recursive: true });
  });
});

function goldenFile(id: string): string {
  const [environment = "", ...stack] = id.split("-");
  return join(GOLDEN, environment, `${stack.join("-")}.tf.json`);
}

interface SideFile {
  readonly environments: Record<string, Json>;
  readonly stacks: Record<string, { readonly resources: Record<string, unknown> }>;
}

function sideFile(folder: string): SideFile {
  return JSON.parse(readFileSync(join(folder, "andamio.json"), "utf8")) as SideFile;
}

/** `UPDATE_GOLDEN=1 npm run test:unit` writes the golden files; the diff is for people to read. */
function updateIfAsked(file: string, text: string): void {
  if (!process.env["UPDATE_GOLDEN"]) return;
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}
