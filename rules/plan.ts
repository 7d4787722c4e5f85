import { readFileSync } from "node:fs";
import { UNKNOWN, type Json } from "./block";
import { Estate } from "./estate";
import type { StackView } from "./resource";

interface PlanJson {
  readonly format_version?: string;
  readonly resource_changes?: readonly PlannedChange[];
  readonly configuration?: { readonly root_module?: ModuleConfiguration };
}

interface PlannedChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly change: { readonly actions: readonly string[]; readonly after: Json | null; readonly after_unknown: Json | boolean };
}

interface ModuleConfiguration {
  readonly resources?: readonly { readonly address: string; readonly expressions?: Json }[];
}

/** The file is not what `terraform show -json` prints of a plan. */
export class NotAPlanError extends Error {
  readonly code = "NOT_A_PLAN";

  constructor(file: string) {
    super(`${file} is not a plan in JSON: make it with terraform show -json plan.bin > plan.json.`);
    this.name = "NotAPlanError";
  }
}

/**
 * The resources as a plan leaves them: with the values that were unknown when the program was synthesized. What the plan does not
 * know either stays a reference, so that it can still be followed within the stack.
 * @param id of the stack that the plan is of
 * @throws NotAPlanError
 */
export function loadPlan(file: string, id: string, view: Partial<StackView> = {}): Estate {
  const plan = parsed(file);
  const expressions = new Map((plan.configuration?.root_module?.resources ?? []).map((entry) => [entry.address, entry.expressions]));
  const json: { resource: Record<string, Record<string, Json>>; data: Record<string, Record<string, Json>> } = { resource: {}, data: {} };
  for (const { address, mode, type, name, change } of plan.resource_changes ?? []) {
    if (change.after === null) continue;
    const unknown = typeof change.after_unknown === "object" ? change.after_unknown : {};
    const configured = expressions.get(address.replace(/\[[^\]]*\]/g, "")) ?? {};
    // A resource with count or for_each is several: each keeps its index in its name.
    const instance = address.slice(address.lastIndexOf(`${type}.${name}`) + type.length + 1);
    const kind = mode === "data" ? json.data : json.resource;
    (kind[type] ??= {})[instance] = withoutNulls(withUnknowns(change.after, unknown, configured)) as Json;
  }
  const stack: StackView = {
    id,
    environment: undefined,
    tier: "production",
    region: undefined,
    account: undefined,
    quotas: {},
    acknowledgements: [],
    ...view,
  };
  return new Estate([{ view: stack, json, origins: {} }]);
}

function parsed(file: string): PlanJson {
  try {
    const plan = JSON.parse(readFileSync(file, "utf8")) as PlanJson;
    if (plan.format_version !== undefined && plan.resource_changes !== undefined) return plan;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new NotAPlanError(file);
}

/** Puts a reference, or a mark, where the plan has no value yet. */
function withUnknowns(after: unknown, unknown: unknown, configured: unknown): unknown {
  if (unknown === true) return referenceIn(configured);
  if (Array.isArray(after) || Array.isArray(unknown)) {
    const values = (after ?? []) as unknown[];
    const unknowns = (Array.isArray(unknown) ? unknown : []) as unknown[];
    const blocks = (Array.isArray(configured) ? configured : []) as unknown[];
    const length = Math.max(values.length, unknowns.length);
    return Array.from({ length }, (_item, index) =>
      withUnknowns(values[index], unknowns[index], blocks[index] ?? elementOf(configured, index)),
    );
  }
  if (after !== null && typeof after === "object") {
    const names = new Set([...Object.keys(after), ...Object.keys((unknown ?? {}) as object)]);
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        withUnknowns((after as Json)[name], (unknown as Json | undefined)?.[name], (configured as Json | undefined)?.[name]),
      ]),
    );
  }
  return after;
}

interface Expression {
  readonly references?: readonly string[];
}

/** Terraform lists a reference and its prefixes, the longest first: `aws_vpc.main.id`, `aws_vpc.main`. */
function referenceIn(configured: unknown): string {
  const [first] = (configured as Expression | undefined)?.references ?? [];
  return first === undefined ? UNKNOWN : `\${${first}}`;
}

/** A list argument has one expression with all its references: one for each element, when the counts agree. */
function elementOf(configured: unknown, index: number): Expression | undefined {
  const references = (configured as Expression | undefined)?.references?.filter((reference) => reference.split(".").length > 2);
  const reference = references?.[index];
  return reference === undefined ? undefined : { references: [reference] };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null)
      .map(([name, child]) => [name, withoutNulls(child)]),
  );
}

