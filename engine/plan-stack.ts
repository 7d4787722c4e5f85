import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AndamioError } from "./errors";
import { isAlive, succeeded, textOf, type RunResult } from "./process";
import type { Project, StackInfo } from "./project";
import { protectedDestructions, protectionError } from "./protection";
import { count, resourceChanges, type ChangeCounts, type PlanJson, type ResourceChange } from "./resource-changes";
import type { Terraform } from "./terraform";

interface PlanBase {
  readonly stack: StackInfo;
  /** Terraform's own words. */
  readonly text: string;
  readonly durationMs: number;
}

/** What planning one stack came to. */
export type StackPlan = ReadyPlan | WaitingPlan | FailedPlan;

/** Planned. `planFile` is what `apply` takes; it holds values in clear and lies in a folder for its owner only. */
export interface ReadyPlan extends PlanBase {
  readonly status: "no-changes" | "changes";
  readonly planFile: string;
  readonly resources: readonly ResourceChange[];
  /** Names of the outputs that would change. */
  readonly outputs: readonly string[];
  readonly counts: ChangeCounts;
}

/** Cannot be planned yet: it reads outputs that do not exist before another stack is applied. */
export interface WaitingPlan extends PlanBase {
  readonly status: "waiting";
  readonly waitingFor: readonly { readonly stack: string; readonly outputs: readonly string[] }[];
}

export interface FailedPlan extends PlanBase {
  readonly status: "failed" | "interrupted";
  readonly error: AndamioError;
}

export interface PlanStackOptions {
  readonly destroy?: boolean;
  /** Turns a failed Terraform process into an error that says why. */
  readonly diagnose: (stack: StackInfo, step: "init" | "plan", result: RunResult) => Promise<AndamioError>;
}

/**
 * Plans one stack with the values that its upstream stacks have in their states.
 *
 * Everything that plans stands on this function: it never throws for what Terraform refuses, and changes nothing outside the
 * stack's own folders.
 */
export async function planStack(
  project: Project,
  stack: StackInfo,
  terraform: Terraform,
  options: PlanStackOptions,
): Promise<StackPlan> {
  const started = Date.now();
  const base = (text: string): PlanBase => ({ stack, text, durationMs: Date.now() - started });
  const fail = async ({ stack: failed, step, result }: Failure): Promise<FailedPlan> => ({
    ...base(textOf(result)),
    status: result.interrupted ? "interrupted" : "failed",
    error: await options.diagnose(failed, step, result),
  });

  const init = await terraform.init(stack);
  if (init && !succeeded(init)) return fail({ stack, step: "init", result: init });

  if (!options.destroy) {
    const upstream = await missingOutputs(project, stack, terraform);
    if (upstream.failure) return fail(upstream.failure);
    if (upstream.missing.length > 0) return { ...base(""), status: "waiting", waitingFor: upstream.missing };
  }

  const planFile = ownPlanFile(join(project.outdir, "plans", stack.id));
  const planned = await terraform.plan(stack, planFile, { destroy: options.destroy });
  if (planned.interrupted || (planned.exitCode !== 0 && planned.exitCode !== 2)) {
    const kept = planned.interrupted ? [] : await protectedDestructions(project, stack, terraform, options);
    if (kept.length > 0) return { ...base(textOf(planned)), status: "failed", error: protectionError(stack, kept) };
    return fail({ stack, step: "plan", result: planned });
  }
  if (planned.exitCode === 0) {
    return { ...base(planned.stdout), status: "no-changes", planFile, resources: [], outputs: [], counts: count([]) };
  }
  const { result: shown, value: json } = await terraform.showJson(stack, planFile);
  if (!succeeded(shown)) return fail({ stack, step: "plan", result: shown });
  const { output_changes = {} } = json as PlanJson;
  const resources = resourceChanges(json as PlanJson);
  const outputs = Object.keys(output_changes).filter((name) => output_changes[name]?.actions[0] !== "no-op");
  return { ...base(planned.stdout), status: "changes", planFile, resources, outputs, counts: count(resources) };
}

/**
 * This run's file for a plan, and no other's: what is applied is what was shown, whoever plans in the same folder meanwhile. Those of runs that are
 * over go.
 */
function ownPlanFile(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of readdirSync(folder)) {
    const [, pid] = /^plan-(\d+)\.bin$/.exec(file) ?? [];
    if (pid === undefined || !isAlive(Number(pid))) rmSync(join(folder, file), { force: true });
  }
  return join(folder, `plan-${process.pid}.bin`);
}

/** A Terraform process that did not come to its end, and the stack that it was for. */
interface Failure {
  readonly stack: StackInfo;
  readonly step: "init" | "plan";
  readonly result: RunResult;
}

/** The outputs that a stack reads and that its upstream stacks' states do not have, or why a state cannot be read. */
async function missingOutputs(
  project: Project,
  stack: StackInfo,
  terraform: Terraform,
): Promise<{ readonly missing: WaitingPlan["waitingFor"]; readonly failure?: Failure }> {
  const json = readFileSync(join(stack.directory, "cdk.tf.json"), "utf8");
  const missing: { stack: string; outputs: string[] }[] = [];
  for (const [name, id] of Object.entries(stack.remoteStates)) {
    const wanted = outputsRead(json, name);
    const upstream = project.stack(id);
    const init = await terraform.init(upstream);
    if (init && !succeeded(init)) return { missing, failure: { stack: upstream, step: "init", result: init } };
    const { result, values } = await terraform.outputs(upstream);
    if (!succeeded(result)) return { missing, failure: { stack: upstream, step: "plan", result } };
    const outputs = wanted.filter((output) => !(output in values));
    if (outputs.length > 0) missing.push({ stack: id, outputs });
  }
  return { missing };
}

function outputsRead(json: string, remoteState: string): string[] {
  const pattern = new RegExp(`data\\.terraform_remote_state\\.${remoteState}\\.outputs\\.([A-Za-z0-9_-]+)`, "g");
  return [...new Set([...json.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}
