import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { byAction, jsonDocument, planOf } from "../support/andamio-json";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded, type CommandResult } from "../support/run-command";

interface Outputs {
  readonly stacks: Readonly<Record<string, Readonly<Record<string, { readonly value: unknown }>>>>;
}

const ZONES = 'availabilityZones: ["a", "b"]';
const SUBNETS = ["public", "private", "isolated"];

/** What there is for each zone: nothing else may come or go with it. */
const inZone = (zone: string): string[] => [
  `aws_route_table.vpc_private_${zone}_routes`,
  ...SUBNETS.map((tier) => `aws_route_table_association.vpc_${tier}_${zone}_association`).sort(),
  ...SUBNETS.map((tier) => `aws_subnet.vpc_${tier}_${zone}`).sort(),
  ...["dynamodb", "s3"].map(
    (service) => `aws_vpc_endpoint_route_table_association.vpc_${service}_endpoint_private_${zone}`,
  ),
];

const copy = projectCopy();
let vpcId: string;

const outputs = async (): Promise<Outputs["stacks"]> =>
  jsonDocument<Outputs>(succeeded(await copy.andamio(["output", "dev", "--emulator", "--json"]))).stacks;

const planNetwork = async (): Promise<CommandResult> =>
  succeeded(await copy.andamio(["plan", "dev", "network", "--emulator", "--json"]));

const applyNetwork = async (): Promise<CommandResult> =>
  succeeded(await copy.andamio(["apply", "dev", "network", "--emulator", "--auto-approve", "--json"]));

/** Processes that work in the copy, where the system tells. */
function processesInCopy(): string[] {
  if (!existsSync("/proc/self/cwd")) return [];
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(copy.directory);
    } catch {
      return false;
    }
  });
}

describe("dev on the emulator, from a clean clone", () => {
  test("is not brought up under a wrong name, which leaves no emulator behind", async () => {
    const { stderr } = endedWith(3, await copy.andamio(["up", "nowhere"]));
    expect(stderr).toContain('There is no environment "nowhere"');
    expect(processesInCopy()).toEqual([]);
  });

  test("is brought up by npm run up, which ends with its outputs and what to try next", async () => {
    const { stdout } = succeeded(await copy.run("npm", ["run", "up"]));
    expect(stdout).toContain("dev is up.");
    expect(stdout).toMatch(/vpc_id +=  *"vpc-[0-9a-f]+"/);
    expect(stdout).toMatch(/internal_zone_id += "\w+"/);
    expect(stdout).toContain("npx andamio plan dev --emulator");
    expect(stdout).toMatch(/npx andamio down +take it all away again/);
  });

  test("has no changes to plan afterwards, and plan --detailed-exitcode exits with 0", async () => {
    const planned = await copy.npx(["andamio", "plan", "dev", "--emulator", "--detailed-exitcode"]);
    const { stdout } = endedWith(0, planned);
    expect(stdout).toMatch(/^dev-network: no changes$/m);
    expect(stdout).toMatch(/^dev-dns: no changes$/m);
  });

  test("gives its public outputs, and no other, as one JSON document", async () => {
    const { "dev-network": network = {}, "dev-dns": dns = {} } = await outputs();
    expect(Object.keys(network).sort()).toEqual([
      "isolated_subnet_ids",
      "private_subnet_ids",
      "public_subnet_ids",
      "route_table_ids",
      "vpc_cidr",
      "vpc_id",
    ]);
    expect(Object.keys(dns).sort()).toEqual([
      "internal_name_servers",
      "internal_zone_id",
      "public_name_servers",
      "public_zone_id",
    ]);
    expect(Object.keys(network["private_subnet_ids"]?.value as object)).toEqual(["a", "b"]);
    vpcId = network["vpc_id"]?.value as string;
    expect(vpcId).toMatch(/^vpc-/);
  });

  test("is left as it is by a second npm run up, which says that nothing changed", async () => {
    const { stdout, stderr } = succeeded(await copy.run("npm", ["run", "up"]));
    expect(stdout).toContain("dev is up: nothing changed.");
    expect(stdout).toContain(vpcId);
    expect(stderr).toContain("is as it should be: nothing to do.");
    expect(stderr).not.toContain("Applying");
  });

  test("plans moves and nothing else for a rename that is written down, and nothing downstream", async () => {
    const file = "stacks/network.ts";
    const planned = await copy.whileReplaced(file, 'new Vpc(this, "vpc"', 'new Vpc(this, "main"', async () => {
      copy.replace(file, "    this.createOutputs();", '    this.renamed("vpc", this.vpc);\n    this.createOutputs();');
      return succeeded(await copy.andamio(["plan", "dev", "--emulator", "--json"]));
    });
    const { outputs: changedOutputs, resources = [] } = planOf(planned, "dev-network");
    expect(resources.filter(({ action }) => action !== "move")).toEqual([]);
    expect(resources).toHaveLength(28);
    expect(resources).toContainEqual({ address: "aws_vpc.main", action: "move", previous_address: "aws_vpc.vpc" });
    expect(changedOutputs).toEqual([]);
    const { stacks } = jsonDocument<{ stacks: { stack: string; status: string }[] }>(planned);
    const changed = stacks.filter(({ status }) => status !== "no-changes").map(({ stack }) => stack);
    expect(changed).toEqual(["dev-network"]);
    expect(stacks.length).toBeGreaterThan(1);
  });

  test("gets a third zone by creations only, and keeps everything else", async () => {
    copy.replace("environments/dev.ts", ZONES, 'availabilityZones: ["a", "b", "c"]');
    expect(byAction(planOf(await applyNetwork(), "dev-network"))).toEqual({ create: inZone("c") });
    const { "dev-network": network } = await outputs();
    expect(network?.["vpc_id"]?.value).toBe(vpcId);
    expect(Object.keys(network?.["private_subnet_ids"]?.value as object)).toEqual(["a", "b", "c"]);
  });

  test("loses only what is in the first of three zones when that one is dropped", async () => {
    const planned = await copy.whileReplaced("environments/dev.ts", '["a", "b", "c"]', '["b", "c"]', planNetwork);
    expect(byAction(planOf(planned, "dev-network"))).toEqual({ delete: inZone("a") });
  });

  test("goes from no NAT gateway to one by creations only", async () => {
    copy.replace("environments/dev.ts", 'natGateways: "none"', 'natGateways: "single"');
    expect(byAction(planOf(await applyNetwork(), "dev-network"))).toEqual({
      create: [
        "aws_eip.vpc_nat_a_eip",
        "aws_nat_gateway.vpc_nat_a",
        ...["a", "b", "c"].map((zone) => `aws_route.vpc_private_${zone}_routes_nat`),
      ],
    });
  });

  test("goes from one NAT gateway to one in each zone without destroying anything", async () => {
    copy.replace("environments/dev.ts", 'natGateways: "single"', 'natGateways: "per-az"');
    expect(byAction(planOf(await planNetwork(), "dev-network"))).toEqual({
      create: ["b", "c"].flatMap((zone) => [`aws_eip.vpc_nat_${zone}_eip`, `aws_nat_gateway.vpc_nat_${zone}`]).sort(),
      update: ["aws_route.vpc_private_b_routes_nat", "aws_route.vpc_private_c_routes_nat"],
    });
  });

  test("is taken away by npm run down, as andamio env left the shell: no process, no lock and no trace stays", async () => {
    const { pid, url } = JSON.parse(copy.read(".andamio", "emulator", "emulator.json")) as { pid: number; url: string };
    expect(processesInCopy()).toContain(String(pid));
    const { stdout } = succeeded(await copy.run("npm", ["run", "down"], { env: { ANDAMIO_EMULATOR: url } }));
    expect(stdout).toContain("The emulator is stopped, and everything in it is gone.");
    expect(processesInCopy()).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    const left = readdirSync(copy.path(".andamio", "emulator")).filter((name) => name !== "venv");
    expect(left).toEqual(["emulator.log"]);
  });

  test("is not there any more for a second npm run down, which says so", async () => {
    expect(succeeded(await copy.run("npm", ["run", "down"])).stdout).toContain("Nothing was up.");
  });
});
