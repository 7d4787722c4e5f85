/** What an expression refers to. */
export interface Reference {
  /** `aws_subnet.a` or `data.aws_ami.web`; empty for a remote state. */
  readonly address: string;
  /** `id`; of a remote state the name of the output. */
  readonly attribute: string;
  /** Which one of several: `[0]`, `["a"]`. */
  readonly instance?: string;
  /** Name of the remote state, when the reference goes through one. */
  readonly remoteState?: string;
}

/** What stands for a value that a plan does not know and that refers to nothing in particular. */
export const UNKNOWN = "${unknown}";

const NAME = "[A-Za-z_][A-Za-z0-9_-]*";
const REMOTE = `data\\.terraform_remote_state\\.(${NAME})(?:\\[[^\\]]*\\])?\\.outputs(?:\\.(${NAME})|\\["([^"]+)"\\])`;
const RESOURCE = `((?:data\\.)?[a-z][a-z0-9]*_[a-z0-9_]+\\.${NAME})((?:\\.[A-Za-z0-9_*]+|\\[[^\\]]*\\])*)`;
const REFERENCE = new RegExp(`(?<![\\w.-])(?:${REMOTE}|${RESOURCE})`, "g");
const WHOLE = /^\$\{\s*([^{}]+?)\s*\}$/;
/** `[0]`, `["a"]`, `[each.key]` and `[count.index]` name one instance; any other index may be any of them. */
const INSTANCE = /^\[(?:\d+|"[^"]*"|each\.(?:key|value)|count\.index)\]/;

/** True for a text with a Terraform expression in it. `$${` is a literal dollar and brace. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.includes("{") && /(^|[^$])\$\{|(^|[^%])%\{/.test(value);
}

/** The reference that a text consists of: `${aws_vpc.main.id}`. Undefined for anything else: more than one, a function, a splat. */
export function referenceOf(text: string): Reference | undefined {
  if (!text.startsWith("${")) return undefined;
  // Every rule that follows an argument asks again.
  if (!parsed.has(text)) parsed.set(text, parse(text));
  return parsed.get(text);
}

const parsed = new Map<string, Reference | undefined>();

function parse(text: string): Reference | undefined {
  const expression = WHOLE.exec(text)?.[1];
  const [match] = expression?.matchAll(REFERENCE) ?? [];
  if (!match || match[0] !== expression) return undefined;
  const reference = referenceFrom(match);
  if (reference.remoteState !== undefined) return reference;
  return reference.attribute === "" || /^\[|\*/.test(reference.attribute) ? undefined : reference;
}

/** Every reference in the arguments of a resource, with the argument that holds it. */
export function referencesIn(value: unknown, argument = ""): { argument: string; reference: Reference }[] {
  if (typeof value === "string") {
    // `depends_on` and `provider` hold addresses without braces: an order is no reference to a value.
    return referencesOf(value).map((reference) => ({ argument, reference }));
  }
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, child]) =>
    referencesIn(child, argument === "" ? name : `${argument}.${name}`),
  );
}

function referencesOf(text: string): Reference[] {
  return expressionsIn(text).flatMap((expression) => [...expression.matchAll(REFERENCE)].map(referenceFrom));
}

function referenceFrom(match: RegExpExecArray): Reference {
  const [, remoteState, output, quotedOutput, address = "", rest = ""] = match;
  if (remoteState !== undefined) return { address: "", remoteState, attribute: output ?? quotedOutput ?? "" };
  const instance = INSTANCE.exec(rest)?.[0] ?? "";
  const attribute = rest.slice(instance.length).replace(/^\./, "");
  return { address, attribute, ...(instance === "" ? {} : { instance }) };
}

/**
 * The expressions of a template, without the texts inside them, which are templates of their own:
 * `${jsonencode({"a" = "${b}"})}` gives `jsonencode({"" = ""})` and `b`. An index (`["x"]`) stays.
 */
function expressionsIn(template: string): string[] {
  if (!isExpression(template)) return [];
  const found: string[] = [];
  let position = 0;
  while (position < template.length) {
    if (template.startsWith("$${", position) || template.startsWith("%%{", position)) position += 3;
    else if (template.startsWith("${", position) || template.startsWith("%{", position)) {
      const { expression, nested, end } = expressionAt(template, position + 2);
      found.push(expression, ...nested);
      position = end;
    } else position++;
  }
  return found;
}

/**
 * What a text certainly holds, whatever its expressions come to: that around them, together. Empty for what is no template, and for one
 * with conditions in it.
 */
export function literalsOf(value: unknown): string {
  if (!isExpression(value) || value.includes("%{")) return "";
  let literals = "";
  for (let position = 0; position < value.length;) {
    if (value.startsWith("${", position) && value[position - 1] !== "$") {
      position = expressionAt(value, position + 2).end;
    } else literals += value[position++];
  }
  return literals;
}

/** Reads an expression up to the brace that closes it. */
function expressionAt(template: string, start: number): { expression: string; nested: string[]; end: number } {
  let expression = "";
  const nested: string[] = [];
  let depth = 1;
  let position = start;
  for (; position < template.length; position++) {
    const character = template[position] ?? "";
    if (character === '"') {
      const end = endOfText(template, position + 1);
      const text = template.slice(position + 1, end);
      nested.push(...expressionsIn(text));
      expression += template[position - 1] === "[" && template[end + 1] === "]" ? `"${text}"` : '""';
      position = end;
      continue;
    }
    if (character === "{") depth++;
    if (character === "}" && --depth === 0) break;
    expression += character;
  }
  return { expression, nested, end: position + 1 };
}

/** Position of the quote that ends a text; a quote in an expression inside it ends nothing. */
function endOfText(template: string, start: number): number {
  let depth = 0;
  for (let position = start; position < template.length; position++) {
    const character = template[position];
    if (character === "\\") position++;
    else if (character === "$" && template[position + 1] === "{" && template[position - 1] !== "$") depth++;
    else if (character === "}" && depth > 0) depth--;
    else if (character === '"' && depth === 0) return position;
  }
  return template.length;
}
