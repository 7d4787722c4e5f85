import { byAction, planOf, type PlannedStack } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded } from "../support/run-command";

/* What day 2 costs: a network with one server is applied once, and changes to it are planned. */

interface Changes {
  readonly zones?: readonly string[];
  readonly natGateways?: string;
  /** Who may come, as `allowFrom` takes it, in the order of the calls. */
  readonly rules?: readonly string[];
  readonly volumes?: readonly string[];
  /** Further props of the server. */
  readonly server?: object;
  /** Whether there is a volume in another region. */
  readonly abroad?: boolean;
  readonly otherRegions?: readonly string[];
}

const RULES = [`"http"`, `"https"`, `"postgres"`, `{ protocol: "udp", from: 5000, to: 5010 }`];
const copy = projectCopy();

/** The program: what is there, with what is changed. */
function program({ zones = ["a", "b", "c"], natGateways = "single", ...changes }: Changes = {}): void {
  const { rules = RULES, volumes = ["data"], server = {}, abroad = true, otherRegions = [] } = changes;
  const dataVolumes = Object.fromEntries(
    volumes.map((name, index) => [name, { deviceName: `/dev/sd${"fghi"[index]}`, sizeGib: 8 }]),
  );
  copy.write(
    "main.ts",
    `import { App } from "cdktf";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { amazonLinux, Instance } from "./modules/ec2";
import { Vpc } from "./modules/vpc";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";

const app = new App();
const [environment] = validateEnvironments([
  { ...dev, region: "us-east-1", otherRegions: ${JSON.stringify(otherRegions)} },
]);
if (!environment) throw new Error("no environment");
const stack = new EnvironmentStack(app, "network", { environment, emulator: process.env.ANDAMIO_EMULATOR });
const vpc = new Vpc(stack, "vpc", {
  cidr: "10.10.0.0/16",
  availabilityZones: ${JSON.stringify(zones)},
  subnetTiers: ["public", "private"],
  natGateways: ${JSON.stringify(natGateways)},
});
const server = new Instance(stack, "server", {
  vpc,
  subnets: "public",
  instanceType: "t4g.small",
  image: amazonLinux(),
  elasticIp: true,
  dataVolumes: ${JSON.stringify(dataVolumes)},
  ...${JSON.stringify(server)},
});
${rules.map((port) => `server.allowFrom({ cidr: "203.0.113.0/24" }, ${port});\n`).join("")}
if (${abroad})
  new EbsVolume(stack, "abroad", {
    provider: stack.providerIn("eu-central-1"),
    availabilityZone: "eu-central-1a",
    type: "gp3",
    size: 1,
    encrypted: true,
  });
synth(app, process.env);
`,
  );
}

/** What becomes of the network when the program says this. */
async function planned(changes: Changes): Promise<Record<string, string[]>> {
  program(changes);
  const result = succeeded(await copy.andamio(["plan", "dev", "--emulator", "--json"]));
  const plan: PlannedStack = planOf(result, "dev-network");
  return byAction(plan);
}

/** Everything that there is for one zone, but NAT gateways. */
const inZone = (zone: string): string[] =>
  [
    `aws_route.vpc_private_${zone}_routes_nat`,
    `aws_route_table.vpc_private_${zone}_routes`,
    `aws_route_table_association.vpc_private_${zone}_association`,
    `aws_route_table_association.vpc_public_${zone}_association`,
    `aws_subnet.vpc_private_${zone}`,
    `aws_subnet.vpc_public_${zone}`,
  ].sort();

const rule = (port: string): string =>
  `aws_vpc_security_group_ingress_rule.server_security_group_from_203_0_113_0_24_${port}`;

describe("a network with a server", () => {
  beforeAll(async () => {
    await startEmulator(copy);
    program();
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    succeeded(await copy.andamio(["apply", "dev", "--emulator", "--auto-approve"]));
  });

  test("plans nothing once it is applied", async () => {
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });

  test("loses what is in the zone, and nothing else, when the middle one of three is dropped", async () => {
    expect(await planned({ zones: ["a", "c"] })).toEqual({ delete: inZone("b") });
  });

  test("gets what is in the zone, and nothing else, when one is added", async () => {
    expect(await planned({ zones: ["a", "b", "c", "d"] })).toEqual({ create: inZone("d") });
  });

  test("destroys nothing when each zone gets a NAT gateway of its own", async () => {
    expect(await planned({ natGateways: "per-az" })).toEqual({
      create: [
        "aws_eip.vpc_nat_b_eip",
        "aws_eip.vpc_nat_c_eip",
        "aws_nat_gateway.vpc_nat_b",
        "aws_nat_gateway.vpc_nat_c",
      ],
      update: ["aws_route.vpc_private_b_routes_nat", "aws_route.vpc_private_c_routes_nat"],
    });
  });

  test("gets one rule when one is put before the others", async () => {
    expect(await planned({ rules: [`"redis"`, ...RULES] })).toEqual({ create: [rule("6379")] });
  });

  test("loses one rule when the first of four is removed", async () => {
    expect(await planned({ rules: RULES.slice(1) })).toEqual({ delete: [rule("80")] });
  });

  test("keeps its server whether image changes are ignored or not", async () => {
    expect(await planned({ server: { ignoreImageChanges: false } })).toEqual({});
  });

  test("gets a volume and its attachment, and keeps its server, when a data volume is added before the other", async () => {
    expect(await planned({ volumes: ["data", "logs"] })).toEqual({
      create: ["aws_ebs_volume.server_logs", "aws_volume_attachment.server_logs_attachment"],
    });
  });

  test("keeps the Elastic IP and the data volume of a server that is replaced", async () => {
    expect(await planned({ server: { privateIp: "10.10.128.77" } })).toEqual({
      replace: [
        "aws_eip_association.server_elastic_ip_association",
        "aws_instance.server",
        "aws_volume_attachment.server_data_attachment",
      ],
    });
  });

  test("says how what is in another region goes, when the program has nothing there any more", async () => {
    program({ abroad: false });
    const { stderr } = endedWith(1, await copy.andamio(["plan", "dev", "--emulator"]));
    expect(stderr).toContain("There still is something of dev-network in eu-central-1");
    expect(stderr).toContain('Give dev otherRegions: ["eu-central-1"], apply, and take it out again.');
    expect(await planned({ abroad: false, otherRegions: ["eu-central-1"] })).toEqual({
      delete: ["aws_ebs_volume.abroad"],
    });
  });

  test("is destroyed", async () => {
    program();
    succeeded(await copy.andamio(["destroy", "dev", "--emulator", "--auto-approve"]));
  });
});
