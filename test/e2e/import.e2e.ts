import { byAction, jsonDocument, planOf } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded } from "../support/run-command";

/* A security group that somebody made by hand is taken into a stack. */

interface Written {
  readonly resource: {
    readonly aws_security_group: Readonly<
      Record<string, { readonly name: string; readonly description: string; readonly tags: Record<string, string> }>
    >;
  };
  readonly provider: {
    readonly aws: readonly { readonly default_tags: readonly { tags: Record<string, string> }[] }[];
  };
}

const copy = projectCopy();

function program(group: string): void {
  copy.write(
    "main.ts",
    `import { App } from "cdktf";
import { SecurityGroup } from "./modules/ec2";
import { Vpc } from "./modules/vpc";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";

const app = new App();
const [environment] = validateEnvironments([dev]);
if (!environment) throw new Error("no environment");
const stack = new EnvironmentStack(app, "network", { environment, emulator: process.env.ANDAMIO_EMULATOR });
const vpc = new Vpc(stack, "vpc", { cidr: "10.10.0.0/16", availabilityZones: ["a"], natGateways: "none", subnetTiers: ["isolated"] });
stack.output("vpc_id", vpc.id, "Id of the VPC");
${group}
synth(app, process.env);
`,
  );
}

const GROUP = `const web = new SecurityGroup(stack, "web", { vpc, egress: "none" });\n`;

/** One call of the EC2 API in dev's account, as the console would make it. */
async function byHand(emulator: string, parameters: Record<string, string>): Promise<string> {
  const scope = "emulator/20260101/eu-west-1/ec2/aws4_request";
  const response = await fetch(emulator, {
    method: "POST",
    body: new URLSearchParams({ Version: "2016-11-15", ...parameters }),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
      "x-moto-account-id": "111111111111",
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${parameters["Action"]} was answered ${response.status}: ${text}`);
  return text;
}

/** The group as the stack would write it. */
async function makeGroup(emulator: string, vpcId: string): Promise<string> {
  const { resource, provider } = JSON.parse(copy.read("cdktf.out", "stacks", "dev-network", "cdk.tf.json")) as Written;
  const group = resource.aws_security_group["web"];
  if (!group) throw new Error("the stack has no group");
  const tags = Object.entries({ ...provider.aws[0]?.default_tags[0]?.tags, ...group.tags });
  const answer = await byHand(emulator, {
    Action: "CreateSecurityGroup",
    VpcId: vpcId,
    GroupName: group.name,
    GroupDescription: group.description,
    "TagSpecification.1.ResourceType": "security-group",
    ...Object.fromEntries(
      tags.flatMap(([key, value], index) => [
        [`TagSpecification.1.Tag.${index + 1}.Key`, key],
        [`TagSpecification.1.Tag.${index + 1}.Value`, value],
      ]),
    ),
  });
  return /<groupId>(sg-[0-9a-f]+)<\/groupId>/.exec(answer)?.[1] ?? "";
}

describe("a security group that was made by hand", () => {
  let groupId: string;

  beforeAll(async () => {
    const emulator = await startEmulator(copy);
    program("");
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    succeeded(await copy.andamio(["apply", "dev", "--emulator", "--auto-approve"]));
    const { stacks } = jsonDocument<{ stacks: Record<string, { vpc_id: { value: string } }> }>(
      succeeded(await copy.andamio(["output", "dev", "--emulator", "--json"])),
    );
    program(GROUP);
    succeeded(await copy.andamio(["synth"]));
    groupId = await makeGroup(emulator, stacks["dev-network"]?.vpc_id.value ?? "");
  });

  test("would be made a second time, unless it is taken in", async () => {
    const plan = planOf(succeeded(await copy.andamio(["plan", "dev", "--emulator", "--json"])), "dev-network");
    expect(byAction(plan)).toEqual({ create: ["aws_security_group.web"] });
  });

  test("is taken in by an import block: one to import, and nothing to change", async () => {
    program(`${GROUP}web.resource.importFrom("${groupId}");\n`);
    const result = succeeded(await copy.andamio(["plan", "dev", "--emulator", "--json"]));
    expect(byAction(planOf(result, "dev-network"))).toEqual({ import: ["aws_security_group.web"] });
  });

  test("belongs to the stack from then on, with or without the block", async () => {
    succeeded(await copy.andamio(["apply", "dev", "--emulator", "--auto-approve"]));
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
    program(GROUP);
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });
});
