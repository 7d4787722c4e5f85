import { projectCopy } from "../support/project-copy";
import { startEmulator } from "../support/emulator";
import { endedWith, succeeded } from "../support/run-command";

/* Two stacks whose security groups let each other in, made in either order. */

const copy = projectCopy();
const environment = `import { App } from "cdktf";
import { SecurityGroup } from "./modules/ec2";
import { Vpc } from "./modules/vpc";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";

const app = new App();
const [environment] = validateEnvironments([dev]);
if (!environment) throw new Error("no environment");
const props = { environment, emulator: process.env.ANDAMIO_EMULATOR };
const network = new EnvironmentStack(app, "network", props);
const vpc = new Vpc(network, "vpc", { cidr: "10.10.0.0/16", availabilityZones: ["a"], natGateways: "none", subnetTiers: ["isolated"] });
const data = new SecurityGroup(new EnvironmentStack(app, "data", props), "database", { vpc, egress: "none" });
const web = new SecurityGroup(new EnvironmentStack(app, "web", props), "web", { vpc });
`;
const FORWARD = `data.allowFrom(web, "postgres");\n`;
const BACK = `web.allowFrom(data, "https");\n`;

function program(...calls: string[]): void {
  copy.write("main.ts", `${environment}${calls.join("")}synth(app, process.env);\n`);
}

interface Plan {
  readonly stacks: {
    readonly stack: string;
    readonly status: string;
    readonly resources?: { address: string; action: string }[];
  }[];
}

async function plan(): Promise<Plan["stacks"]> {
  const { stdout } = succeeded(await copy.andamio(["plan", "dev", "--emulator", "--json"]));
  return (JSON.parse(stdout) as Plan).stacks;
}

const changes = (stacks: Plan["stacks"]): unknown[] =>
  stacks.flatMap(({ stack, resources = [] }) =>
    resources.map(({ address, action }) => `${stack} ${action} ${address}`),
  );

describe("connections between two stacks", () => {
  beforeAll(async () => {
    await startEmulator(copy);
    program(FORWARD, BACK);
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    succeeded(await copy.andamio(["apply", "dev", "--emulator", "--auto-approve"]));
  });

  test("in both directions apply, and the next plan is empty", async () => {
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });

  test("are the same whichever is asked for first", async () => {
    program(BACK, FORWARD);
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });

  test("go one by one: a call that is removed plans one removal", async () => {
    program(BACK);
    expect(changes(await plan())).toEqual([
      "dev-web delete aws_vpc_security_group_ingress_rule.web_to_data_database_5432",
    ]);
  });
});
