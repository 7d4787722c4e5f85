import type { Block } from "./values/block";
import { literalsOf } from "./values/references";
import { each, fault, rule, type Fault, type LimitSeverity, type ResourceRule } from "./rule";
import type { Resource } from "./resource";

/* The shapes that most limits have, so that a service's rules read as a table. */

interface LimitText<Id extends string> {
  readonly id: Id;
  readonly types: readonly string[];
  readonly source: string;
  /** What happens otherwise. @default AWS refuses it at apply */
  readonly why?: string;
  /** @default made from the limit */
  readonly fix?: string;
  /** @default "error" */
  readonly severity?: LimitSeverity;
}

interface ArgumentLimit<Id extends string> extends LimitText<Id> {
  readonly argument: string;
  /** What is limited, as the message names it: `the throughput of a gp3 volume`. */
  readonly what: string;
  /** Which parts of the resource hold the argument. @default the resource itself */
  readonly blocks?: (resource: Resource) => readonly Block[];
  /** Where the limit holds. @default everywhere */
  readonly when?: (block: Block, resource: Resource) => boolean;
}

const REFUSED = "AWS refuses it at apply, after other changes have been made.";

/** A number from `min` to `max`. */
export function range<const Id extends string>(
  limit: ArgumentLimit<Id> & { readonly min: number; readonly max: number; readonly unit?: string },
): ResourceRule<Id> {
  const { argument, min, max, unit, what } = limit;
  const bounds = `${format(min)} to ${format(max)}${unit === undefined ? "" : ` ${unit}`}`;
  const sentence = `${what} is ${bounds}`;
  return argumentRule(limit, sentence, `Set ${argument} to ${bounds}.`, (block) => {
    const value = block.number(argument);
    return value === undefined || (value >= min && value <= max) ? undefined : sentence;
  });
}

/** One of a set of texts. */
export function oneOf<const Id extends string>(
  limit: ArgumentLimit<Id> & { readonly values: readonly string[] },
): ResourceRule<Id> {
  const { argument, values, what } = limit;
  const choice = values.map((value) => JSON.stringify(value)).join(" or ");
  const sentence = `${what} is ${choice}`;
  return argumentRule(limit, sentence, `Set ${argument} to ${choice}.`, (block) => {
    const value = block.string(argument);
    return value === undefined || values.includes(value) ? undefined : sentence;
  });
}

/** Each element of a list one of a set of texts. */
export function members<const Id extends string>(
  limit: ArgumentLimit<Id> & { readonly values: readonly string[]; readonly allows?: RegExp },
): ResourceRule<Id> {
  const { argument, values, allows, what } = limit;
  const sentence = `${what} is one of ${values.join(", ")}`;
  const check = (resource: Resource): Fault[] =>
    each(limit.blocks ? limit.blocks(resource) : [resource.body], (block) =>
      each(block.list(argument), ([list, name]) => {
        const value = list.string(name);
        if (value === undefined || values.includes(value) || allows?.test(value)) return undefined;
        return fault(list, name, sentence);
      }),
    );
  return rule({
    id: limit.id,
    types: limit.types,
    source: limit.source,
    why: limit.why ?? REFUSED,
    severity: limit.severity ?? "error",
    title: capitalized(sentence),
    fix: limit.fix ?? `Name in ${argument} only what AWS has.`,
    check,
  }) as ResourceRule<Id>;
}

interface PatternLimit<Id extends string> extends ArgumentLimit<Id> {
  readonly matches: RegExp;
  /** What is wrong around expressions already, whatever they come to. @default nothing: it is left to Terraform */
  readonly never?: RegExp;
  readonly rule: string;
  readonly fix: string;
}

/** A text of a pattern. */
export function pattern<const Id extends string>(limit: PatternLimit<Id>): ResourceRule<Id> {
  const { argument, matches, never, what } = limit;
  const sentence = `${what} ${limit.rule}`;
  return argumentRule(limit, sentence, limit.fix, (block) => {
    if (never?.test(literalsOf(block.raw(argument)))) return sentence;
    const value = block.string(argument);
    return value === undefined || matches.test(value) ? undefined : sentence;
  });
}

/** An argument that may not be set where `when` holds. */
export function forbidden<const Id extends string>(
  limit: ArgumentLimit<Id> & { readonly rule: string; readonly fix: string },
): ResourceRule<Id> {
  const { argument, what } = limit;
  const sentence = `${what} ${limit.rule}`;
  return argumentRule(limit, sentence, limit.fix, (block) => (block.has(argument) ? sentence : undefined));
}

function argumentRule<Id extends string>(
  limit: ArgumentLimit<Id>,
  title: string,
  fix: string,
  judge: (block: Block) => string | undefined,
): ResourceRule<Id> {
  const { id, types, source, why = REFUSED, severity = "error", argument, blocks, when } = limit;
  const check = (resource: Resource): Fault[] =>
    each(blocks ? blocks(resource) : [resource.body], (block) => {
      // What is not set breaks no limit, whatever else is unknown.
      if (block.raw(argument) === undefined || (when && !when(block, resource))) return undefined;
      const message = judge(block);
      return message === undefined ? undefined : fault(block, argument, message);
    });
  return rule({
    id,
    types,
    source,
    why,
    severity,
    title: capitalized(title),
    fix: limit.fix ?? fix,
    check,
  }) as ResourceRule<Id>;
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** 3000 as people write it: 3,000. */
export function format(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
