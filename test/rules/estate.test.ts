import { Block, Estate, UnknownValueError } from "../../rules";
import type { Json } from "../../rules/values/block";
import type { Resource } from "../../rules/resource";
import { VIEW } from "./fixtures/fixture";

const estate = (stacks: Record<string, Json>): Estate =>
  new Estate(Object.entries(stacks).map(([id, json]) => ({ view: { ...VIEW, id }, json, origins: {} })));
const find = (from: Estate, address: string): Resource => {
  const found = from.resources.find((resource) => resource.address === address);
  if (!found) throw new Error(`no ${address}`);
  return found;
};

const s3 = (key: string): Json => ({ bucket: "states", key, region: "eu-west-1" });
const network = (name: string, output: string): Json => ({
  terraform: { backend: { s3: { ...s3("net.tfstate"), encrypt: true } } },
  resource: { aws_vpc: { [name]: { cidr_block: "10.0.0.0/16" } } },
  output: { [output]: { value: `\${aws_vpc.${name}.id}` } },
});
const reader = (remoteState: string, expression: string, config: Json = s3("net.tfstate")): Json => ({
  data: { terraform_remote_state: { [remoteState]: { backend: "s3", config, workspace: "${terraform.workspace}" } } },
  resource: { aws_subnet: { a: { vpc_id: expression } } },
});
const followed = (from: Estate): string | undefined => {
  const subnet = find(from, "aws_subnet.a");
  return from.follow(subnet, subnet.body, "vpc_id", "aws_vpc")?.address;
};

describe("a reference to another stack", () => {
  it.each([
    [
      "our readable names",
      "network",
      "aws_vpc_vpc_id",
      "${data.terraform_remote_state.network.outputs.aws_vpc_vpc_id}",
    ],
    [
      "cdktf's names",
      "cross-stack-reference-input-net",
      "cross-stack-output-aws_vpcmain_4F2Aid",
      "${data.terraform_remote_state.cross-stack-reference-input-net.outputs.cross-stack-output-aws_vpcmain_4F2Aid}",
    ],
    ["an index", "net", "vpc-id", '${data.terraform_remote_state.net.outputs["vpc-id"]}'],
  ])("is followed with %s", (_title, state, output, expression) => {
    const both = estate({ net: network("main", output), app: reader(state, expression) });
    expect(followed(both)).toBe("aws_vpc.main");
    expect(both.attached(find(both, "aws_vpc.main"), "aws_subnet", "vpc_id").map(({ address }) => address)).toEqual([
      "aws_subnet.a",
    ]);
  });

  const EXPRESSION = "${data.terraform_remote_state.net.outputs.vpc_id}";

  it("is not followed into another state, nor where two stacks write the same", () => {
    const other = estate({ net: network("main", "vpc_id"), app: reader("net", EXPRESSION, s3("other.tfstate")) });
    const twice = estate({
      one: network("main", "vpc_id"),
      two: network("main", "vpc_id"),
      app: reader("net", EXPRESSION),
    });
    for (const from of [other, twice]) expect(() => followed(from)).toThrow(UnknownValueError);
  });

  const CDKTF = "cross-stack-reference-input-net";
  const CDKTF_EXPRESSION = `\${data.terraform_remote_state.${CDKTF}.outputs.vpc_id}`;

  it("is followed by cdktf's name for the other stack where the backends do not tell", () => {
    const { terraform: _terraform, ...without } = network("main", "vpc_id");
    const file = { ...without, terraform: { backend: { local: { path: "/p/terraform.net.tfstate" } } } };
    const app = reader(CDKTF, CDKTF_EXPRESSION, { path: "../../terraform.net.tfstate" });
    const states = (app["data"] as { terraform_remote_state: Record<string, Json> }).terraform_remote_state;
    Object.assign(states[CDKTF] ?? {}, { backend: "local" });
    for (const net of [without, file]) expect(followed(estate({ net, app }))).toBe("aws_vpc.main");
    const another = estate({ net: network("main", "vpc_id"), app: reader(CDKTF, CDKTF_EXPRESSION, s3("other")) });
    expect(() => followed(another)).toThrow(UnknownValueError);
  });

  it("is followed through a stack that hands it on", () => {
    const middle = {
      ...reader("net", EXPRESSION),
      resource: {},
      terraform: { backend: { s3: s3("middle.tfstate") } },
      output: { vpc_id: { value: EXPRESSION } },
    };
    const three = estate({
      net: network("main", "vpc_id"),
      middle,
      app: reader("net", EXPRESSION, s3("middle.tfstate")),
    });
    expect(followed(three)).toBe("aws_vpc.main");
  });

  it.each([
    ["local", { backend: { local: { path: "/p/terraform.net.tfstate" } } }, { path: "/p/./terraform.net.tfstate" }],
    [
      "remote",
      { cloud: { organization: "acme", workspaces: { name: "net" } } },
      { organization: "acme", workspaces: [{ name: "net" }] },
    ],
  ])("is followed with the backend %s", (backend, terraform, config) => {
    const app = reader("net", EXPRESSION, config);
    const states = (app["data"] as { terraform_remote_state: { net: Json } }).terraform_remote_state;
    states.net["backend"] = backend;
    expect(followed(estate({ net: { ...network("main", "vpc_id"), terraform }, app }))).toBe("aws_vpc.main");
  });
});

describe("a document", () => {
  it("may have lists of objects on every level", () => {
    const from = estate({
      a: { resource: [{ aws_vpc: [{ one: [{ cidr_block: "10.0.0.0/16" }] }] }, { aws_vpc: { two: {} } }] },
    });
    expect(from.resources.map(({ address }) => address)).toEqual(["aws_vpc.one", "aws_vpc.two"]);
  });

  it("has no resources of which Terraform makes none, and says how many the others are", () => {
    const aws_eip = {
      none: { count: 0 },
      nobody: { count: "0" },
      empty: { for_each: {} },
      one: {},
      three: { count: 3 },
      two: { for_each: { a: 1, b: 2 } },
      some: { count: "${var.n}" },
    };
    const copies = estate({ a: { resource: { aws_eip } } }).resources.map(({ name, copies }) => [name, copies]);
    expect(copies).toEqual([
      ["one", 1],
      ["three", 3],
      ["two", 2],
      ["some", undefined],
    ]);
  });

  it("places each resource in the region and account of its provider", () => {
    const role = "arn:aws:iam::222222222222:role/deploy";
    const provider = {
      aws: [
        { region: "eu-west-1" },
        { alias: "us", region: "us-east-1" },
        { alias: "other", region: "${var.region}", assume_role: [{ role_arn: role }] },
      ],
    };
    const aws_eip = {
      here: {},
      us: { provider: "aws.us" },
      braces: { provider: "${aws.us}" },
      other: { provider: "aws.other" },
      own: { region: "eu-south-2" },
      nowhere: { provider: "aws.lost" },
    };
    const places = estate({ a: { provider, resource: { aws_eip } } }).resources.map((eip) => [
      eip.name,
      eip.region,
      eip.account,
    ]);
    expect(places).toEqual([
      ["here", "eu-west-1", "111111111111"],
      ["us", "us-east-1", "111111111111"],
      ["braces", "us-east-1", "111111111111"],
      ["other", undefined, "222222222222"],
      ["own", "eu-south-2", "111111111111"],
      ["nowhere", undefined, undefined],
    ]);
  });

  it("takes the construct path from cdktf's metadata, which is no argument", () => {
    const body = { "//": { metadata: { path: "app/vpc", uniqueId: "vpc" } }, cidr_block: "10.0.0.0/16" };
    const [vpc] = estate({ a: { resource: { aws_vpc: { vpc: body } } } }).resources;
    expect(vpc?.origin).toEqual({ path: "app/vpc" });
    expect(vpc?.body.has("//")).toBe(false);
  });
});

describe("following", () => {
  const from = estate({
    a: {
      resource: {
        aws_vpc: { main: {} },
        aws_subnet: {
          by_reference: { vpc_id: "${aws_vpc.main.id}" },
          by_id: { vpc_id: "vpc-12345678" },
          by_splat: { vpc_id: "${aws_vpc.main[*].id}" },
          wrong: { vpc_id: "${aws_subnet.by_id.id}" },
          none: {},
        },
      },
    },
  });
  it.each([
    ["by_reference", "aws_vpc.main"],
    ["none", undefined],
    ["by_id", "unknown"],
    ["by_splat", "unknown"],
    ["wrong", "unknown"],
  ])("%s comes to %s", (name, expected) => {
    const subnet = find(from, `aws_subnet.${name}`);
    const follow = (): string | undefined => {
      try {
        return from.follow(subnet, subnet.body, "vpc_id", "aws_vpc")?.address;
      } catch (error) {
        return error instanceof UnknownValueError ? "unknown" : String(error);
      }
    };
    expect(follow()).toBe(expected);
  });

  it("finds who refers to it in blocks too", () => {
    const eni = { aws_network_interface: { n: { attachment: [{ instance: "${aws_instance.web.id}" }] } } };
    const some = estate({ a: { resource: { aws_instance: { web: {} }, ...eni } } });
    const [found] = some.attached(find(some, "aws_instance.web"), "aws_network_interface", "attachment.instance");
    expect(found?.address).toBe("aws_network_interface.n");
    expect(new Block({}).path).toBe("");
  });
});
