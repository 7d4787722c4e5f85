import { Fn, Lazy, TerraformStack, Token, type App } from "cdktf";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { EnvironmentStack } from "../../stacks";
import { plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

/** As cdktf finds references between stacks: by resolving everything. */
class ThoroughStack extends EnvironmentStack {
  override prepareStack(): void {
    TerraformStack.prototype.prepareStack.call(this);
  }
}

/** Every way in which a value of one stack gets into another. */
function build(app: App, Stack: typeof EnvironmentStack): void {
  const environment = plainEnvironment;
  const network = new Stack(app, "network", { environment });
  const vpc = new Vpc(network, "vpc", { cidrBlock: "10.0.0.0/16" });
  const machine = new Instance(network, "machine", { ami: "ami-12345678", instanceType: "t3.small" });
  const stack = new Stack(app, "parameters", { environment });
  const parameter = (id: string, value: string, tags: Record<string, string> = {}): SsmParameter =>
    new SsmParameter(stack, id, { name: id, type: "String", value, tags });

  parameter("whole", vpc.id);
  parameter("in_a_text", `vpc=${vpc.cidrBlock}!`);
  parameter("number_in_a_text", `cores=${machine.cpuOptions.coreCount}`);
  parameter("in_a_function", Fn.join(",", [vpc.mainRouteTableId, "b"]));
  parameter("in_a_map", "x", { owner: vpc.ownerId });
  parameter("as_a_key", "x", { [vpc.arn]: "arn" });
  parameter("late", Lazy.stringValue({ produce: () => vpc.defaultSecurityGroupId }));
  parameter("overridden", "x").addOverride("provisioner.0.local-exec.command", [`echo ${vpc.defaultNetworkAclId}`]);
  parameter("a_number", "x").addOverride("count", machine.cpuOptions.threadsPerCore);
  new Instance(stack, "lists", { ami: "ami-1", instanceType: "t3.small", securityGroups: machine.securityGroups });
  new Instance(stack, "tags", { ami: "ami-1", instanceType: "t3.small", tags: Token.asStringMap(machine.tagsAll) });
  new Instance(stack, "after", { ami: "ami-1", instanceType: "t3.small", dependsOn: [parameter("plain", "1e+3")] });
  const inner = new Stack(stack, "inner", { environment });
  new SsmParameter(inner, "nested", { name: "nested", type: "String", value: vpc.dhcpOptionsId });
}

function outputsOf(json: Json | undefined): string[] {
  return Object.keys((json?.["output"] ?? {}) as Json).sort();
}

describe("references between stacks", () => {
  const found = synthesizedApp((app) => build(app, EnvironmentStack));

  test("are found wherever a value is used: what is written is what cdktf would write", () => {
    expect(found).toEqual(synthesizedApp((app) => build(app, ThoroughStack)));
  });

  test("make an output of each value that another stack takes, and of no other", () => {
    expect(outputsOf(found["dev-network"])).toHaveLength(12);
    expect(outputsOf(found["dev-parameters"])).toEqual([]);
  });

  test("are not looked for in a construct that stands for a value, which cdktf refuses with its place", () => {
    const synthesize = (): unknown =>
      synthesizedApp((app) => {
        const stack = new EnvironmentStack(app, "network", { environment: plainEnvironment });
        const vpc = new Vpc(stack, "vpc");
        vpc.tags = { Vpc: vpc as unknown as string };
      });
    expect(synthesize).toThrow("/resource/aws_vpc/vpc/tags/Vpc");
  });
});
