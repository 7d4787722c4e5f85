export type Json = Record<string, unknown>;

/** Thrown by reading a value that is not known before Terraform runs: the rule's answer is then "unknown". */
export class UnknownValueError extends Error {
  constructor(readonly argument: string) {
    super(`${argument} is not known yet`);
    this.name = "UnknownValueError";
  }
}

/**
 * The arguments of a resource, or of a block inside it, read the same way however they were written: a block or a list of
 * blocks, `true` or `"true"`, `20` or `"20"`.
 *
 * A value that holds a reference is unknown; reading it throws UnknownValueError, which ends the rule with the answer unknown. So a
 * rule reads like plain code and can only ever fail on what is known.
 */
export class Block {
  constructor(
    readonly body: Json,
    /** Where it stands in its resource: `root_block_device.0`; empty for the resource itself. */
    readonly path: string = "",
  ) {}

  /** The full name of an argument: `root_block_device.0.iops`. */
  argument(name: string): string {
    return this.path === "" ? name : `${this.path}.${name}`;
  }

  /** The argument as it was written, references and all. */
  raw(name: string): unknown {
    return this.body[name] ?? undefined;
  }

  /** Whether the argument is set, to whatever. An empty list or text counts as not set. */
  has(name: string): boolean {
    const value = this.raw(name);
    return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  }

  /** @throws UnknownValueError */
  string(name: string): string | undefined {
    const value = this.scalar(name);
    return value === undefined ? undefined : String(value);
  }

  /** @throws UnknownValueError */
  number(name: string): number | undefined {
    const value = this.scalar(name);
    if (value === undefined || value === "") return undefined;
    const number = Number(value);
    return Number.isNaN(number) ? undefined : number;
  }

  /** @throws UnknownValueError */
  boolean(name: string): boolean | undefined {
    const value = this.scalar(name);
    return value === undefined || value === "" ? undefined : String(value) === "true";
  }

  /** The texts of a list; one text counts as a list of one. @throws UnknownValueError when one of them is a reference */
  strings(name: string): string[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    const items = Array.isArray(value) ? value : [value];
    if (items.some(isUnknown)) throw new UnknownValueError(this.argument(name));
    return items.map(String);
  }

  /** The entries of a map with known values only. @throws UnknownValueError when the map itself is a reference */
  map(name: string): Record<string, string> {
    const value = this.raw(name);
    if (value === undefined) return {};
    if (isUnknown(value) || typeof value !== "object") throw new UnknownValueError(this.argument(name));
    return Object.fromEntries(
      Object.entries(value as Json).flatMap(([key, entry]) => (isUnknown(entry) ? [] : [[key, String(entry)]])),
    );
  }

  /** The blocks of a name, in order. @throws UnknownValueError when they are generated (`dynamic`) */
  blocks(name: string): Block[] {
    const dynamic = this.body["dynamic"] as Json | undefined;
    const value = this.raw(name);
    if (dynamic?.[name] !== undefined || isUnknown(value)) throw new UnknownValueError(this.argument(name));
    if (value === undefined) return [];
    const list = (Array.isArray(value) ? value : [value]) as unknown[];
    return list.flatMap((item, index) => {
      if (isUnknown(item)) throw new UnknownValueError(this.argument(name));
      return typeof item === "object" && item !== null ? [new Block(item as Json, this.argument(`${name}.${index}`))] : [];
    });
  }

  /** The first block of a name. @throws UnknownValueError */
  block(name: string): Block | undefined {
    return this.blocks(name)[0];
  }

  private scalar(name: string): string | number | boolean | undefined {
    const value = this.raw(name);
    if (isUnknown(value)) throw new UnknownValueError(this.argument(name));
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
  }
}

/** What stands for a value that a plan does not know and that refers to nothing in particular. */
export const UNKNOWN = "${unknown}";

/** True for a text with a Terraform expression in it. `$${` is a literal dollar and brace. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && /(^|[^$])(\$\$)*\$\{|(^|[^%])(%%)*%\{/.test(value);
}
