import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const LOADER = resolve(__dirname, "..", "..", "bin", "load.js");
const directory = temporaryFolder();
writeFile(join(directory, "cdk.tf.json"), "{}");
const failed = {
  name: "dev",
  environment: {
    project: "acme",
    tier: "development",
    account: "111111111111",
    region: "eu-west-1",
    partition: "aws",
    backend: { type: "local" },
  },
  stack: { id: "dev-data", directory, dependencies: [], remoteStates: {}, resources: {} },
  step: "plan",
  logFile: "run.log",
};

/** In a process of its own: in jest's world the errors of Node's network are no errors to the AWS SDK, which wraps them. */
const DIAGNOSIS = `
  const [loader, failed] = JSON.parse(process.argv[1]);
  require(loader).loadOwn("engine/diagnose").diagnose(failed).then(({ code, fix }) => console.log(JSON.stringify({ code, fix })));
`;

/** What a failed plan is put down to, where AWS is asked with these settings. */
function diagnosed(
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly code: string; readonly fix: string }> {
  const env = { PATH: process.env["PATH"], AWS_EC2_METADATA_DISABLED: "true", ...settings };
  return new Promise((done, fail) =>
    execFile(process.execPath, ["-e", DIAGNOSIS, JSON.stringify([LOADER, failed])], { env }, (error, stdout) =>
      error ? fail(error) : done(JSON.parse(stdout) as { code: string; fix: string }),
    ),
  );
}

test("a network that does not lead to AWS is told as that, and not as missing credentials", async () => {
  // Nothing listens there, and nothing may: the port is reserved.
  const settings = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b", AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1" };
  const { code, fix } = await diagnosed(settings);
  expect(code).toBe("AWS_UNREACHABLE");
  expect(fix).toMatch(/^Look at the network/);
}, 20_000);

test("credentials that there are not are asked for", async () => {
  const nowhere = join(directory, "none");
  const { code, fix } = await diagnosed({ AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere });
  expect(code).toBe("CREDENTIALS");
  expect(fix).toMatch(/^Log in/);
}, 20_000);
