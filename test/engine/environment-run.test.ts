import { AndamioError, ExitCode } from "../../engine/errors";
import { applyEnvironment, type ApplyOptions, type RunEvents, type StackOutcome } from "../../engine/environment-run";
import { join } from "node:path";
import { Project, type StackInfo } from "../../engine/project";
import type { Terraform } from "../../engine/terraform";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const outdir = temporaryFolder();
const DONE = { exitCode: 0, stdout: "", stderr: "", interrupted: false };

const stacks = ["network", "data", "web"].map((name): StackInfo => {
  const id = `dev-${name}`;
  const directory = join(outdir, "stacks", id);
  writeFile(join(directory, "cdk.tf.json"), "{}");
  return { id, directory, environment: "dev", dependencies: [], remoteStates: {}, resources: {} };
});

const environment = {
  project: "acme",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  partition: "aws",
  backend: { type: "local" },
} as const;

/** A Terraform whose every plan creates one thing, and that can do all of it. */
const terraform = {
  init: () => Promise.resolve(undefined),
  plan: () => Promise.resolve({ ...DONE, exitCode: 2 }),
  showJson: () =>
    Promise.resolve({
      result: DONE,
      value: { resource_changes: [{ address: "aws_vpc.a", type: "aws_vpc", change: { actions: ["create"] } }] },
    }),
  apply: () => Promise.resolve(DONE),
} as unknown as Terraform;

const events: RunEvents = { step: (_title, work) => work(), planned: () => undefined };

function applied(confirm: ApplyOptions["confirm"]): Promise<StackOutcome[]> {
  const project = new Project(outdir, { dev: environment }, stacks);
  return applyEnvironment({ project, name: "dev", environment, stacks, terraform }, events, { confirm });
}

const statuses = (outcomes: readonly StackOutcome[]): string[] => outcomes.map(({ status }) => status);

test("each stack is asked for, and what is declined ends the run", async () => {
  const outcomes = await applied(({ stack }) => Promise.resolve(stack.id !== "dev-data"));
  expect(statuses(outcomes)).toEqual(["applied", "declined", "not-attempted"]);
});

test("Ctrl-C at the question ends the run as an interruption, and what was done before it is told", async () => {
  const error = new AndamioError({ code: "INTERRUPTED", message: "m", fix: "f", exitCode: ExitCode.interrupted });
  const outcomes = await applied(({ stack }) =>
    stack.id === "dev-data" ? Promise.reject(error) : Promise.resolve(true),
  );
  expect(statuses(outcomes)).toEqual(["applied", "interrupted", "not-attempted"]);
  expect(outcomes[1]?.error).toBe(error);
});

test("any other failure to ask is one", async () => {
  await expect(applied(() => Promise.reject(new Error("no such file")))).rejects.toThrow("no such file");
});
