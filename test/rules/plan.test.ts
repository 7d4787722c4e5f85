import { join } from "node:path";
import { evaluate, loadPlan, rules, UncheckableError } from "../../rules";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const PLAN = join(__dirname, "fixtures", "plan.json");
const estate = loadPlan(PLAN, "app");
const report = evaluate(estate, { rules, today: "2026-01-01" });
const found = report.findings.map(({ rule, address, argument, value }) => ({ rule, address, argument, value }));

it("knows what a program leaves to variables, and what dynamic blocks come to", () => {
  expect(found).toContainEqual({
    rule: "ebs-gp3-iops-range",
    address: "aws_ebs_volume.data",
    argument: "iops",
    value: 100,
  });
  expect(found).toContainEqual({
    rule: "security-group-remote-access-open",
    address: "aws_security_group.web",
    argument: "ingress.0.cidr_blocks.0",
    value: "0.0.0.0/0",
  });
});

it("looks at each instance of a resource, and at those in modules", () => {
  const inVpc = found.filter(({ rule }) => rule === "vpc-subnet-in-vpc").map(({ address, value }) => [address, value]);
  expect(inVpc).toEqual([
    ['aws_subnet.a["b"]', "10.1.0.0/24"],
    ["module.net.aws_subnet.a", "10.9.0.0/24"],
  ]);
});

it("follows references among what is not there yet, and ids among what is", () => {
  expect(found).toContainEqual({
    rule: "ebs-attachment-same-zone",
    address: "aws_volume_attachment.old",
    argument: "volume_id",
    value: "vol-0123456789abcdef0",
  });
});

it("leaves out what AWS itself answered, and what the plan marks as sensitive", () => {
  expect(found.filter(({ address }) => address === "aws_instance.old")).toEqual([]);
  expect(report.findings.find(({ address }) => address === "aws_key_pair.k")).not.toHaveProperty("value");
});

it("finds nothing else", () => {
  expect(found.map(({ rule }) => rule).sort()).toEqual([
    "ebs-attachment-same-zone",
    "ebs-gp3-iops-range",
    "ec2-key-pair-public-key",
    "security-group-remote-access-open",
    "vpc-subnet-in-vpc",
    "vpc-subnet-in-vpc",
  ]);
});

it("knows the region of each provider", () => {
  const regions = estate.ofType("aws_ebs_volume").map(({ name, region }) => [name, region]);
  expect(regions).toEqual([
    ["data", "eu-west-1"],
    ["far", "us-east-1"],
    ["old", "eu-west-1"],
  ]);
});

const folder = temporaryFolder();

it("tells providers apart whose regions or credentials are variables", () => {
  const variable = (name: string): object => ({ references: [`var.${name}`] });
  const providers = {
    aws: { name: "aws", expressions: { region: variable("region") } },
    "aws.far": { name: "aws", alias: "far", expressions: { region: variable("far") } },
    "aws.audit": {
      name: "aws",
      alias: "audit",
      expressions: { region: variable("region"), profile: variable("audit") },
    },
  };
  const topics = Object.keys(providers).map((key, index) => ({ address: `aws_sns_topic.n${index}`, key }));
  const plan = {
    format_version: "1.2",
    resource_changes: topics.map(({ address }) => ({
      address,
      mode: "managed",
      type: "aws_sns_topic",
      name: address.slice("aws_sns_topic.".length),
      change: { actions: ["create"], after: { name: "alarms" }, after_unknown: {} },
    })),
    configuration: {
      provider_config: providers,
      root_module: {
        resources: topics.map(({ address, key }) => ({
          address,
          provider_config_key: key,
          expressions: { name: { constant_value: "alarms" } },
        })),
      },
    },
  };
  const { findings } = evaluate(loadPlan(writeFile(join(folder, "plan.json"), JSON.stringify(plan)), "app"), {
    rules,
    today: "2026-01-01",
  });
  expect(findings).toEqual([]);
});

describe("what is no plan", () => {
  const messageOf = (content: string | Buffer): string => {
    const file = writeFile(join(folder, "plan.json"), content);
    try {
      loadPlan(file, "app");
    } catch (error) {
      if (error instanceof UncheckableError) return error.message.replace(folder, "");
    }
    return "";
  };
  const line = JSON.stringify({ "@level": "info", "@message": "planning" });
  const state = JSON.stringify({ format_version: "1.0", values: { root_module: {} } });
  const change = { format_version: "1.2", resource_changes: [{ type: "aws_vpc" }] };

  it.each([
    ["a planfile", "PK\u0003\u0004", "/plan.json is a plan in binary form."],
    ["a state as terraform shows it", state, "/plan.json is a state, not a plan in JSON."],
    ["a state as terraform keeps it", `{"version":4,"lineage":"x"}`, "/plan.json is a state, not a plan in JSON."],
    ["the log of a plan", `${line}\n${line}\n`, "/plan.json is the log of terraform plan -json."],
    [
      "what andamio printed",
      `{"format_version":"1.0","command":"plan"}`,
      "/plan.json is what andamio printed, not a plan in JSON.",
    ],
    ["a list", "[]", "/plan.json is not a plan in JSON."],
    ["a plan without its changes", JSON.stringify(change), "/plan.json is not a plan in JSON."],
    [
      "a plan of a later format",
      `{"format_version":"2.0","resource_changes":[]}`,
      "/plan.json is a plan of format 2.0, this andamio reads 1.x.",
    ],
    ["garbage, of which nothing is told", "hunter2", `/plan.json is not JSON: an unexpected "h".`],
  ])("is refused: %s", (_what, content, message) => {
    expect(messageOf(content)).toBe(message);
  });

  it("is not a plan of nothing, nor one that PowerShell wrote", () => {
    const empty = JSON.stringify({ format_version: "1.2", planned_values: { root_module: {} } });
    const file = writeFile(join(folder, "empty.json"), Buffer.from(`\uFEFF${empty}`, "utf16le"));
    expect(loadPlan(file, "app").resources).toEqual([]);
  });
});

it("knows the region that a variable gives a provider", () => {
  const region = { references: ["var.region"] };
  const change = { actions: ["create"], after: { size: 1 }, after_unknown: {} };
  const volume = { address: "aws_ebs_volume.a", mode: "managed", type: "aws_ebs_volume", name: "a", change };
  const plan = {
    format_version: "1.2",
    variables: { region: { value: "eu-south-2" } },
    resource_changes: [volume],
    configuration: { provider_config: { aws: { name: "aws", expressions: { region } } } },
  };
  const [resource] = loadPlan(writeFile(join(folder, "region.json"), JSON.stringify(plan)), "app").resources;
  expect(resource?.region).toBe("eu-south-2");
});

describe("what is said beside the findings", () => {
  const notesOf = (plan: object): readonly string[] =>
    loadPlan(writeFile(join(folder, "p.json"), JSON.stringify({ format_version: "1.2", ...plan })), "app").notes;

  it("names the tier by which the plan is judged, where nobody tells it", () => {
    expect(notesOf({ resource_changes: [] })).toEqual(["Nothing tells the tier of app: judged as production."]);
    expect(loadPlan(PLAN, "app", { tier: "staging" }).notes).toEqual([]);
  });

  it("names what is not whole", () => {
    const change = { actions: ["create"], after: { size: 1 }, after_unknown: {} };
    const resource = { address: "aws_ebs_volume.a", mode: "managed", type: "aws_ebs_volume", name: "a", change };
    const deferred_changes = [{ reason: "provider_config_unknown", resource_change: resource }];
    expect(notesOf({ resource_changes: [], errored: true, deferred_changes })).toEqual([
      "Nothing tells the tier of app: judged as production.",
      "app: terraform plan ended with errors, and what comes after them is not in it.",
      "app: deferred, with little that is known: aws_ebs_volume.a.",
    ]);
  });
});

it("shows no value of a data source that the state marks as sensitive", () => {
  const values = { cidr_block: "10.0.0.0/8" };
  const data = { address: "data.aws_vpc.a", mode: "data", type: "aws_vpc", name: "a", values };
  const plan = (sensitive_values: object): string =>
    writeFile(
      join(folder, "data.json"),
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [],
        prior_state: { values: { root_module: { resources: [{ ...data, sensitive_values }] } } },
      }),
    );
  const [shown] = loadPlan(plan({}), "app").resources;
  expect(shown?.sensitive).toEqual([]);
  const [hidden] = loadPlan(plan({ cidr_block: true }), "app").resources;
  expect(hidden?.sensitive).toEqual(["cidr_block"]);
});

it("takes no text for an expression that is what one has come to", () => {
  const user = "arn:aws:iam::*:user/${aws:username}";
  const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: ["*", user] }] });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      {
        address: "aws_iam_policy.own",
        mode: "managed",
        type: "aws_iam_policy",
        name: "own",
        change: { actions: ["create"], after: { name: "own", policy }, after_unknown: {} },
      },
    ],
  };
  const loaded = loadPlan(writeFile(join(folder, "policy.json"), JSON.stringify(plan)), "app");
  const { findings, unknown } = evaluate(loaded, { rules, today: "2026-01-01" });
  expect([findings.map(({ rule }) => rule), unknown]).toEqual([["iam-all-actions"], []]);
});

it("does not take what a variable is in one module for what it is in another", () => {
  const unknown = { references: ["var.within"] };
  const kinds = [
    { type: "aws_security_group", after: { name: "web" }, argument: "vpc_id" },
    { type: "aws_lb_listener_rule", after: { priority: 100 }, argument: "listener_arn" },
    {
      type: "aws_route53_record",
      after: { name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] },
      argument: "zone_id",
    },
  ];
  const module = {
    module: {
      resources: kinds.map(({ type, after, argument }) => ({
        address: `${type}.it`,
        expressions: {
          ...Object.fromEntries(Object.entries(after).map(([name, value]) => [name, { constant_value: value }])),
          [argument]: unknown,
        },
      })),
    },
  };
  const changes = ["one", "other"].flatMap((name) =>
    kinds.map(({ type, after, argument }) => ({
      address: `module.${name}.${type}.it`,
      module_address: `module.${name}`,
      mode: "managed",
      type,
      name: "it",
      change: { actions: ["create"], after, after_unknown: { [argument]: true } },
    })),
  );
  const plan = {
    format_version: "1.2",
    resource_changes: changes,
    configuration: { root_module: { module_calls: { one: module, other: module } } },
  };
  const { findings } = evaluate(loadPlan(writeFile(join(folder, "modules.json"), JSON.stringify(plan)), "app"), {
    rules,
    today: "2026-01-01",
  });
  expect(findings).toEqual([]);
});
