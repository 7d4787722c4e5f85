import { jsonDocument } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { NOWHERE, refused } from "../support/refused";
import { endedWith, succeeded, type CommandResult } from "../support/run-command";

/* A stack that draws a random name: with the real hashicorp/random where it can be had, with its stand-in elsewhere. */

const copy = projectCopy();
const KEPT = '{ engine: "postgres" }';
const program = `import { App, TerraformOutput } from "cdktf";
import { Id } from "@cdktf/provider-random/lib/id";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";

const app = new App();
const [environment] = validateEnvironments([dev]);
if (!environment) throw new Error("no environment");
const stack = new EnvironmentStack(app, "data", { environment, emulator: process.env.ANDAMIO_EMULATOR });
new RandomProvider(stack, "random");
const life = new Id(stack, "life", { byteLength: 4, keepers: ${KEPT} });
new TerraformOutput(stack, "name", { value: \`orders-final-\${life.hex}\` });
synth(app, process.env);
`;

let emulator: string;

const andamio = (...args: string[]): Promise<CommandResult> => copy.andamio([...args, "--emulator"]);

async function name(): Promise<string> {
  const { stdout } = succeeded(await andamio("output", "dev", "--json"));
  return (/orders-final-[0-9a-f]+/.exec(stdout) ?? [""])[0];
}

beforeAll(async () => {
  copy.write("main.ts", program);
  emulator = await startEmulator(copy);
  succeeded(await andamio("bootstrap", "dev"));
});

test("where the provider cannot be had, the refusal names it and its version", async () => {
  await refused(
    copy,
    ["plan", "dev", "--emulator"],
    {
      code: "PROVIDER_MISSING",
      exitCode: 3,
      says: /^hashicorp\/random 3\.\d+\.\d+, needed by dev-data, could not be installed/,
      fix: /ANDAMIO_PROVIDER_MIRROR.*npx andamio lock/,
    },
    {
      env: { TF_REATTACH_PROVIDERS: "", HTTPS_PROXY: NOWHERE, HTTP_PROXY: NOWHERE, NO_PROXY: "127.0.0.1" },
    },
  );
});

describe("a random name", () => {
  let first: string;

  beforeAll(async () => {
    succeeded(await andamio("apply", "dev", "--auto-approve"));
    first = await name();
  });

  test("is drawn when it is applied, with as many digits as asked for", () => {
    expect(first).toMatch(/^orders-final-[0-9a-f]{8}$/);
  });

  test("stays: the next plan is empty", async () => {
    endedWith(0, await andamio("plan", "dev", "--detailed-exitcode"));
  });

  test("stays for plain cdktf, too, which asks for no checksum that the lock file has", async () => {
    const { settings } = jsonDocument<{ settings: { TERRAFORM_BINARY_NAME?: string } }>(
      succeeded(await copy.andamio(["env", "--json"])),
    );
    const env = { ANDAMIO_EMULATOR: emulator, TERRAFORM_BINARY_NAME: settings.TERRAFORM_BINARY_NAME };
    expect(succeeded(await copy.npx(["cdktf", "plan", "dev-data"], { env })).stdout).toContain("No changes");
  });

  test("is drawn anew when what it is kept for changes", async () => {
    await copy.whileReplaced("main.ts", KEPT, '{ engine: "mysql" }', async () => {
      succeeded(await andamio("apply", "dev", "--auto-approve"));
      expect(await name()).not.toBe(first);
    });
  });
});
