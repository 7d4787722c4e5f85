import type { Json } from "../values/block";
import { CREDENTIALS, type StackDocument } from "../document";
import { Estate } from "../estate";
import { assumedTier } from "./load";
import { readPlan, type ConfiguredResource, type ModuleState, type PlanJson, type PlannedChange } from "./plan-file";
import { isExpression, UNKNOWN } from "../values/references";
import type { StackView } from "../resource";

/**
 * The resources as a plan leaves them: with the values that were unknown when the program was synthesized. What the plan does not
 * know either stays a reference, so that it can still be followed within its module.
 * @param file what `terraform show -json` printed of a plan
 * @param id of the stack that the plan is of
 * @throws UncheckableError
 */
export function loadPlan(file: string, id: string, view: Partial<StackView> = {}): Estate {
  const plan = readPlan(file);
  const { configuration, resource_changes = [], deferred_changes = [] } = plan;
  const providers = providersOf(plan);
  const root: StackView = {
    id,
    environment: undefined,
    tier: "production",
    region: providers.find(({ alias }) => alias === undefined)?.region,
    account: undefined,
    quotas: {},
    acknowledgements: [],
    ...view,
  };
  const modules = new Map<string, PlannedModule>([["", new PlannedModule(root, "", configuration, providers)]]);
  const deferred = deferred_changes.map(({ resource_change }) => resource_change);
  for (const change of [...dataSources(plan.prior_state?.values?.root_module), ...resource_changes, ...deferred]) {
    if (change.change.after === null) continue;
    const address = change.module_address ?? "";
    // Names are of their module: each has a view of its own.
    const module =
      modules.get(address) ?? new PlannedModule({ ...root, acknowledgements: [] }, address, configuration, providers);
    modules.set(address, module);
    module.add(change);
  }
  return new Estate(
    [...modules.values()].map((module) => module.document()),
    notesOn(plan, root, view.tier !== undefined),
  );
}

function notesOn({ errored, deferred_changes = [] }: PlanJson, { id }: StackView, isTierKnown: boolean): string[] {
  const deferred = deferred_changes.map(({ resource_change: { address } }) => address);
  return [
    ...(isTierKnown ? [] : [assumedTier([id])]),
    ...(errored === true ? [`${id}: terraform plan ended with errors, and what comes after them is not in it.`] : []),
    ...(deferred.length === 0 ? [] : [`${id}: deferred, with little that is known: ${deferred.join(", ")}.`]),
  ];
}

/** An AWS provider of the root, with its credentials as texts, which only tell whether two providers have the same. */
interface PlannedProvider {
  /** undefined: the default one. */
  readonly alias: string | undefined;
  readonly region: string | undefined;
}

function providersOf({ configuration, variables = {} }: PlanJson): PlannedProvider[] {
  return Object.values(configuration?.provider_config ?? {})
    .filter(({ name, module_address }) => name === "aws" && module_address === undefined)
    .map(({ alias, expressions = {} }) => ({
      alias,
      region: textOf(expressions["region"], variables),
      ...Object.fromEntries(
        CREDENTIALS.filter((name) => name in expressions).map((name) => [name, JSON.stringify(expressions[name])]),
      ),
    }));
}

/** What is written, or given to the variable that is. */
function textOf(configured: unknown, variables: NonNullable<PlanJson["variables"]>): string | undefined {
  if (!isExpressionEntry(configured)) return undefined;
  const { constant_value: written, references = [] } = configured;
  const [, variable] = /^var\.([\w-]+)$/.exec(references[0] ?? "") ?? [];
  const value = variable !== undefined && references.length === 1 ? variables[variable]?.value : written;
  return typeof value === "string" && !isExpression(value) ? value : undefined;
}

/** What was read while planning is not among the changes. */
function dataSources(module: ModuleState | undefined, address?: string): PlannedChange[] {
  const own = (module?.resources ?? [])
    .filter(({ mode }) => mode === "data")
    .map(({ values, sensitive_values = {}, ...resource }): PlannedChange => {
      const change = { actions: ["no-op"], after: values, after_unknown: {}, after_sensitive: sensitive_values };
      return { ...resource, ...(address === undefined ? {} : { module_address: address }), change };
    });
  return [...own, ...(module?.child_modules ?? []).flatMap((child) => dataSources(child, child.address))];
}

/** One module of the plan as a Terraform document. */
class PlannedModule {
  private readonly resource: Record<string, Record<string, Json>> = {};
  private readonly data: Record<string, Record<string, Json>> = {};
  private readonly sensitive: Record<string, string[]> = {};
  private readonly computed: Record<string, string[]> = {};
  private readonly configured: ReadonlyMap<string, ConfiguredResource>;

  constructor(
    private readonly view: StackView,
    private readonly address: string,
    configuration: PlanJson["configuration"],
    private readonly providers: readonly PlannedProvider[],
  ) {
    let module = configuration?.root_module;
    for (const [, name = ""] of address.matchAll(/module\.([\w-]+)/g)) module = module?.module_calls?.[name]?.module;
    this.configured = new Map((module?.resources ?? []).map((entry) => [entry.address, entry]));
  }

  add({ mode, type, name, index, change }: PlannedChange): void {
    const local = `${mode === "data" ? "data." : ""}${type}.${name}`;
    const configured = this.configured.get(local);
    const isNew = change.actions.includes("create");
    const read = new PlannedValues(isNew || mode === "data").read(
      change.after,
      change.after_unknown,
      configured && forInstance(configured.expressions ?? {}, index),
    );
    const instance = index === undefined ? name : `${name}[${JSON.stringify(index)}]`;
    const alias = /^aws\.([\w-]+)$/.exec(configured?.provider_config_key ?? "")?.[0];
    const kind = mode === "data" ? this.data : this.resource;
    (kind[type] ??= {})[instance] = { ...(read as Json), ...(alias === undefined ? {} : { provider: alias }) };
    const address = `${local.slice(0, -name.length)}${instance}`;
    this.sensitive[address] = markedIn(change.after_sensitive);
    this.computed[address] = computedIn(configured?.expressions);
  }

  document(): StackDocument {
    const { view, address, resource, data, sensitive, computed, providers } = this;
    const json = { resource, data, provider: { aws: providers.map((provider) => ({ ...provider })) } };
    return { view, json, origins: {}, sensitive, computed, ...(address === "" ? {} : { module: address }) };
  }
}

/** What references come to. */
const IDENTITY = ["id", "arn"];

/** Puts a reference, or a mark, where the plan has no value yet. */
class PlannedValues {
  /**
   * @param whole whether to keep what nobody configured: on what exists already, that is what AWS answered, which it accepted; on
   * what will be made, it is what `dynamic` blocks came to
   */
  constructor(private readonly whole: boolean) {}

  read(after: unknown, unknown: unknown, configured: unknown): unknown {
    if (unknown === true) return configured === undefined ? undefined : referenceIn(configured as Expression);
    if (Array.isArray(after) || Array.isArray(unknown)) return this.list(after, unknown, configured);
    if (typeof after === "string") return escaped(after);
    if (after === null || typeof after !== "object") return after ?? undefined;
    const isMap = isExpressionEntry(configured);
    const names = new Set([...Object.keys(after), ...Object.keys((unknown ?? {}) as object)]);
    const entries = [...names].flatMap((name): [string, unknown][] => {
      const expression = isMap ? configured : (configured as Json | undefined)?.[name];
      const isAnswer = expression === undefined && configured !== undefined && !IDENTITY.includes(name);
      if (isAnswer && !this.whole) return [];
      const value = this.read((after as Json)[name], (unknown as Json | undefined)?.[name], expression);
      return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(entries);
  }

  private list(after: unknown, unknown: unknown, configured: unknown): unknown[] {
    const values = (after ?? []) as unknown[];
    const unknowns = (Array.isArray(unknown) ? unknown : []) as unknown[];
    const block = Array.isArray(configured) ? inAnyOrder(configured as Json[]) : undefined;
    return Array.from({ length: Math.max(values.length, unknowns.length) }, (_item, index) =>
      this.read(values[index], unknowns[index], block ?? elementOf(configured, index)),
    );
  }
}

/** As a program writes what a plan has come to: nothing in it is an expression any more. */
function escaped(text: string): string {
  return text.replace(/[$%]\{/g, (start) => `${start.charAt(0)}${start}`);
}

/** A plan sorts the blocks of a set: which of those written is which cannot be told, only what they have in common. */
function inAnyOrder(blocks: readonly Json[]): Json {
  const [first = {}, ...others] = blocks;
  const names = new Set(blocks.flatMap((block) => Object.keys(block)));
  const common = [...names].map((name): [string, unknown] => {
    const same = others.every((other) => JSON.stringify(other[name]) === JSON.stringify(first[name]));
    return [name, same ? first[name] : {}];
  });
  return Object.fromEntries(common);
}

/** What `each.key` and `count.index` are in one of several. */
function forInstance(expressions: Json, index: number | string | undefined): Json {
  if (index === undefined) return expressions;
  const [name, value] =
    typeof index === "number" ? ["count.index", String(index)] : ["each.key", JSON.stringify(index)];
  const escaped = JSON.stringify(value).slice(1, -1);
  return JSON.parse(JSON.stringify(expressions).replaceAll(`[${name}]`, `[${escaped}]`)) as Json;
}

interface Expression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[];
}

function isExpressionEntry(configured: unknown): configured is Expression {
  return (
    typeof configured === "object" &&
    configured !== null &&
    ("references" in configured || "constant_value" in configured)
  );
}

/**
 * The expression as it was written, where the configuration is JSON. Else Terraform lists references only, each with its prefixes,
 * the longest first: `aws_vpc.main.id`, `aws_vpc.main`. More than one is unknown.
 */
function referenceIn({ constant_value: written, references = [] }: Expression): string {
  if (isExpression(written)) return written;
  const [first = ""] = references;
  return first !== "" && references.every((reference) => first.startsWith(reference)) ? `\${${first}}` : UNKNOWN;
}

/** A list argument has one expression with all its references: one for each element, when the counts agree. */
function elementOf(configured: unknown, index: number): Expression | undefined {
  if (!isExpressionEntry(configured)) return undefined;
  const { constant_value: written, references = [] } = configured;
  if (Array.isArray(written)) return { constant_value: written[index] as unknown };
  const whole = references.filter((one) => !references.some((other) => other !== one && other.startsWith(`${one}.`)));
  const reference = whole[index];
  return reference === undefined ? {} : { references: [reference] };
}

/** The arguments under a `true` of `after_sensitive`. */
function markedIn(marks: unknown, argument = ""): string[] {
  if (marks === true) return [argument];
  if (marks === null || typeof marks !== "object") return [];
  return Object.entries(marks).flatMap(([name, child]) =>
    markedIn(child, argument === "" ? name : `${argument}.${name}`),
  );
}

/** The arguments that are not constant. */
function computedIn(configured: unknown, argument = ""): string[] {
  if (configured === null || typeof configured !== "object") return [];
  if (isExpressionEntry(configured))
    return (configured.references ?? []).length > 0 || isExpression(configured.constant_value) ? [argument] : [];
  return Object.entries(configured).flatMap(([name, child]) =>
    computedIn(child, argument === "" ? name : `${argument}.${name}`),
  );
}
