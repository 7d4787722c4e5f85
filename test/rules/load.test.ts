import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { evaluate, loadEstate, rules, UncheckableError, type Estate } from "../../rules";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const folder = temporaryFolder();
const write = (path: string, content: unknown): string =>
  writeFile(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
const codeOf = (directory: string): unknown => {
  try {
    loadEstate(join(folder, directory));
  } catch (error) {
    return error instanceof UncheckableError ? error.code : error;
  }
  return undefined;
};

const volume = { aws_ebs_volume: { data: { availability_zone: "eu-west-1a", size: 20, type: "gp3", iops: 100 } } };

beforeAll(() => {
  write("out/stacks/dev-data/cdk.tf.json", { provider: { aws: [{ region: "eu-west-1" }] }, resource: volume });
  write("out/andamio.json", {
    format_version: "1.0",
    environments: {
      dev: { tier: "development", account: "111111111111", region: "eu-west-1", quotas: { elasticIps: 9 } },
    },
    stacks: {
      "dev-data": {
        environment: "dev",
        resources: {
          "aws_ebs_volume.data": { path: "dev-data/data", source: "main.ts:3:5", configuration: "servers.web" },
        },
        acknowledgements: [],
      },
    },
  });
});

it("reads an output folder with its side file", () => {
  const [resource] = loadEstate(join(folder, "out")).resources;
  expect(resource).toMatchObject({ address: "aws_ebs_volume.data", region: "eu-west-1", account: "111111111111" });
  expect(resource?.stack).toMatchObject({
    id: "dev-data",
    environment: "dev",
    tier: "development",
    quotas: { elasticIps: 9 },
  });
  expect(resource?.origin).toEqual({ path: "dev-data/data", source: "main.ts:3:5", configuration: "servers.web" });
});

it("reads the folder of one stack with the side file above it", () => {
  expect(loadEstate(join(folder, "out", "stacks", "dev-data")).stacks[0]).toMatchObject({ environment: "dev" });
});

it("reads what an environment's file says of rules, and of one stack by itself what may be meant for it", () => {
  const acknowledge = ["dev-data/x", "dev-dns/x", "*/x"].map((path) => ({ id: "a", reason: "r", path }));
  write("policy/stacks/dev-data/cdk.tf.json", { resource: volume });
  write("policy/stacks/dev-dns/cdk.tf.json", { resource: {} });
  write("policy/andamio.json", {
    format_version: "1.0",
    environments: { dev: { tier: "development", policy: { approvers: ["me"], acknowledge } } },
    stacks: { "dev-data": { environment: "dev" }, "dev-dns": { environment: "dev" } },
  });
  const keys = acknowledge.map((entry, index) => ({ ...entry, configuration: `policy.acknowledge.${index}` }));
  const policyOf = (path: string): unknown => loadEstate(join(folder, path)).stacks[0]?.policy;
  expect(policyOf("policy")).toEqual({ approvers: ["me"], acknowledgements: keys });
  expect(policyOf("policy/stacks/dev-data")).toEqual({ approvers: ["me"], acknowledgements: [keys[0], keys[2]] });
});

it("reads a folder without a side file: production, and the provider's region and account", () => {
  write("plain/stacks/app/cdk.tf.json", {
    provider: { aws: { region: "us-east-1", allowed_account_ids: ["222222222222"] } },
    resource: volume,
  });
  expect(loadEstate(join(folder, "plain")).stacks).toEqual([
    {
      id: "app",
      environment: undefined,
      tier: "production",
      region: "us-east-1",
      account: "222222222222",
      quotas: {},
      acknowledgements: [],
    },
  ]);
});

it("takes a role of an account, or else a profile, for the account of a provider", () => {
  const accountOf = (provider: object): unknown => {
    write("account/stacks/app/cdk.tf.json", { provider: { aws: [provider] }, resource: volume });
    return loadEstate(join(folder, "account")).stacks[0]?.account;
  };
  const role_arn = "arn:aws:iam::333333333333:role/deploy";
  expect(accountOf({ assume_role: [{ role_arn }], profile: "dev" })).toBe("333333333333");
  expect(accountOf({ assume_role_with_web_identity: { role_arn } })).toBe("333333333333");
  expect(accountOf({ profile: "dev" })).toBe("dev");
  expect(accountOf({})).toBeUndefined();
});

it("takes the files of a folder together as one stack, lists of objects too", () => {
  write("files/a.tf.json", { resource: { aws_vpc: { a: { cidr_block: "10.0.0.0/16" } } } });
  write("files/b.tf.json", [{ resource: { aws_vpc: { b: { cidr_block: "10.1.0.0/16" } } } }, { resource: [volume] }]);
  write("files/notes.json", "no Terraform");
  expect(loadEstate(join(folder, "files")).resources.map(({ address }) => address)).toEqual([
    "aws_vpc.a",
    "aws_vpc.b",
    "aws_ebs_volume.data",
  ]);
});

it("takes the defaults of variables that nobody gives otherwise", () => {
  const variable = Object.fromEntries(["a", "b", "c"].map((name) => [name, { default: "10.0.0.0/29" }]));
  const subnets = Object.keys(variable).map((name) => [name, { cidr_block: `\${var.${name}}` }]);
  write("variables/cdk.tf.json", { variable, resource: { aws_subnet: Object.fromEntries(subnets) as object } });
  write("variables/terraform.tfvars", 'b = "10.0.0.0/24"\n');
  write("variables/more.auto.tfvars.json", { c: "10.0.0.0/24" });
  const { resources } = loadEstate(join(folder, "variables"));
  expect(resources.map(({ body }) => body.raw("cidr_block"))).toEqual(["10.0.0.0/29", "${var.b}", "${var.c}"]);
});

it("says what cannot be checked", () => {
  write("empty/readme.txt", "");
  write("broken/cdk.tf.json", "{");
  write("newer/stacks/a/cdk.tf.json", {});
  write("newer/andamio.json", { format_version: "2.0", environments: {}, stacks: {} });
  expect(["empty", "broken", "newer"].map(codeOf)).toEqual(["NOTHING_TO_CHECK", "NOT_JSON", "SIDE_FILE_NEWER"]);
});

describe("what a folder may hold", () => {
  const gp3 = (iops: number | string): object => ({
    aws_ebs_volume: { data: { ...volume.aws_ebs_volume.data, iops } },
  });
  const load = (path: string): Estate => loadEstate(join(folder, path));
  const iopsIn = (path: string): unknown[] =>
    load(path)
      .ofType("aws_ebs_volume")
      .map(({ body }) => body.raw("iops"));

  it("is in any of the encodings that a shell writes", () => {
    const text = JSON.stringify({ resource: gp3(100) });
    writeFile(join(folder, "bom", "a.tf.json"), `\uFEFF${text}`);
    writeFile(join(folder, "utf16", "a.tf.json"), Buffer.from(`\uFEFF${text}`, "utf16le"));
    expect(["bom", "utf16"].map(iopsIn)).toEqual([[100], [100]]);
  });

  it("is overridden as Terraform does it, whatever the order of the names", () => {
    const server = (disk: object, key: string): object => ({
      aws_instance: {
        web: { ami: "ami-1", root_block_device: [disk], lifecycle: { [key]: 1 } },
      },
    });
    write("override/main.tf.json", {
      resource: { ...gp3(100), ...server({ volume_size: 20 }, "k1") },
      provider: { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] },
      terraform: { backend: { s3: { bucket: "a", key: "k" } }, required_version: ">= 1" },
      locals: { secret: "one" },
    });
    write("override/a_override.tf.json", {
      resource: [gp3(3000), server({ throughput: 4000 }, "k2")],
      provider: { aws: { alias: "us", region: "us-west-2" } },
      terraform: { cloud: { organization: "o" } },
      locals: { secret: "two" },
    });
    const estate = load("override");
    expect(iopsIn("override")).toEqual([3000]);
    expect(estate.ofType("aws_instance")[0]?.body.body).toEqual({
      ami: "ami-1",
      root_block_device: [{ throughput: 4000 }],
      lifecycle: { k1: 1, k2: 1 },
    });
    expect(estate.stacks[0]?.region).toBe("eu-west-1");
    const [stack] = estate.stacks;
    expect(stack && estate.setting(stack, "${local.secret}")).toEqual({ value: "two" });
  });

  it("is passed over where Terraform passes it over", () => {
    for (const name of [".hidden.tf.json", "#edited.tf.json#", "edited.tf.json~"]) write(`ignored/${name}`, "{");
    write("ignored/folder.tf.json/readme.txt", "");
    write("ignored/a.tf.json", { resource: gp3(100) });
    expect(iopsIn("ignored")).toEqual([100]);
  });

  it("is judged twice and told of when it is there twice", () => {
    write("twice/a.tf.json", { resource: gp3(100) });
    write("twice/b.tf.json", { resource: gp3(200) });
    expect(iopsIn("twice")).toEqual([100, 200]);
    expect(load("twice").notes).toContain("twice: aws_ebs_volume.data is there twice, which Terraform refuses.");
  });

  it("calls modules: those beside it are read, of others it is told that they are not", () => {
    write("calls/a.tf.json", {
      provider: { aws: [{ region: "eu-west-1" }, { alias: "us", region: "us-east-1" }] },
      module: {
        disks: { source: "./disks", providers: { aws: "aws.us" } },
        none: { source: "./disks", count: 0 },
        vpc: { source: "terraform-aws-modules/vpc/aws" },
        gone: { source: "./gone" },
      },
    });
    write("calls/disks/main.tf.json", {
      resource: gp3(100),
      module: { inner: { source: "../inner" }, me: { source: "./" } },
    });
    write("calls/inner/main.tf.json", { resource: gp3(200) });
    write("calls/inner/more.tf", "");
    const estate = load("calls");
    expect(estate.resources.map(({ address, region }) => [address, region])).toEqual([
      ["module.disks.aws_ebs_volume.data", "us-east-1"],
      ["module.disks.module.inner.aws_ebs_volume.data", "us-east-1"],
    ]);
    expect(estate.notes).toContain(
      "calls: not looked at: module.disks.module.inner (../inner/more.tf), module.vpc (terraform-aws-modules/vpc/aws), module.gone (./gone). A plan shows it: --plan.",
    );
  });

  it("calls modules with values that their defaults give way to", () => {
    const iopsOf = (call: object): unknown => {
      write("given/a.tf.json", { module: { disks: { source: "./disks", ...call } } });
      return iopsIn("given");
    };
    write("given/disks/main.tf.json", { variable: { iops: { default: 100 } }, resource: gp3("${var.iops}") });
    expect(iopsOf({})).toEqual([100]);
    expect(iopsOf({ iops: 4000 })).toEqual(["${var.iops}"]);
  });

  it("is no Terraform: what it is instead is told, and nothing of what it holds", () => {
    const messageOf = (path: string): string => {
      try {
        load(path);
      } catch (error) {
        return `${(error as UncheckableError).code} ${(error as Error).message.replaceAll(folder, "")}`;
      }
      return "";
    };
    write("text/a.tf.json", { resource: { aws_ebs_volume: "hunter2" } });
    write("list/a.tf.json", [1]);
    write("null/a.tf.json", "null");
    write("comma/a.tf.json", `{\n  "password": "hunter2",\n}`);
    write("blank/a.tf.json", " ");
    write("prose/a.tf.json", "hunter2");
    write("hcl/main.tf", "");
    symlinkSync(join(folder, "nowhere"), join(folder, "hcl", "gone.tf.json"));
    write("file.tf.json", "{}");
    write("native/main.tf", "");
    expect(["text", "list", "null", "comma", "blank", "prose", "hcl", "file.tf.json", "native"].map(messageOf))
      .toMatchInlineSnapshot(`
     [
       "NOT_TERRAFORM /text/a.tf.json is no Terraform JSON: resource.aws_ebs_volume must hold blocks, got a text.",
       "NOT_TERRAFORM /list/a.tf.json is no Terraform JSON: it must hold an object, or a list of nothing else.",
       "NOT_TERRAFORM /null/a.tf.json is no Terraform JSON: it must hold an object, got null.",
       "NOT_JSON /comma/a.tf.json is not JSON: a mistake in line 3, column 1.",
       "NOT_JSON /blank/a.tf.json is not JSON: it is empty.",
       "NOT_JSON /prose/a.tf.json is not JSON: an unexpected "h".",
       "UNREADABLE /hcl/gone.tf.json cannot be read: it is not there, or a link to nowhere.",
       "NOTHING_TO_CHECK /file.tf.json is a file.",
       "NOTHING_TO_CHECK /native holds Terraform's own language (main.tf), and rules read JSON.",
     ]
    `);
  });
});

it("finds nothing in what passes the scanners", () => {
  const { findings } = evaluate(loadEstate(join(__dirname, "fixtures", "hardened")), { rules, today: "2026-01-01" });
  expect(findings).toEqual([]);
});

it("finds nothing in this repository's own environments", () => {
  const golden = join(__dirname, "..", "golden");
  for (const environment of ["dev", "staging", "prod"]) {
    for (const file of readdirSync(join(golden, environment))) {
      const stack = `${environment}-${file.replace(".tf.json", "")}`;
      write(`golden/stacks/${stack}/cdk.tf.json`, readFileSync(join(golden, environment, file), "utf8"));
    }
  }
  const { findings } = evaluate(loadEstate(join(folder, "golden")), { rules, today: "2026-01-01" });
  expect(findings).toEqual([]);
});
