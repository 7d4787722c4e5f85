import { readdirSync } from "node:fs";
import { startEmulator } from "../support/emulator";
import { jsonDocument, planOf, type ErrorDocument } from "../support/andamio-json";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded } from "../support/run-command";

/* A hosted zone and a volume: what holds data, and is made quickly. */

const copy = projectCopy();
const ZONE = "aws_route53_zone.zone";
const VOLUME = "aws_ebs_volume.volume";

function program({ domainName = "first.internal", volume = true, protect = false } = {}): void {
  copy.write(
    "main.ts",
    `import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { App } from "cdktf";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";

const app = new App();
const [environment] = validateEnvironments([dev]);
if (!environment) throw new Error("no environment");
const stack = new EnvironmentStack(app, "data", { environment, emulator: process.env.ANDAMIO_EMULATOR });
new Route53Zone(stack, "zone", { name: "${domainName}", lifecycle: { preventDestroy: ${protect} } });
${volume ? 'new EbsVolume(stack, "volume", { availabilityZone: "eu-west-1a", size: 8, encrypted: true, type: "gp3" });' : ""}
synth(app, process.env);
`,
  );
}

const apply = (...flags: string[]): ReturnType<typeof copy.andamio> =>
  copy.andamio(["apply", "dev", "--emulator", "--auto-approve", ...flags]);

describe("a plan that takes data with it", () => {
  beforeAll(async () => {
    await startEmulator(copy);
    program();
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    succeeded(await apply());
    program({ domainName: "second.internal", volume: false });
  });

  test("says so in its summary, with what forces it", async () => {
    const { stdout } = succeeded(await copy.andamio(["plan", "dev", "--emulator"]));
    expect(stdout).toContain(`dev-data: ${ZONE} would be replaced: name forces it, and its data with it`);
    expect(stdout).toContain(`dev-data: ${VOLUME} would be deleted, and its data with it`);
    const planned = planOf(succeeded(await copy.andamio(["plan", "dev", "--emulator", "--json"])), "dev-data");
    expect(planned.resources).toEqual([
      { address: VOLUME, action: "delete", destroys_data: true },
      { address: ZONE, action: "replace", destroys_data: true, forced_by: ["name"] },
    ]);
  });

  test("is not applied, which ends with exit code 4", async () => {
    const { error } = jsonDocument<{ error: ErrorDocument }>(endedWith(4, await apply("--json")));
    expect(error).toMatchObject({ code: "DESTROYS_DATA", exit_code: 4 });
    expect(error.message).toContain(`${ZONE} would be replaced: name forces it`);
    expect(error.fix).toContain(
      `npx andamio apply dev dev-data --emulator --allow-destroy ${VOLUME} --allow-destroy ${ZONE}`,
    );
  });

  test("is not applied in part either, when only a part of it is allowed", async () => {
    const { stderr } = endedWith(4, await apply("--allow-destroy", ZONE));
    expect(stderr).toContain(`${VOLUME} would be deleted`);
    expect(stderr).not.toContain(`  - ${ZONE}`);
  });

  test("is applied once each address is allowed by name", async () => {
    const { stderr } = succeeded(
      await apply("--allow-destroy", ZONE, "--allow-destroy", VOLUME, "--allow-destroy", "aws_ebs_volume.other"),
    );
    expect(stderr).toContain("--allow-destroy aws_ebs_volume.other was not needed");
    expect(stderr).not.toContain(`--allow-destroy ${ZONE} was not needed`);
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });
});

describe("what is protected from deletion", () => {
  const error = (result: Awaited<ReturnType<typeof apply>>): ErrorDocument =>
    jsonDocument<{ error: ErrorDocument }>(endedWith(4, result)).error;

  beforeAll(async () => {
    program({ domainName: "second.internal", protect: true });
    succeeded(await apply());
  });

  test("is named by a plan that would replace it, with what forces it, and no copy of the stack stays behind", async () => {
    program({ domainName: "third.internal", protect: true });
    const refused = error(await copy.andamio(["plan", "dev", "--emulator", "--json"]));
    expect(refused).toMatchObject({ code: "PROTECTED", exit_code: 4 });
    expect(refused.message).toContain(`${ZONE} would be replaced: name forces it`);
    expect(readdirSync(copy.path(".andamio", "emulator", "out", "unprotected"))).toEqual([]);
  });

  test("cannot be allowed by name alone", async () => {
    expect(error(await apply("--allow-destroy", ZONE, "--json"))).toMatchObject({ code: "PROTECTED" });
  });

  test("keeps destroy from beginning", async () => {
    program({ domainName: "second.internal", protect: true });
    const refused = error(await copy.andamio(["destroy", "dev", "--emulator", "--auto-approve", "--json"]));
    expect(refused).toMatchObject({ code: "PROTECTED", why: "Nothing was destroyed." });
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });

  test("is destroyed once it is protected no longer", async () => {
    program({ domainName: "second.internal" });
    succeeded(await copy.andamio(["destroy", "dev", "--emulator", "--auto-approve"]));
  });
});
