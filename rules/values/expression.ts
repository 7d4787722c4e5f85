import type { Json } from "./block";
import { FUNCTIONS } from "./functions";
import { isExpression } from "./references";

/** Thrown by what only Terraform can work out. */
export class UnsettledError extends Error {}

/** What `var.name`, `each.value` and their like come to. @throws UnsettledError for a root that is not known */
export type Scope = (root: string, attribute: string) => unknown;

type Evaluated = (scope: Scope) => unknown;

/**
 * What a text with expressions comes to, as far as it is made of constants: `"${local.prefix}-a"`, `${var.ports[0]}`,
 * `${toset(["a", "b"])}`. A reference to a resource is never looked into.
 * @throws UnsettledError
 */
export function evaluated(text: string, scope: Scope): unknown {
  if (!templates.has(text)) templates.set(text, parsed(text));
  const template = templates.get(text);
  if (!template) throw new UnsettledError(text);
  return template(scope);
}

/** What may come to a constant: local values, variables, functions, literals. */
const CONSTANT = /(?<![\w.-])(?:var|local)\.|\$\{\s*[a-z0-9_]+\(|\$\{\s*[["{]/;

/**
 * A value with everything in it that can be worked out; the same one where nothing can.
 * @param worth which expressions to try. @default those that may come to a constant
 */
export function settledValue(value: unknown, scope: Scope, worth: RegExp = CONSTANT): unknown {
  if (typeof value === "string") {
    if (!isExpression(value) || !worth.test(value)) return value;
    try {
      return evaluated(value, scope);
    } catch (error) {
      if (!(error instanceof UnsettledError)) throw error;
      return value;
    }
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => settledValue(item, scope, worth));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let result: Json | undefined;
  for (const [name, child] of Object.entries(value)) {
    const settledChild = name === "//" ? child : settledValue(child, scope, worth);
    if (settledChild !== child) (result ??= { ...value })[name] = settledChild;
  }
  return result ?? value;
}

const templates = new Map<string, Evaluated | undefined>();

function parsed(text: string): Evaluated | undefined {
  try {
    return new Parser(text).template();
  } catch (error) {
    if (!(error instanceof UnsettledError)) throw error;
    return undefined;
  }
}

/** A value that holds no expression. @throws UnsettledError */
function constant(value: unknown): unknown {
  if (isExpression(value)) throw new UnsettledError(value);
  if (typeof value === "object" && value !== null) Object.values(value).forEach(constant);
  return value;
}

const OPERATORS: readonly (readonly (readonly [string, (one: unknown, other: unknown) => unknown])[])[] = [
  [["||", (one, other) => isTrue(one) || isTrue(other)]],
  [["&&", (one, other) => isTrue(one) && isTrue(other)]],
  [
    ["==", (one, other) => JSON.stringify(one) === JSON.stringify(other)],
    ["!=", (one, other) => JSON.stringify(one) !== JSON.stringify(other)],
  ],
  [
    ["<=", (one, other) => Number(one) <= Number(other)],
    [">=", (one, other) => Number(one) >= Number(other)],
    ["<", (one, other) => Number(one) < Number(other)],
    [">", (one, other) => Number(one) > Number(other)],
  ],
  [
    ["+", (one, other) => Number(one) + Number(other)],
    ["-", (one, other) => Number(one) - Number(other)],
  ],
  [
    ["*", (one, other) => Number(one) * Number(other)],
    ["/", (one, other) => Number(one) / Number(other)],
    ["%", (one, other) => Number(one) % Number(other)],
  ],
];

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** The part of Terraform's language that needs no Terraform. Loops, splats and other functions are left to it. */
class Parser {
  private position = 0;

  constructor(private readonly text: string) {}

  /** Literal text and `${...}`, to the end or to a closing quote. One expression alone keeps its type. */
  template(quoted = false): Evaluated {
    const parts: (string | Evaluated)[] = [];
    let literal = "";
    while (this.position < this.text.length && !(quoted && this.text[this.position] === '"')) {
      if (this.literally("$${")) literal += "$${";
      else if (this.literally("%%{")) literal += "%%{";
      else if (this.text.startsWith("%{", this.position)) throw new UnsettledError(this.text);
      else if (this.literally("${")) {
        if (literal !== "") parts.push(literal);
        literal = "";
        parts.push(this.conditional());
        this.expect("}");
      } else if (quoted && this.literally("\\")) literal += this.escaped();
      else literal += this.text[this.position++] ?? "";
    }
    if (literal !== "" || parts.length === 0) parts.push(literal);
    const [first] = parts;
    if (parts.length === 1 && typeof first === "function") return first;
    return (scope) =>
      parts.map((part) => (typeof part === "string" ? part : String(scalar(constant(part(scope)))))).join("");
  }

  private escaped(): string {
    const character = this.text[this.position++] ?? "";
    const meant = ESCAPES[character];
    if (meant === undefined) throw new UnsettledError(this.text);
    return meant;
  }

  private conditional(): Evaluated {
    const condition = this.operation(0);
    if (!this.take("?")) return condition;
    const one = this.conditional();
    this.expect(":");
    const other = this.conditional();
    return (scope) => (isTrue(constant(condition(scope))) ? one(scope) : other(scope));
  }

  private operation(level: number): Evaluated {
    const operators = OPERATORS[level];
    if (!operators) return this.unary();
    let left = this.operation(level + 1);
    for (;;) {
      const operator = operators.find(([sign]) => this.take(sign));
      if (!operator) return left;
      const [one, other] = [left, this.operation(level + 1)];
      left = (scope) => operator[1](constant(one(scope)), constant(other(scope)));
    }
  }

  private unary(): Evaluated {
    if (this.take("!")) {
      const operand = this.unary();
      return (scope) => !isTrue(constant(operand(scope)));
    }
    if (this.take("-")) {
      const operand = this.unary();
      return (scope) => -Number(constant(operand(scope)));
    }
    return this.indexed(this.primary());
  }

  private indexed(value: Evaluated): Evaluated {
    for (;;) {
      const whole = value;
      if (this.take("[")) {
        const index = this.conditional();
        this.expect("]");
        value = (scope) => member(whole(scope), constant(index(scope)));
      } else if (this.take(".")) {
        const name = this.word(/[\w-]+/y);
        value = (scope) => member(whole(scope), name);
      } else return value;
    }
  }

  private primary(): Evaluated {
    if (this.take('"')) {
      const text = this.template(true);
      this.expect('"');
      return text;
    }
    if (this.take("(")) {
      const inner = this.conditional();
      this.expect(")");
      return inner;
    }
    if (this.take("[")) {
      const items = this.listed("]");
      return (scope) => items.map((item) => item(scope));
    }
    if (this.take("{")) return this.object();
    const number = this.word(/\d+(?:\.\d+)?/y, true);
    if (number !== "") return () => Number(number);
    return this.named(this.word(/[A-Za-z_][\w-]*/y));
  }

  private named(name: string): Evaluated {
    if (name in WORDS) return () => WORDS[name];
    if (this.take("(")) {
      const given = this.listed(")");
      const apply = FUNCTIONS[name];
      if (!apply) throw new UnsettledError(name);
      return (scope) => {
        const result = apply(...given.map((argument) => constant(argument(scope))));
        if (result === undefined) throw new UnsettledError(name);
        return result;
      };
    }
    this.expect(".");
    const attribute = this.word(/[\w-]+/y);
    return (scope) => scope(name, attribute);
  }

  private object(): Evaluated {
    const entries: [Evaluated, Evaluated][] = [];
    while (!this.take("}")) {
      const name = this.word(/[A-Za-z_][\w-]*(?=\s*[=:])/y, true);
      const key = name === "" ? this.conditional() : (): string => name;
      if (!this.take("=")) this.expect(":");
      entries.push([key, this.conditional()]);
      this.take(",");
    }
    return (scope) =>
      Object.fromEntries(entries.map(([key, value]) => [String(scalar(constant(key(scope)))), value(scope)]));
  }

  private listed(end: string): Evaluated[] {
    const items: Evaluated[] = [];
    while (!this.take(end)) {
      items.push(this.conditional());
      if (!this.take(",")) {
        this.expect(end);
        break;
      }
    }
    return items;
  }

  /** Space in front of a sign does not count inside an expression. */
  private take(sign: string): boolean {
    this.skipSpace();
    return this.literally(sign);
  }

  private literally(sign: string): boolean {
    if (!this.text.startsWith(sign, this.position)) return false;
    this.position += sign.length;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw new UnsettledError(this.text);
  }

  /** @param optional whether there may be none: the text is then empty */
  private word(shape: RegExp, optional = false): string {
    this.skipSpace();
    shape.lastIndex = this.position;
    const [word = ""] = shape.exec(this.text) ?? [];
    if (word === "" && !optional) throw new UnsettledError(this.text);
    this.position += word.length;
    return word;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.position] ?? "")) this.position++;
  }
}

function member(whole: unknown, key: unknown): unknown {
  const name = String(key);
  if (typeof whole !== "object" || whole === null || !Object.hasOwn(whole, name)) throw new UnsettledError(name);
  return (whole as Readonly<Record<string, unknown>>)[name];
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function scalar(value: unknown): string | number | boolean {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new UnsettledError("no text");
}
