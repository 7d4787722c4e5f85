import type { Json } from "./block";
import { settledValue, UnsettledError, type Scope } from "./expression";
import { isExpression } from "./references";

/** One of what `count`, `for_each` or `dynamic` make. */
export interface Instance {
  /** `[0]` or `["a"]`. */
  readonly index: string;
  readonly body: Json;
}

/** More alike are looked at as one. */
const MOST_INSTANCES = 500;

/**
 * The instances of a resource one by one, each with its own key, value and number in the place of the expressions for them.
 * @param areNamed whether somebody names one of them, alike as they may be
 * @returns undefined where nobody need tell one from the other, or only Terraform can tell which there are
 */
export function instancesOf(body: Json, areNamed: () => boolean): Instance[] | undefined {
  const { count, for_each: each, ...rest } = body;
  if (count === undefined && each === undefined) return undefined;
  if (isExpression(count) || isExpression(each)) return undefined;
  if (!/(?<![\w.-])(?:each\.(?:key|value)|count\.index)(?![\w-])/.test(JSON.stringify(rest)) && !areNamed())
    return undefined;
  if (typeof each === "object" && each !== null) {
    // A list stands for a set, whose keys are its values.
    const entries = Array.isArray(each)
      ? each.map((value: unknown) => [String(value), value] as const)
      : Object.entries(each);
    if (entries.length > MOST_INSTANCES) return undefined;
    return entries.map(([key, value]) => ({
      index: `[${JSON.stringify(key)}]`,
      body: substituted(rest, "each", { key, value }) as Json,
    }));
  }
  const number = Number(count);
  if (!Number.isInteger(number) || number < 0 || number > MOST_INSTANCES) return undefined;
  return Array.from({ length: number }, (_item, index) => ({
    index: `[${index}]`,
    body: substituted(rest, "count", { index }) as Json,
  }));
}

/** The contents of a `dynamic` block one by one. The same twice counts once. */
export function contentsOf(label: string, { iterator, for_each: each, content }: Json): Json[] {
  const root = typeof iterator === "string" ? iterator : label;
  const [body] = [content].flat() as readonly (Json | undefined)[];
  if (!body) return [];
  const entries = Object.entries(each as Json);
  const contents = entries.map(([key, value]) => substituted(body, root, { key, value }) as Json);
  const byText = new Map(contents.map((one) => [JSON.stringify(one), one]));
  return [...byText.values()];
}

/** A body with what its iterator stands for. What else is in an expression stays, with the iterator's texts and numbers in it. */
function substituted(body: unknown, root: string, values: Json): unknown {
  const scope: Scope = (name, attribute) => {
    if (name !== root || !(attribute in values)) throw new UnsettledError(`${name}.${attribute}`);
    return values[attribute];
  };
  const worth = new RegExp(`(?<![\\w.-])${root}\\.(?:${Object.keys(values).join("|")})(?![\\w-])`);
  return written(settledValue(body, scope, worth), root, values);
}

function written(value: unknown, root: string, values: Json): unknown {
  if (typeof value === "string") {
    if (!isExpression(value)) return value;
    return Object.entries(values).reduce((text, [name, one]) => {
      if (isExpression(one) || !["string", "number"].includes(typeof one)) return text;
      const place = new RegExp(`(?<![\\w.-])${root}\\.${name}(?![\\w.[-])`, "g");
      return text.replace(place, () => JSON.stringify(one));
    }, value);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => written(item, root, values));
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, written(child, root, values)]));
}
