import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPromise } from "yauzl";
import { findTerraform } from "../../engine/toolchain/terraform-binary";
import { byAction, planOf } from "../support/andamio-json";
import { EmulatedAccount } from "../support/emulated-aws";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded } from "../support/run-command";

/* Where a password is after plan and apply: in the database and in Secrets Manager, and in nothing that Terraform keeps. */

const copy = projectCopy();
const TOKEN = "token-of-the-pipeline-4711";
const OUT = join(".andamio", "emulator", "out");
const STACK = join(OUT, "stacks", "dev-data");
const PLANS = join(OUT, "plans", "dev-data");
const env: Record<string, string> = { TF_VAR_payment_token: TOKEN };
let url: string;
let account: EmulatedAccount;
let terraform: string;

/** @param version of the database's password, in the database and in its secret */
function program(version: number): void {
  copy.write(
    "main.ts",
    `import { App } from "cdktf";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { createDatabaseSecret, Secret, SecretValue } from "./modules/secretsmanager";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";

const app = new App();
const [environment] = validateEnvironments([dev]);
if (!environment) throw new Error("no environment");
const stack = new EnvironmentStack(app, "data", { environment, emulator: process.env.ANDAMIO_EMULATOR });

const password = SecretValue.generated();
const orders = new RdsCluster(stack, "orders", {
  clusterIdentifier: "orders",
  engine: "aurora-postgresql",
  masterUsername: "app",
  masterPasswordWo: password.reference(stack, "password"),
  masterPasswordWoVersion: ${version},
  skipFinalSnapshot: true,
  storageEncrypted: true,
});
const secret = createDatabaseSecret(stack, "orders_secret", {
  password,
  version: ${version},
  username: "app",
  engine: "aurora-postgresql",
  host: orders.endpoint,
  port: orders.port,
  identifier: { dbClusterIdentifier: "orders" },
  replacedWith: "aws_rds_cluster.orders.cluster_resource_id",
});

new Secret(stack, "payment", { value: SecretValue.fromEnvironmentVariable("payment_token") });
new Secret(stack, "copied", { value: secret.read("password"), version: ${version} });

const parameter = new SsmParameter(stack, "key", {
  name: "/shop/key",
  type: "SecureString",
  valueWo: SecretValue.generated({ length: 40 }).reference(stack, "key_value"),
  valueWoVersion: 1,
});
new Secret(stack, "from_parameter", { value: SecretValue.fromParameter(parameter.arn) });

synth(app, process.env);
`,
  );
}

const held = (name: string): Promise<string> => account.secret(`acme-dev-${name}`);

interface DatabaseSecret {
  readonly password: string;
  readonly host: string;
}

const databaseSecret = async (): Promise<DatabaseSecret> => JSON.parse(await held("orders-secret")) as DatabaseSecret;

/** The password that RDS was sent last, as the emulator recorded it. */
async function databasePassword(): Promise<string | undefined> {
  const recording = await (await fetch(`${url}/moto-api/recorder/download-recording`)).text();
  const forms = recording
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Buffer.from((JSON.parse(line) as { body: string }).body, "base64").toString("utf8"))
    .filter((body) => body.includes("DBCluster&"))
    .map((body) => new URLSearchParams(body).get("MasterUserPassword"));
  return forms.filter((password) => password !== null).at(-1);
}

/** Everything that is kept of the run, as text: what was synthesized, the plan file and what it shows, the state, the logs. */
async function kept(): Promise<Record<string, string>> {
  const run = async (...args: string[]): Promise<string> =>
    succeeded(await copy.run(terraform, args, { cwd: copy.path(STACK), env: { ...env, ANDAMIO_EMULATOR: url } }))
      .stdout;
  const [plan = ""] = readdirSync(copy.path(PLANS));
  return {
    "cdk.tf.json": copy.read(STACK, "cdk.tf.json"),
    "andamio.json": copy.read(OUT, "andamio.json"),
    "plan file": await unzipped(copy.path(PLANS, plan)),
    "plan JSON": await run("show", "-json", copy.path(PLANS, plan)),
    state: await run("state", "pull"),
    logs: textOf(copy.path(".andamio", "logs")),
  };
}

function textOf(folder: string): string {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name), "utf8")).join("\n");
}

async function unzipped(file: string): Promise<string> {
  const archive = await openPromise(file);
  let text = "";
  for await (const entry of archive.eachEntry()) {
    for await (const chunk of await archive.openReadStreamPromise(entry)) text += (chunk as Buffer).toString("latin1");
  }
  return text;
}

/** Which of the values stand in what is kept. */
async function leaks(values: readonly string[]): Promise<string[]> {
  return Object.entries(await kept()).flatMap(([where, text]) =>
    values.filter((value) => text.includes(value)).map((value) => `${value} in ${where}`),
  );
}

async function apply(): Promise<ReturnType<typeof byAction>> {
  const applied = await copy.andamio(["apply", "dev", "--emulator", "--auto-approve", "--json"], { env });
  return byAction(planOf(succeeded(applied), "dev-data"));
}

describe("secrets on the emulator", () => {
  beforeAll(async () => {
    url = await startEmulator(copy);
    account = new EmulatedAccount(url, "111111111111");
    terraform = (await findTerraform({ env: process.env, projectDir: copy.directory })).path;
    await fetch(`${url}/moto-api/recorder/start-recording`, { method: "POST" });
    program(1);
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    await apply();
  });

  test("arrive at the service: drawn, from the environment, from another secret, from a parameter", async () => {
    const { password, host } = await databaseSecret();
    expect(password).toMatch(/^[\w.-]{30}$/);
    expect(host).toContain("orders.");
    expect(await held("copied")).toBe(password);
    expect(await held("payment")).toBe(TOKEN);
    expect(await held("from-parameter")).toHaveLength(40);
  });

  test("of a database are the very value that the database has", async () => {
    expect(await databasePassword()).toBe((await databaseSecret()).password);
  });

  test("are in nothing that is kept: JSON, plan, state or log", async () => {
    const values = [(await databaseSecret()).password, TOKEN, await held("from-parameter")];
    expect(await leaks(values)).toEqual([]);
    // What is kept is what it seems to be: other values of the same resources are in it.
    const found = await kept();
    for (const where of ["cdk.tf.json", "plan file", "plan JSON", "state"])
      expect(found[where]).toContain("acme-dev-copied");
  });

  test("leave nothing to plan, although each run draws other values", async () => {
    const before = await databaseSecret();
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"], { env }));
    expect(await databaseSecret()).toEqual(before);
  });

  test("change together, in the database and in its secret, when the one number is raised", async () => {
    const before = await databaseSecret();
    program(2);
    expect(await apply()).toEqual({
      replace: [
        "aws_secretsmanager_secret_version.copied_version",
        "aws_secretsmanager_secret_version.orders_secret_version",
      ],
      update: ["aws_rds_cluster.orders"],
    });
    const after = await databaseSecret();
    expect(after.password).not.toBe(before.password);
    expect(after.host).toBe(before.host);
    expect(await databasePassword()).toBe(after.password);
    expect(await held("copied")).toBe(after.password);
    expect(await leaks([before.password, after.password])).toEqual([]);
  });
});
