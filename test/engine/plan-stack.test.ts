import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planStack, type StackPlan } from "../../engine/plan-stack";
import type { RunResult } from "../../engine/process";
import { Project, type StackInfo } from "../../engine/project";
import type { Terraform } from "../../engine/terraform";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const root = temporaryFolder();
let count = 0;

const DONE: RunResult = { exitCode: 0, stdout: "", stderr: "", interrupted: false };

/** A stack, what Terraform's plan of it says, and where its plan files lie. */
function planned(plan: object): { readonly plans: string; readonly plan: () => Promise<StackPlan> } {
  const outdir = join(root, String(++count));
  const directory = join(outdir, "stacks", "dev-data");
  writeFile(join(directory, "cdk.tf.json"), "{}");
  const stack: StackInfo = { id: "dev-data", directory, dependencies: [], remoteStates: {}, resources: {} };
  const terraform = {
    init: () => Promise.resolve(undefined),
    plan: (_stack: StackInfo, file: string) => {
      writeFileSync(file, "a plan");
      return Promise.resolve({ ...DONE, exitCode: 2 });
    },
    showJson: () => Promise.resolve({ result: DONE, value: plan }),
  } as unknown as Terraform;
  const project = new Project(outdir, {}, [stack]);
  const diagnose = (): never => {
    throw new Error("nothing fails here");
  };
  return {
    plans: join(outdir, "plans", "dev-data"),
    plan: () => planStack(project, stack, terraform, { diagnose }),
  };
}

describe("the file of a plan", () => {
  test("is this run's own, in a folder for its owner only", async () => {
    const { plans, plan } = planned({});
    const file = join(plans, `plan-${process.pid}.bin`);
    expect(await plan()).toMatchObject({ status: "changes", planFile: file });
    expect(existsSync(file)).toBe(true);
    expect(statSync(plans).mode & 0o077).toBe(0);
  });

  test("leaves alone what another run shows and may apply, and takes away what is left of those that are over", async () => {
    const { plans, plan } = planned({});
    const another = `plan-${process.ppid}.bin`;
    // Above what any system gives to a process.
    for (const name of [another, "plan-4999999.bin", "plan.bin"]) writeFile(join(plans, name));
    await plan();
    expect(readdirSync(plans).sort()).toEqual([another, `plan-${process.pid}.bin`].sort());
  });
});
