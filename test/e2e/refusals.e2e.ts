import { join } from "node:path";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { NOWHERE, refused, STACK_FRAME, type Refusal } from "../support/refused";
import { succeeded, type CommandResult } from "../support/run-command";
import { makeDevSmall } from "../support/small-dev";

const APPLY_DEV = ["apply", "dev", "--emulator", "--auto-approve"];
const EMULATED_OUTDIR = join(".andamio", "emulator", "out");

const copy = projectCopy();
let emulator: string;

beforeAll(async () => {
  makeDevSmall(copy);
  emulator = await startEmulator(copy);
});

describe("a command line that makes no sense is refused", () => {
  test.each<[string, string[], Refusal]>([
    [
      "an unknown environment",
      ["apply", "nowhere", "--emulator", "--auto-approve"],
      {
        code: "UNKNOWN_ENVIRONMENT",
        exitCode: 3,
        says: /no environment "nowhere": there are dev, prod, staging/,
        fix: /validateEnvironments/,
      },
    ],
    [
      "an unknown stack",
      ["apply", "dev", "netwrok", "--emulator", "--auto-approve"],
      {
        code: "NO_STACK_MATCHES",
        exitCode: 3,
        says: /No stack of dev matches "netwrok": there are dev-network, dev-dns/,
        fix: /Name a stack/,
      },
    ],
    [
      "an unknown command",
      ["aply", "dev"],
      { code: "USAGE", exitCode: 3, says: /unknown command 'aply'\n\(Did you mean apply\?\)/, fix: /andamio help/ },
    ],
    [
      "an unknown flag",
      [...APPLY_DEV, "--lock-timout", "5m"],
      {
        code: "USAGE",
        exitCode: 3,
        says: /unknown option '--lock-timout'\n\(Did you mean --lock-timeout\?\)/,
        fix: /andamio help/,
      },
    ],
    [
      "an apply that nobody can approve",
      ["apply", "dev", "--emulator"],
      { code: "APPROVAL_NEEDED", exitCode: 3, says: /not a terminal/, fix: /--auto-approve/ },
    ],
    [
      "the destruction of production without its name",
      ["destroy", "prod", "--emulator", "--auto-approve"],
      { code: "CONFIRMATION_NEEDED", exitCode: 3, says: /This destroys prod/, fix: /--confirm prod/ },
    ],
    [
      "the destruction of production with another name",
      ["destroy", "prod", "--emulator", "--confirm", "dev"],
      {
        code: "CONFIRMATION_NEEDED",
        exitCode: 3,
        says: /"dev" is not "prod": nothing was changed/,
        fix: /--confirm prod/,
      },
    ],
  ])("%s", async (_what, args, refusal) => {
    await refused(copy, args, refusal);
  });
});

describe("a program that is wrong is refused, and nothing of an earlier run is left to be planned", () => {
  interface Mistake {
    readonly file: string;
    readonly from: string;
    readonly to: string;
    readonly says: RegExp;
    /** @default SYNTHESIS_FAILED */
    readonly code?: string;
    /** @default 3 */
    readonly exitCode?: number;
  }

  const mistakes: [string, Mistake][] = [
    [
      "a key that nobody set",
      {
        file: "environments/dev.ts",
        from: ', availabilityZones: ["a", "b"]',
        to: "",
        says: /dev: network\.availabilityZones is not set: set it in environments\/base\.ts for all, or in environments\/dev\.ts/,
      },
    ],
    [
      "a CIDR block that overlaps another environment's",
      {
        file: "environments/dev.ts",
        from: "10.10.0.0/16",
        to: "10.20.128.0/17",
        says: /staging: network\.cidr "10\.20\.0\.0\/16" overlaps "10\.20\.128\.0\/17" of dev: give each environment a block of its own/,
      },
    ],
    [
      "a missing account",
      {
        file: "environments/dev.ts",
        from: '"111111111111"',
        to: '""',
        says: /dev: account must be a twelve-digit AWS account id, written as a string, got ""/,
      },
    ],
    [
      "two construct ids that give one address",
      {
        file: "stacks/dns.ts",
        from: "    this.createOutputs();",
        to:
          '    for (const id of ["a-b", "a:b", "a b"])\n' +
          '      new HostedZone(this, id, { domainName: "x.internal", vpcs: [props.vpc] });',
        says: /Two constructs have the address aws_route53_zone\.a_b:\n +- dev-dns\/a:b\/Resource\n +- dev-dns\/a b\/Resource[^]*Give one of the two another id\.\n +at stacks\/dns\.ts:\d+:\d+/,
      },
    ],
    [
      "two constructs of one id in one scope",
      {
        file: "stacks/dns.ts",
        from: "    this.createOutputs();",
        to: '    for (const name of ["x", "y"]) new HostedZone(this, "twin", { domainName: `${name}.internal`, vpcs: [props.vpc] });',
        says: /already a Construct with name 'twin' in DnsStack \[dev-dns\]\n +at stacks\/dns\.ts:\d+:\d+[^]*Give one of the two another id\./,
      },
    ],
    [
      "a mistake in TypeScript",
      { file: "main.ts", from: "new App();", to: "new App(;", says: /Unexpected ";"\n\n +main\.ts:5:20:/ },
    ],
    [
      "an import of what is not there",
      { file: "main.ts", from: '"./stacks"', to: '"./stax"', says: /Could not resolve "\.\/stax"\n\n +main\.ts:3:41:/ },
    ],
    [
      "a resource that AWS would refuse",
      {
        file: "stacks/network.ts",
        from: "    this.createOutputs();",
        to: '    this.vpc.subnets.private.a!.resource.cidrBlock = "10.10.0.0/29";\n    this.createOutputs();',
        says: /vpc-subnet-size[^]*aws_subnet\.vpc_private_a: cidr_block = "10\.10\.0\.0\/29"/,
        code: "FINDINGS",
        exitCode: 4,
      },
    ],
  ];

  test.each(mistakes)("%s", async (_what, { file, from, to, says, code = "SYNTHESIS_FAILED", exitCode = 3 }) => {
    succeeded(await copy.andamio(["synth", "--emulator"]));
    expect(copy.exists(EMULATED_OUTDIR, "manifest.json")).toBe(true);
    const refusal = { code, exitCode, says, fix: /Mend what is named above/ };
    await copy.whileReplaced(file, from, to, () => refused(copy, APPLY_DEV, refusal));
    expect(copy.exists(EMULATED_OUTDIR, "manifest.json")).toBe(false);
    // What the rules refuse was written whole, and can be looked at with check --dir.
    expect(copy.exists(EMULATED_OUTDIR, "andamio.json")).toBe(code === "FINDINGS");
  });

  test("and plain cdktf tells the same, and leaves no manifest of an earlier run either", async () => {
    const [, { file, from, to, says }] = mistakes[0]!;
    succeeded(await copy.npx(["cdktf", "synth"]));
    expect(copy.exists("cdktf.out", "manifest.json")).toBe(true);
    const synth = (): Promise<CommandResult> => copy.npx(["cdktf", "synth"]);
    const { exitCode, stdout, stderr } = await copy.whileReplaced(file, from, to, synth);
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toMatch(says);
    expect(stdout + stderr).not.toMatch(STACK_FRAME);
    expect(copy.exists("cdktf.out", "manifest.json")).toBe(false);
  });
});

describe("surroundings that are not there are named", () => {
  test("a state bucket that does not exist, once for all stacks: so no refused apply so far has made anything", async () => {
    const refusal = {
      code: "STATE_BUCKET_MISSING",
      exitCode: 3,
      says: /The state bucket acme-terraform-state-111111111111-eu-west-1 of dev does not exist/,
      fix: /^Make it: npx andamio bootstrap dev --emulator$/,
    };
    await refused(copy, APPLY_DEV, refusal);
    await refused(copy, ["plan", "dev", "--emulator"], refusal);
    await refused(copy, ["output", "dev", "--emulator"], refusal);
  });

  test("credentials of another account", async () => {
    const role = '  assumeRole: { name: "andamio-deploy" },\n';
    const env = { AWS_ENDPOINT_URL: emulator, AWS_ACCESS_KEY_ID: "some", AWS_SECRET_ACCESS_KEY: "body" };
    const refusal = {
      code: "WRONG_ACCOUNT",
      exitCode: 3,
      says: /The credentials are of account 123456789012, dev is account 111111111111/,
      fix: /environments\/dev\.ts name a role there/,
    };
    await copy.whileReplaced("environments/base.ts", role, "", () =>
      refused(copy, ["apply", "dev", "--auto-approve"], refusal, { env }),
    );
  });

  test("a state that the credentials may not read", async () => {
    const bucket = "acme-terraform-state-111111111111-eu-west-1";
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${bucket}/*` };
    const policy = (method: string, body?: string): Promise<Response> =>
      fetch(`${emulator}/${bucket}?policy`, { method, body, headers: { "content-type": "application/json" } });
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    expect((await policy("PUT", JSON.stringify({ Version: "2012-10-17", Statement: [deny] }))).ok).toBe(true);
    await refused(copy, APPLY_DEV, {
      code: "STATE_UNREADABLE",
      exitCode: 3,
      says: /The state of dev-network cannot be read: the credentials may not/,
      fix: /s3:GetObject, PutObject and DeleteObject on dev\/\*/,
    });
    expect((await policy("DELETE")).ok).toBe(true);
  });

  test("a provider that nobody has, within seconds, before and after another was installed", async () => {
    const refusal = {
      code: "PROVIDER_MISSING",
      exitCode: 3,
      says: /hashicorp\/aws 5\.9999\.0, needed by dev-network, could not be installed/,
      fix: /ANDAMIO_PROVIDER_MIRROR.*npx andamio lock/,
    };
    // What stands in for a registry that cannot be reached: refused at once, with or without a network.
    const offline = { HTTPS_PROXY: NOWHERE, HTTP_PROXY: NOWHERE, NO_PROXY: "127.0.0.1" };
    const refusedApply = (): Promise<CommandResult> =>
      copy.whileReplaced("provider.lock.hcl", '"5.100.0"', '"5.9999.0"', () =>
        refused(copy, APPLY_DEV, refusal, { env: offline }),
      );
    const { seconds } = await refusedApply();
    expect(seconds).toBeLessThan(10);
    succeeded(await copy.andamio(["output", "dev", "network", "--emulator"]));
    await refusedApply();
  });
});
