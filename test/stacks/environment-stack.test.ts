import { TerraformOutput, Token } from "cdktf";
import { Construct } from "constructs";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import type { EnvironmentConfig } from "../../environments/config";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import { plainEnvironment, synthesized, synthesizedApp, type Json } from "../support/synthesized";

const cidrBlock = "10.0.0.0/16";

function provider(json: Json): Json[] {
  return (json["provider"] as { aws: Json[] }).aws;
}

function terraformBlock(json: Json): Json {
  return json["terraform"] as Json;
}

describe("every stack", () => {
  const { json } = synthesized((stack) => void new AwsVpc(stack, "vpc", { cidrBlock }), {
    assumeRole: { name: "deploy", externalId: "x1" },
    tags: { Owner: "platform" },
  });

  test("works in its account and region only, through its role, and tags what it makes", () => {
    expect(provider(json)).toEqual([
      {
        region: "eu-west-1",
        allowed_account_ids: ["111111111111"],
        assume_role: [
          { role_arn: "arn:aws:iam::111111111111:role/deploy", session_name: "andamio", external_id: "x1" },
        ],
        default_tags: [{ tags: { Owner: "platform", Project: "acme", Environment: "dev" } }],
      },
    ]);
  });

  test("keeps its state encrypted and locked in the environment's bucket", () => {
    expect(terraformBlock(json)["backend"]).toEqual({
      s3: {
        bucket: "acme-terraform-state-111111111111-eu-west-1",
        key: "dev/test.tfstate",
        region: "eu-west-1",
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: ["111111111111"],
        assume_role: { role_arn: "arn:aws:iam::111111111111:role/deploy", session_name: "andamio", external_id: "x1" },
      },
    });
  });

  test("says which Terraform and which providers it takes", () => {
    expect(terraformBlock(json)).toMatchObject({
      required_version: ">= 1.11.0",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    });
  });

  test("has no metadata on its blocks, and keeps the root's, which cdktf reads", () => {
    expect((json["resource"] as { aws_vpc: { vpc: Json } }).aws_vpc.vpc).not.toHaveProperty("//");
    expect(json["//"]).toMatchObject({ metadata: { stackName: "dev-test", backend: "s3" } });
  });

  test("names what takes tags, unless it has a name", () => {
    const { resources } = synthesized((stack) => {
      new AwsVpc(stack, "plain", { cidrBlock });
      new AwsVpc(stack, "named", { cidrBlock, tags: { Name: "mine", Extra: "1" } });
    });
    expect(resources["aws_vpc.plain"]?.["tags"]).toEqual({ Name: "acme-dev-plain" });
    expect(resources["aws_vpc.named"]?.["tags"]).toEqual({ Name: "mine", Extra: "1" });
  });

  test("names what takes its tags from elsewhere too, unless there is a name among them", () => {
    const { resources } = synthesized((stack) => {
      const vpc = new AwsVpc(stack, "vpc", { cidrBlock });
      new Subnet(stack, "subnet", { vpcId: vpc.id, tags: Token.asStringMap(vpc.tagsAll) });
    });
    expect(resources["aws_subnet.subnet"]?.["tags"]).toBe(
      '${merge({"Name" = "acme-dev-subnet"}, aws_vpc.vpc.tags_all)}',
    );
  });
});

test("other regions of the environment have providers, used or not, and a region that is asked for has one", () => {
  const { json } = synthesized((stack) => void stack.providerIn("us-east-1"), { otherRegions: ["eu-central-1"] });
  expect(provider(json).map(({ region, alias }) => [region, alias])).toEqual([
    ["eu-west-1", undefined],
    ["eu-central-1", "eu-central-1"],
    ["us-east-1", "us-east-1"],
  ]);
});

describe("state", () => {
  const backendOf = (environment: Partial<EnvironmentConfig>): unknown =>
    terraformBlock(synthesized((stack) => void new AwsVpc(stack, "vpc", { cidrBlock }), environment).json)["backend"];

  test("goes to the bucket, region and key that are named", () => {
    const kmsKeyArn = "arn:aws:kms:eu-central-1:111111111111:key/1";
    expect(backendOf({ backend: { type: "s3", bucket: "mine", region: "eu-central-1", kmsKeyArn } })).toMatchObject({
      s3: { bucket: "mine", region: "eu-central-1", kms_key_id: kmsKeyArn },
    });
  });

  test("stays on this machine with a local backend, at a path that does not depend on where the project lies", () => {
    const path = (backendOf({ backend: { type: "local" } }) as { local: { path: string } }).local.path;
    expect(path.startsWith("/")).toBe(false);
    expect(path).toMatch(/\.andamio\/state\/dev\/test\.tfstate$/);
  });
});

describe("on an emulator", () => {
  const emulator = "http://127.0.0.1:5000";
  const json = Object.values(
    synthesizedApp((app) => {
      const environment: EnvironmentConfig = { ...plainEnvironment, backend: { type: "local" } };
      const stack = new EnvironmentStack(app, "test", { environment, emulator });
      new AwsVpc(stack, "vpc", { cidrBlock });
    }),
  )[0] as Json;

  test("every service is asked there, none at AWS, in the environment's own account", () => {
    const [aws] = provider(json);
    expect(aws).toMatchObject({
      access_key: "andamio",
      secret_key: "emulator",
      skip_credentials_validation: true,
      s3_use_path_style: true,
      assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/andamio-emulator", session_name: "andamio" }],
    });
    const [endpoints] = aws?.["endpoints"] as Record<string, string>[];
    expect(Object.keys(endpoints ?? {}).length).toBeGreaterThan(200);
    expect(new Set(Object.values(endpoints ?? {}))).toEqual(new Set([emulator]));
  });

  test("state is kept there too, whatever the environment says", () => {
    expect(terraformBlock(json)["backend"]).toMatchObject({
      s3: { endpoints: { s3: emulator, sts: emulator, iam: emulator }, use_path_style: true, use_lockfile: true },
    });
  });
});

describe("a provider in another region", () => {
  test("is made once, when it is asked for, with the same guard", () => {
    const { json, resources } = synthesized((stack) => {
      const first = stack.providerIn("us-east-1");
      expect(stack.providerIn("us-east-1")).toBe(first);
      new AwsVpc(stack, "far", { cidrBlock, provider: first });
    });
    expect(provider(json)).toHaveLength(2);
    expect(provider(json)[1]).toMatchObject({
      region: "us-east-1",
      alias: "us-east-1",
      allowed_account_ids: ["111111111111"],
    });
    expect(resources["aws_vpc.far"]).toMatchObject({ provider: "aws.us-east-1" });
  });
});

describe("references between stacks", () => {
  const two = (use: (first: EnvironmentStack, second: EnvironmentStack) => void): Record<string, Json> =>
    synthesizedApp((app) => {
      const first = new EnvironmentStack(app, "network", { environment: plainEnvironment });
      const second = new EnvironmentStack(app, "web", { environment: plainEnvironment });
      use(first, second);
    });

  test("go through outputs and remote states with names that people can read", () => {
    const stacks = two((first, second) => {
      const vpc = new Vpc(first, "vpc", { cidr: cidrBlock, availabilityZones: ["a"] });
      new Subnet(second, "extra", { vpcId: vpc.id, cidrBlock: "10.0.192.0/24" });
    });
    expect(stacks["dev-network"]?.["output"]).toEqual({
      aws_vpc_vpc_id: { sensitive: true, value: "${aws_vpc.vpc.id}" },
    });
    expect(stacks["dev-web"]).toMatchObject({
      data: { terraform_remote_state: { network: { backend: "s3" } } },
      resource: { aws_subnet: { extra: { vpc_id: "${data.terraform_remote_state.network.outputs.aws_vpc_vpc_id}" } } },
    });
  });

  test("as dependsOn are refused, naming both ends", () => {
    const build = (): unknown =>
      two((first, second) => {
        const vpc = new AwsVpc(first, "vpc", { cidrBlock });
        new AwsVpc(second, "other", { cidrBlock, dependsOn: [vpc] });
      });
    expect(build).toThrowErrorMatchingInlineSnapshot(`
     "aws_vpc.other of stack "dev-web" has a dependsOn in another stack (data.terraform_remote_state.network.outputs.aws_vpc_vpc).
     Stacks are applied one after the other: take a value from the other stack instead (its id, its ARN), or drop it."
    `);
  });
});

describe("a rename", () => {
  test("of a resource becomes one moved block", () => {
    const { json } = synthesized((stack) => {
      const vpc = new AwsVpc(stack, "main", { cidrBlock });
      stack.renamed("aws_vpc.old", vpc);
    });
    expect(json["moved"]).toEqual([{ from: "aws_vpc.old", to: "aws_vpc.main" }]);
  });

  test("of a module moves everything in it, also what is added to it later", () => {
    const { json } = synthesized((stack) => {
      const scope = new Construct(stack, "new");
      stack.renamed("old", scope);
      new AwsVpc(scope, "Resource", { cidrBlock });
      new Subnet(scope, "a", { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" });
    });
    expect(json["moved"]).toEqual([
      { from: "aws_vpc.old", to: "aws_vpc.new" },
      { from: "aws_subnet.old_a", to: "aws_subnet.new_a" },
    ]);
  });

  test("after a rename is a chain, the oldest name first", () => {
    const { json } = synthesized((stack) => {
      const vpc = new AwsVpc(stack, "third", { cidrBlock });
      stack.renamed("aws_vpc.first", vpc);
      stack.renamed("aws_vpc.second", vpc);
    });
    expect(json["moved"]).toEqual([
      { from: "aws_vpc.first", to: "aws_vpc.second" },
      { from: "aws_vpc.second", to: "aws_vpc.third" },
    ]);
  });

  test("leaves the names of cross-stack outputs as they were, so that no other stack has to be applied", () => {
    const stacks = synthesizedApp((app) => {
      const network = new EnvironmentStack(app, "network", { environment: plainEnvironment });
      const web = new EnvironmentStack(app, "web", { environment: plainEnvironment });
      const scope = new Construct(network, "main");
      const vpc = new AwsVpc(scope, "Resource", { cidrBlock });
      network.renamed("vpc", scope);
      new TerraformOutput(web, "seen", { value: vpc.id });
    });
    expect(stacks["dev-network"]?.["output"]).toEqual({
      aws_vpc_vpc_id: { sensitive: true, value: "${aws_vpc.main.id}" },
    });
  });
});

describe("outputs", () => {
  test("are declared with a description", () => {
    const { json } = synthesized((stack) =>
      stack.output("vpc_id", new AwsVpc(stack, "vpc", { cidrBlock }).id, "Id of the VPC"),
    );
    expect(json["output"]).toEqual({ vpc_id: { value: "${aws_vpc.vpc.id}", description: "Id of the VPC" } });
  });
});
