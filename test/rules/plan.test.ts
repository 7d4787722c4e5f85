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

it("takes a plan of no resources for a plan", () => {
  const file = writeFile(join(folder, "empty.json"), JSON.stringify({ format_version: "1.2", planned_values: {} }));
  expect(loadPlan(file, "app").resources).toEqual([]);
});

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

it("refuses what is no plan", () => {
  const file = writeFile(join(folder, "state.json"), JSON.stringify({ format_version: "1.0", values: {} }));
  expect(() => loadPlan(file, "app")).toThrow(UncheckableError);
  expect(() => loadPlan(file, "app")).toThrow("is not a plan in JSON: make it with terraform show -json");
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
