import { AndamioError, ExitCode, isAndamioError } from "./errors";
import { concernsWholeEnvironment, diagnose, interruption } from "./diagnose";
import { planStack, type ReadyPlan, type StackPlan } from "./plan-stack";
import { succeeded, textOf, type RunResult } from "./process";
import { allowDestroyFlags, destructionText } from "./resource-changes";
import { destroyRefusal, protectedResources } from "./protection";
import type { EnvironmentInfo, Project, StackInfo } from "./project";
import type { OutputValue, Terraform } from "./terraform";

/** One environment, the stacks of it that were asked for, and the Terraform to do it with. */
export interface EnvironmentRun {
  readonly project: Project;
  readonly name: string;
  readonly environment: EnvironmentInfo;
  /** In dependency order. */
  readonly stacks: readonly StackInfo[];
  readonly terraform: Terraform;
}

/** What a run tells while it goes on. Each step is wrapped, so that the caller can show that something is happening. */
export interface RunEvents {
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  readonly planned: (plan: StackPlan) => void;
}

/**
 * Plans the stacks one after the other. A stack that fails does not keep the others from being planned, unless it failed for a
 * reason that holds for all: that is told once.
 */
export async function planEnvironment(run: EnvironmentRun, events: RunEvents): Promise<StackPlan[]> {
  const plans: StackPlan[] = [];
  for (const stack of run.stacks) {
    const plan = await events.step(`Planning ${stack.id}`, () => plannedStack(run, stack));
    events.planned(plan);
    plans.push(plan);
    if (plan.status === "interrupted") break;
    if (plan.status === "failed" && concernsWholeEnvironment(plan.error)) {
      const rest = run.stacks.slice(plans.length);
      return [...plans, ...rest.map((other): StackPlan => ({ ...plan, stack: other, text: "", durationMs: 0 }))];
    }
  }
  return plans;
}

/** What became of one stack. */
export interface StackOutcome {
  readonly stack: StackInfo;
  readonly status: "applied" | "unchanged" | "declined" | "failed" | "interrupted" | "not-attempted";
  readonly plan?: ReadyPlan;
  readonly error?: AndamioError;
  /** What Terraform said of a failure that came after the plan was shown. */
  readonly text?: string;
}

export interface ApplyOptions {
  /** Plans and applies the destruction of everything, the last stack first. @default false */
  readonly destroy?: boolean;
  /**
   * Addresses of data stores that may be replaced or deleted, exactly as the plan names them. Any other keeps its stack from being applied.
   * Says nothing when everything is destroyed: that was asked for.
   * @default none
   */
  readonly allowDestroy?: readonly string[] | "any";
  /** Asked before a stack's changes are applied. To reject it as INTERRUPTED ends the run. */
  readonly confirm: (plan: ReadyPlan) => Promise<boolean>;
}

/**
 * Plans and applies the stacks in order, each from its own saved plan: what was shown is what is done. The first one that is not
 * applied ends the run; what is done stays done, and the rest is reported as not attempted.
 */
export async function applyEnvironment(
  run: EnvironmentRun,
  events: RunEvents,
  options: ApplyOptions,
): Promise<StackOutcome[]> {
  const stacks = options.destroy ? [...run.stacks].reverse() : run.stacks;
  const outcomes: StackOutcome[] = [];
  if (options.destroy) {
    const refusal = await events.step("Looking for what is protected", () => refusedDestruction(run, stacks));
    if (refusal) return stacks.map((stack) => (stack === refusal.stack ? refusal : { stack, status: "not-attempted" }));
  }
  for (const stack of stacks) {
    const outcome = await applyStack(run, stack, events, options);
    outcomes.push(outcome);
    if (outcome.status !== "applied" && outcome.status !== "unchanged") break;
  }
  const rest = stacks.slice(outcomes.length);
  return [...outcomes, ...rest.map((stack): StackOutcome => ({ stack, status: "not-attempted" }))];
}

/** What keeps an environment from being destroyed, as the outcome of the first stack that it concerns. */
async function refusedDestruction(
  run: EnvironmentRun,
  stacks: readonly StackInfo[],
): Promise<StackOutcome | undefined> {
  const found = await protectedResources(stacks, run.terraform);
  if ("failed" in found) {
    const { failed: stack, step, result } = found;
    const error = await diagnosis(run, stack, step, result);
    return { stack, status: result.interrupted ? "interrupted" : "failed", text: textOf(result), error };
  }
  const [first] = found.kept;
  return first && { stack: first.stack, status: "failed", text: "", error: destroyRefusal(found.kept) };
}

async function applyStack(
  run: EnvironmentRun,
  stack: StackInfo,
  events: RunEvents,
  { destroy = false, allowDestroy = [], confirm }: ApplyOptions,
): Promise<StackOutcome> {
  const plan = await events.step(`Planning ${stack.id}`, () => plannedStack(run, stack, destroy));
  events.planned(plan);
  if ("error" in plan) return { stack, status: plan.status, error: plan.error };
  if (plan.status === "waiting") return { stack, status: "failed", text: "", error: upstreamNotApplied(run, plan) };
  if (plan.status === "no-changes") return { stack, status: "unchanged", plan };
  const refusal = destroy || allowDestroy === "any" ? undefined : dataRefusal(run, plan, allowDestroy);
  if (refusal) return { stack, status: "failed", text: "", plan, error: refusal };
  const answer = await confirm(plan).catch(interruptionOnly);
  if (answer === false) return { stack, status: "declined", plan };
  if (answer !== true) return { stack, status: "interrupted", plan, text: "", error: answer };
  const verb = destroy ? "Destroying" : "Applying";
  const result = await events.step(`${verb} ${stack.id}`, () => run.terraform.apply(stack, plan.planFile));
  if (succeeded(result)) return { stack, status: "applied", plan };
  const text = textOf(result);
  const error = await diagnosis(run, stack, "apply", result, progress(plan, text));
  return { stack, status: result.interrupted ? "interrupted" : "failed", plan, text, error };
}

function interruptionOnly(error: unknown): AndamioError {
  if (isAndamioError(error) && error.exitCode === ExitCode.interrupted) return error;
  throw error;
}

/** Why a plan is not applied that would take data with it. */
function dataRefusal(
  { name, environment }: EnvironmentRun,
  { stack, resources }: ReadyPlan,
  allowed: readonly string[],
): AndamioError | undefined {
  const refused = resources.filter(({ address, destroysData }) => destroysData && !allowed.includes(address));
  if (refused.length === 0) return undefined;
  const emulator = environment.emulator === undefined ? "" : " --emulator";
  return new AndamioError({
    code: "DESTROYS_DATA",
    message: `The plan of ${stack.id} takes data with it:\n${refused.map((change) => `  - ${destructionText(change)}`).join("\n")}`,
    why: "What is destroyed does not come back with the next apply: only from a backup or a final snapshot, if there is one.",
    fix: `Change what forces it, or allow it by name: npx andamio apply ${name} ${stack.id}${emulator} ${allowDestroyFlags(refused)}`,
    exitCode: ExitCode.refused,
  });
}

/** How far an apply came: `3 of 24 changes`. */
function progress({ resources }: ReadyPlan, text: string): string {
  const done = text.match(/: (Creation|Modifications|Destruction|Import) complete/g)?.length ?? 0;
  const all = resources.filter(({ action }) => !["move", "read", "forget"].includes(action));
  return `${done} of ${all.length + all.filter(({ action }) => action === "replace").length} changes`;
}

function plannedStack(run: EnvironmentRun, stack: StackInfo, destroy = false): Promise<StackPlan> {
  return planStack(run.project, stack, run.terraform, {
    destroy,
    diagnose: (failed, step, result) => diagnosis(run, failed, step, result),
  });
}

async function diagnosis(
  run: EnvironmentRun,
  stack: StackInfo,
  step: "init" | "plan" | "apply",
  { interrupted }: RunResult,
  done?: string,
): Promise<AndamioError> {
  const { name, environment, terraform } = run;
  const options = { name, environment, stack, step, logFile: terraform.logFile(stack), done };
  return interrupted ? interruption(options) : diagnose(options);
}

/** The outputs of every stack of the run. @throws AndamioError when a state cannot be read */
export async function readOutputs(run: EnvironmentRun): Promise<Record<string, Record<string, OutputValue>>> {
  const outputs: Record<string, Record<string, OutputValue>> = {};
  for (const stack of run.stacks) {
    const init = await run.terraform.init(stack);
    if (init && !succeeded(init)) throw await diagnosis(run, stack, "init", init);
    const { result, values } = await run.terraform.outputs(stack);
    if (!succeeded(result)) throw await diagnosis(run, stack, "plan", result);
    outputs[stack.id] = values;
  }
  return outputs;
}

function upstreamNotApplied(run: EnvironmentRun, plan: Extract<StackPlan, { status: "waiting" }>): AndamioError {
  const upstream = plan.waitingFor.map(({ stack }) => stack).join(", ");
  return new AndamioError({
    code: "UPSTREAM_NOT_APPLIED",
    message: `${plan.stack.id} takes values from ${upstream}, which has not been applied yet.`,
    fix: `Apply it first, or all of ${run.name} in one go: npx andamio apply ${run.name}`,
    exitCode: ExitCode.usage,
  });
}
