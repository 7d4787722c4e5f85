import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate, loadEstate, rules, UncheckableError } from "../../rules";
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
