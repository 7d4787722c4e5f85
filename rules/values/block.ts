import { contentsOf } from "./instances";
import { isExpression, referenceOf } from "./references";

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

  /**
   * Whether the argument is set. An empty list or text counts as not set; a reference to a resource as set.
   * @throws UnknownValueError when it is an expression that may come to nothing, such as a variable
   */
  has(name: string): boolean {
    const value = this.raw(name);
    if (isExpression(value) && referenceOf(value) === undefined) throw new UnknownValueError(this.argument(name));
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
    if (value === undefined || typeof value === "boolean" || String(value).trim() === "") return undefined;
    const number = Number(value);
    return Number.isNaN(number) ? undefined : number;
  }

  /** @throws UnknownValueError */
  boolean(name: string): boolean | undefined {
    const value = this.scalar(name);
    // Terraform takes "1" and "0" too.
    return value === undefined || value === "" ? undefined : value === true || value === "true" || value === "1";
  }

  /** The texts of a list; one text counts as a list of one. @throws UnknownValueError when one of them is a reference */
  strings(name: string): string[] {
    return this.list(name).map(([list, index]) => list.string(index) ?? "");
  }

  /**
   * The elements of a list, each to be read by itself, so that an unknown one hides nothing: pairs of a block and the name in it,
   * `cidr_blocks` and `0`. One value counts as a list of one; so does a reference to a list, which then cannot be read.
   */
  list(name: string): (readonly [Block, string])[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [[this, name]];
    const list = new Block({ ...value } as Json, this.argument(name));
    return value.map((_item, index) => [list, String(index)] as const);
  }

  /**
   * The blocks of a name, in order. What is generated (`dynamic`) is there as often as its contents differ, when it is known;
   * else the last one is a block of which nothing is known.
   */
  blocks(name: string): Block[] {
    const value = this.raw(name);
    if (isExpression(value)) return [new UnknownBlock(this.argument(name))];
    const list = (Array.isArray(value) ? value : [value]) as unknown[];
    const written = list.flatMap((item, index) => {
      const path = this.argument(`${name}.${index}`);
      if (isExpression(item)) return [new UnknownBlock(path)];
      return typeof item === "object" && item !== null ? [new Block(item as Json, path)] : [];
    });
    return [...written, ...this.generated(name)];
  }

  /** The first block of a name. */
  block(name: string): Block | undefined {
    return this.blocks(name)[0];
  }

  /** Itself, where it certainly is there. @throws UnknownValueError when only Terraform can generate it: it may come to nothing */
  present(): this {
    return this;
  }

  private generated(name: string): Block[] {
    return objects(this.body["dynamic"])
      .flatMap((labels) => objects(labels[name]))
      .flatMap((dynamic) => {
        const path = this.argument(`dynamic.${name}.content`);
        const each = dynamic["for_each"];
        if (typeof each !== "object" || each === null) return [new UnknownBlock(path)];
        return contentsOf(name, dynamic).map((content) => new Block(content, path));
      });
  }

  private scalar(name: string): string | number | boolean | undefined {
    const value = this.raw(name);
    if (isExpression(value)) throw new UnknownValueError(this.argument(name));
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
  }
}

/** Stands for blocks that only Terraform can generate. */
class UnknownBlock extends Block {
  constructor(path: string) {
    super({}, path);
  }

  override raw(): never {
    throw new UnknownValueError(this.path);
  }

  override blocks(): never {
    throw new UnknownValueError(this.path);
  }

  override present(): never {
    throw new UnknownValueError(this.path);
  }
}

/** What Terraform takes as one object or as a list of objects, as a list. */
export function objects(value: unknown): Json[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (item): item is Json => typeof item === "object" && item !== null && !Array.isArray(item),
  );
}
