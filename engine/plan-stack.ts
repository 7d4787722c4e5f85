import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { holdsData } from "./data-stores";
import type { AndamioError } from "./errors";
import type { RunResult } from "./process";
import type { Project, StackInfo } from "./project";
import type { Terraform } from "./terraform";

/** What Terraform means to do with one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly action: "create" | "update" | "replace" | "delete" | "read" | "move" | "import";
  /** Where it was before, when it moves. */
  readonly previousAddress?: string;
  /** True when it is taken into the state, and changed at once. */
  readonly imported?: boolean;
  /** True when data goes with it: a database, a volume, a bucket that is replaced or deleted. */
  readonly destroysData?: boolean;
  /** The arguments that force a replacement: `engine`, `storage_encrypted`. */
  readonly forcedBy?: readonly string[];
}

export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly move: number;
  readonly import: number;
}

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

  const planFile = join(project.outdir, "plans", stack.id, "plan.bin");
  mkdirSync(dirname(planFile), { recursive: true, mode: 0o700 });
  const planned = await terraform.plan(stack, planFile, { destroy: options.destroy });
  if (planned.interrupted || (planned.exitCode !== 0 && planned.exitCode !== 2)) {
    return fail({ stack, step: "plan", result: planned });
  }
  if (planned.exitCode === 0) {
    return { ...base(planned.stdout), status: "no-changes", planFile, resources: [], outputs: [], counts: count([]) };
  }
  const { result: shown, value: json } = await terraform.showJson(stack, planFile);
  if (!succeeded(shown)) return fail({ stack, step: "plan", result: shown });
  const { resource_changes = [], output_changes = {} } = json as PlanJson;
  const resources = resource_changes.flatMap((change) => resourceChange(change) ?? []);
  const outputs = Object.keys(output_changes).filter((name) => output_changes[name]?.actions[0] !== "no-op");
  return { ...base(planned.stdout), status: "changes", planFile, resources, outputs, counts: count(resources) };
}

/** A Terraform process that did not come to its end, and the stack that it was for. */
interface Failure {
  readonly stack: StackInfo;
  readonly step: "init" | "plan";
  readonly result: RunResult;
}

function succeeded(result: RunResult): boolean {
  return result.exitCode === 0 && !result.interrupted;
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

/** The parts of Terraform's plan JSON that are used. https://developer.hashicorp.com/terraform/internals/json-format */
interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly importing?: object;
    readonly before?: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

function resourceChange({ address, type, previous_address, change }: PlannedChange): ResourceChange | undefined {
  const action = actionOf(change.actions);
  const moved = previous_address === undefined ? {} : { previousAddress: previous_address };
  const imported = change.importing ? { imported: true } : {};
  if (action) return { address, action, ...moved, ...imported, ...whatGoes(action, type, change) };
  if (change.importing) return { address, action: "import" };
  return previous_address === undefined ? undefined : { address, action: "move", ...moved };
}

function whatGoes(
  action: ResourceChange["action"],
  type: string,
  { before, replace_paths = [] }: PlannedChange["change"],
): Pick<ResourceChange, "destroysData" | "forcedBy"> {
  if (action !== "replace" && action !== "delete") return {};
  const forcedBy = [...new Set(replace_paths.map((path) => path.join(".")))].sort();
  return {
    ...(forcedBy.length === 0 ? {} : { forcedBy }),
    ...(holdsData(type, before) ? { destroysData: true } : {}),
  };
}

function actionOf(actions: readonly string[]): ResourceChange["action"] | undefined {
  if (actions.length === 2) return "replace";
  const [action] = actions;
  return action === "create" || action === "update" || action === "delete" || action === "read" ? action : undefined;
}

/** As Terraform counts: a replacement is one to add and one to destroy. */
function count(resources: readonly ResourceChange[]): ChangeCounts {
  const of = (...actions: ResourceChange["action"][]): number =>
    resources.filter(({ action }) => actions.includes(action)).length;
  return {
    add: of("create", "replace"),
    change: of("update"),
    destroy: of("delete", "replace"),
    move: resources.filter(({ previousAddress }) => previousAddress !== undefined).length,
    import: resources.filter(({ action, imported }) => action === "import" || imported).length,
  };
}

/** What becomes of a data store, in words: `aws_db_instance.orders would be replaced: engine forces it`. */
export function destructionText({ address, action, forcedBy = [] }: ResourceChange): string {
  if (action === "delete") return `${address} would be deleted`;
  const force = forcedBy.length === 1 ? "forces" : "force";
  return `${address} would be replaced${forcedBy.length === 0 ? "" : `: ${forcedBy.join(", ")} ${force} it`}`;
}

function textOf({ stdout, stderr }: { stdout: string; stderr: string }): string {
  return [stdout, stderr].filter((text) => text.trim() !== "").join("\n");
}
