import { closeSync, openSync, readSync } from "node:fs";
import type { Json } from "../values/block";
import { readJson, readText, UncheckableError } from "./json-file";

/** What `terraform show -json` prints of a plan, as far as rules need it. */
export interface PlanJson {
  readonly format_version?: string;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resource_changes?: readonly PlannedChange[];
  /** What a plan that is not complete leaves to the next one. */
  readonly deferred_changes?: readonly { readonly resource_change: PlannedChange }[];
  /** Whether planning ended with errors. */
  readonly errored?: boolean;
  /** What an earlier apply left, data sources that were read among it. */
  readonly prior_state?: { readonly values?: { readonly root_module?: ModuleState } };
  readonly configuration?: {
    readonly root_module?: ModuleConfiguration;
    readonly provider_config?: Readonly<Record<string, ProviderConfiguration>>;
  };
}

export interface PlannedChange {
  readonly address: string;
  readonly module_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: number | string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: Json | null;
    readonly after_unknown: Json | boolean;
    readonly after_sensitive?: Json | boolean;
  };
}

export interface ModuleState {
  readonly resources?: readonly (Omit<PlannedChange, "change"> & {
    readonly values: Json;
    readonly sensitive_values?: Json;
  })[];
  readonly child_modules?: readonly (ModuleState & { readonly address: string })[];
}

export interface ModuleConfiguration {
  readonly resources?: readonly ConfiguredResource[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ModuleConfiguration }>>;
}

export interface ProviderConfiguration {
  readonly name: string;
  readonly alias?: string;
  readonly module_address?: string;
  readonly expressions?: Readonly<
    Record<string, { readonly constant_value?: unknown; readonly references?: readonly string[] }>
  >;
}

export interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Json;
  readonly provider_config_key?: string;
}

/** Newest format of plans that this version can read. */
const KNOWN_FORMAT = 1;

/**
 * Reads what `terraform show -json` printed of a plan.
 * @throws UncheckableError that says what it is instead, where that can be told
 */
export function readPlan(file: string): PlanJson {
  const other = binaryForm(file) ?? logOfRun(file);
  if (other !== undefined) throw notAPlan(file, other);
  const content = readJson(file);
  if (!isObject(content)) throw notAPlan(file, "is not a plan in JSON");
  const { format_version: format, resource_changes: changes, planned_values: values } = content;
  if (typeof format !== "string" || (changes === undefined && values === undefined) || !isListOfChanges(changes ?? []))
    throw notAPlan(file, otherKind(content));
  if (Number.parseInt(format, 10) > KNOWN_FORMAT)
    throw notAPlan(file, `is a plan of format ${format}, this andamio reads ${KNOWN_FORMAT}.x`);
  return content as PlanJson;
}

function notAPlan(file: string, message: string): UncheckableError {
  const fix =
    "Make it with terraform show -json plan.bin > plan.json, of the file that terraform plan -out=plan.bin wrote.";
  return new UncheckableError("NOT_A_PLAN", `${file} ${message}.`, fix);
}

/** A plan as `terraform plan -out` writes it is an archive. */
function binaryForm(file: string): string | undefined {
  const start = Buffer.alloc(2);
  try {
    const descriptor = openSync(file, "r");
    try {
      readSync(descriptor, start);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Told when it is read as a whole.
    return undefined;
  }
  return start.toString("latin1") === "PK" ? "is a plan in binary form" : undefined;
}

/** `terraform plan -json` prints what it does, a document a line. */
function logOfRun(file: string): string | undefined {
  const [first = "", second = ""] = readText(file).split("\n", 2);
  const isLine = [first, second].every((line) => line.startsWith("{") && line.includes('"@level"'));
  return isLine ? "is the log of terraform plan -json" : undefined;
}

function otherKind(content: Json): string {
  if ("values" in content || "lineage" in content) return "is a state, not a plan in JSON";
  if ("command" in content) return "is what andamio printed, not a plan in JSON";
  return "is not a plan in JSON";
}

function isListOfChanges(changes: unknown): boolean {
  return (
    Array.isArray(changes) &&
    changes.every(
      (change: unknown) => isObject(change) && typeof change["type"] === "string" && isObject(change["change"]),
    )
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
