import { evaluate, rules } from "../../rules";
import type { Json } from "../../rules/values/block";
import { evaluated, UnsettledError } from "../../rules/values/expression";
import { settled } from "../../rules/values/settle";
import { estateOf, type Document } from "./fixtures/fixture";

const constants = {
  var: { cidr: "10.0.0.0/16", ports: [22, 443] },
  local: { names: { a: "x" }, on: true, port: "80" },
};
const scope = (root: string, name: string): unknown => {
  const values = (constants as Record<string, Json>)[root];
  if (!values || !(name in values)) throw new UnsettledError(root);
  return values[name];
};

describe("an expression of constants", () => {
  it.each([
    ["${var.ports[1]}", 443],
    ['${ local.names["a"] }', "x"],
    ["a-${local.names.a}-${var.ports[0]}", "a-x-22"],
    ["${var.ports}", [22, 443]],
    ['${toset(["a", "b", "a"])}', ["a", "b"]],
    ["${length(var.ports) * 2 + 1}", 5],
    ['${local.on && var.ports[0] != 80 ? "yes" : local.missing}', "yes"],
    ['${{ a = 1, "b" : -2 }}', { a: 1, b: -2 }],
    ['${merge({a = 1}, {b = 2})["b"]}', 2],
    ["${cidrsubnet(var.cidr, 8, 3)}", "10.0.3.0/24"],
    ['${cidrsubnet("2001:db8::/56", 8, 1)}', "2001:db8:0:1::/64"],
    ['${base64encode("a $${b}\\n")}', Buffer.from("a ${b}\n").toString("base64")],
    ['${join(",", concat(["a"], ["b ${local.port}"]))}', "a,b 80"],
    ["$${literally} ${local.port}", "$${literally} 80"],
    ['${lookup({a = "1"}, "b", upper("c"))}', "C"],
    ["${(1 + 2) <= 3}", true],
  ])("comes to its value: %s", (text, value) => {
    expect(evaluated(text, scope)).toEqual(value);
  });

  it.each([
    "${aws_vpc.main.id}",
    "${var.unknown}",
    "a ${aws_vpc.main.id}",
    "${[for p in var.ports : p]}",
    "${aws_subnet.a[*].id}",
    "${local.names.b}",
    '${file("key.pub")}',
    "%{ if local.on }a%{ endif }",
    "${cidrsubnet(var.cidr, 8, 256)}",
    "${var.ports",
    '${base64encode("${aws_vpc.main.id}")}',
  ])("is left to Terraform: %s", (text) => {
    expect(() => evaluated(text, scope)).toThrow(UnsettledError);
  });
});

describe("a document", () => {
  const resource = (body: Json): Json => ({ resource: { aws_thing: { it: body } } });
  const bodyOf = (json: Json): unknown =>
    (settled(json) as { resource: { aws_thing: { it: unknown } } }).resource.aws_thing.it;

  it("has the values of its variables and local values, in whatever order they stand for each other", () => {
    const json = {
      ...resource({ size: "${local.size}", tags: { Name: "${local.name}" }, subnet: "${local.subnet}" }),
      variable: { environment: { default: "dev" } },
      locals: [
        { name: "${local.prefix}-web", size: 20 },
        { prefix: "app-${var.environment}", subnet: "${aws_subnet.a.id}" },
      ],
    };
    expect(bodyOf(json)).toEqual({ size: 20, tags: { Name: "app-dev-web" }, subnet: "${aws_subnet.a.id}" });
  });

  it("keeps what has no value, is sensitive, or stands for itself", () => {
    const body = { a: "${var.none}", b: "${var.hidden}", c: "${local.c}", d: "${var.undeclared}" };
    const variable = { none: { type: "string" }, hidden: { default: "x", sensitive: true } };
    expect(bodyOf({ ...resource(body), variable, locals: { c: "${local.c}" } })).toEqual(body);
  });
});

describe("resources that count or for_each make", () => {
  const found = (document: Document): unknown[][] =>
    evaluate(estateOf({ document }), { rules, today: "2026-01-01" }).findings.map(({ rule, address, value }) => [
      rule,
      address,
      value,
    ]);
  const vpc = { main: { cidr_block: "10.0.0.0/16" } };

  it("are looked at one by one, each with its own values", () => {
    const each = {
      vpc_id: "${aws_vpc.main.id}",
      for_each: "${local.blocks}",
      cidr_block: "${each.value.cidr}",
      availability_zone: "${local.zones[each.key]}",
    };
    const locals = {
      blocks: { a: { cidr: "10.0.0.0/24" }, b: { cidr: "10.0.1.0/29" } },
      zones: { a: "eu-west-1a", b: "eu-west-2b" },
    };
    expect(found({ resource: { aws_vpc: vpc, aws_subnet: { it: each } }, locals })).toEqual([
      ["vpc-subnet-size", 'aws_subnet.it["b"]', "10.0.1.0/29"],
      ["vpc-availability-zone-region", 'aws_subnet.it["b"]', "eu-west-2b"],
    ]);
  });

  it("are told once where all have the same fault", () => {
    const eip = { count: "3", domain: "standard", tags: { Name: "nat-${count.index}" } };
    expect(found({ resource: { aws_eip: { it: eip } } })).toEqual([["elastic-ip-domain", "aws_eip.it", "standard"]]);
  });

  it("are told each where only some have it", () => {
    const domains = { a: "vpc", b: "standard", c: "standard" };
    const eip = { for_each: domains, domain: "${each.value}" };
    expect(found({ resource: { aws_eip: { it: eip } } }).map(([, address]) => address)).toEqual([
      'aws_eip.it["b"]',
      'aws_eip.it["c"]',
    ]);
    const only = { count: 1, domain: "standard", tags: { Name: "${count.index}" } };
    expect(found({ resource: { aws_eip: { it: only } } })).toEqual([["elastic-ip-domain", "aws_eip.it", "standard"]]);
  });

  it("are each what refers to them by index means, alike as they are", () => {
    const subnet = { count: 2, vpc_id: "${aws_vpc.main[count.index].id}", cidr_block: "10.0.0.0/24" };
    const ofTwo = { main: { ...vpc.main, count: 2 } };
    expect(found({ resource: { aws_vpc: ofTwo, aws_subnet: { it: subnet } } })).toEqual([]);
    const inOne = { ...subnet, vpc_id: "${aws_vpc.main[0].id}", tags: { Name: "${count.index}" } };
    expect(found({ resource: { aws_vpc: ofTwo, aws_subnet: { it: inOne } } })).toEqual([
      ["vpc-subnet-overlap", "aws_subnet.it[1]", "10.0.0.0/24"],
    ]);
  });

  it("are all meant by a splat", () => {
    const group = { aws_security_group: { it: { count: 2, name: "g-${count.index}" } } };
    const estate = estateOf({
      document: { resource: { ...group, aws_lb: { it: { security_groups: "${aws_security_group.it[*].id}" } } } },
    });
    const referrers = estate.ofType("aws_security_group").map((one) => estate.referrers(one, "aws_lb").length);
    expect(referrers).toEqual([1, 1]);
  });
});
