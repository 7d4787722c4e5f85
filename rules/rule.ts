import type { Block } from "./values/block";
import { UnknownValueError } from "./values/block";
import type { Estate } from "./estate";
import type { Resource } from "./resource";

/** A limit of AWS: an `error` would be refused at apply, a `warning` may be (a quota can be raised) or is unwise. */
export type LimitSeverity = "error" | "warning";

export type PolicyLevel = "critical" | "high" | "medium" | "low" | "off";

/** How severe a policy is in each tier. */
export type PolicySeverity = Readonly<Record<"sandbox" | "development" | "staging" | "production", PolicyLevel>>;

/** What is wrong with one argument of one resource. */
export interface Fault {
  /** Full name of the argument: `root_block_device.0.iops`. */
  readonly argument: string;
  /** What it is; left out of reports when the argument is sensitive. */
  readonly value?: unknown;
  /** What must hold instead, without the value. */
  readonly message: string;
  /** @default the rule's */
  readonly fix?: string;
}

interface RuleText<Id extends string> {
  /** `<service>-<fact>`: API, never renamed. */
  readonly id: Id;
  /** What must hold, in one sentence. */
  readonly title: string;
  /** What happens otherwise. */
  readonly why: string;
  /** What mends it. */
  readonly fix: string;
  /** The AWS document that it rests on. */
  readonly source: string;
  readonly severity: LimitSeverity | PolicySeverity;
  /**
   * In tier production, only an approver of the environment can acknowledge it.
   * @default false
   */
  readonly locked?: boolean;
  /** Resource types that it looks at. A data source is written `data.aws_ami`. */
  readonly types: readonly string[];
}

/** A rule on one resource, and on what it refers to. */
export interface ResourceRule<Id extends string = string> extends RuleText<Id> {
  /** Nothing to return: it passes. An UnknownValueError: it cannot be told before Terraform runs. */
  readonly check: (resource: Resource, estate: Estate) => Fault | readonly Fault[] | undefined;
}

/** A rule on all resources of an environment together: quotas, uniqueness. */
export interface EnvironmentRule<Id extends string = string> extends RuleText<Id> {
  readonly checkEnvironment: (
    resources: readonly Resource[],
    environment: { readonly quotas: Readonly<Record<string, number>> },
    estate: Estate,
  ) => readonly (Fault & { readonly resource: Resource })[];
}

export type Rule<Id extends string = string> = ResourceRule<Id> | EnvironmentRule<Id>;

/** The id of a rule that is not Andamio's own: only `defineRule` makes one. */
export type CustomRuleId = string & { readonly __customRule: true };

/** One of Andamio's own rules. */
export function rule<const Id extends string>(definition: Rule<Id>): Rule<Id> {
  return definition;
}

/**
 * A rule of your own, for `synth(app, env, { rules: [...] })`. Its `id` is what `acknowledge` takes.
 * @param definition with an id that is not one of Andamio's. Its function answers at once: a rule is not asynchronous
 */
export function defineRule(definition: Rule): Rule<CustomRuleId> {
  return definition as Rule<CustomRuleId>;
}

/**
 * Checks each of several things by itself, so that an unknown in one does not hide a fault in another.
 * @throws UnknownValueError when there is no fault, and one of them cannot be told
 */
export function each<T, F extends Fault = Fault>(
  items: readonly T[],
  check: (item: T) => F | readonly F[] | undefined,
): F[] {
  const faults: F[] = [];
  let unknown: UnknownValueError | undefined;
  for (const item of items) {
    try {
      faults.push(...listed(check(item)));
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      unknown = error;
    }
  }
  if (unknown && faults.length === 0) throw unknown;
  return faults;
}

/** A fault, several or none, as a list. */
export function listed<F extends Fault>(result: F | readonly F[] | undefined | null): readonly F[] {
  if (result === undefined || result === null) return [];
  return Array.isArray(result) ? (result as readonly F[]) : [result as F];
}

/** A fault of an argument of a block, with its value. */
export function fault(block: Block, name: string, message: string, fix?: string): Fault {
  return { argument: block.argument(name), value: block.raw(name), message, ...(fix === undefined ? {} : { fix }) };
}
