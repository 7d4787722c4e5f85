import { objects, type Json } from "./block";
import { settledValue, UnsettledError, type Scope } from "./expression";

/** What holds expressions that local values and variables stand in. */
const BLOCKS = ["resource", "data", "provider", "output"];

/** What a document says of its variables and local values. */
class Settings {
  private readonly variables: Json;
  private readonly locals: Json;
  private readonly known = new Map<string, unknown>();
  private readonly asked = new Set<string>();

  constructor(json: Json) {
    this.variables = Object.assign({}, ...objects(json["variable"])) as Json;
    this.locals = Object.assign({}, ...objects(json["locals"])) as Json;
  }

  readonly scope: Scope = (root, name) => {
    const address = `${root}.${name}`;
    if (!this.known.has(address)) {
      // A local value that is made of itself is refused by Terraform.
      if (this.asked.has(address)) throw new UnsettledError(address);
      this.asked.add(address);
      this.known.set(address, settledValue(this.written(root, name), this.scope));
    }
    return this.known.get(address);
  };

  private written(root: string, name: string): unknown {
    if (root === "local" && name in this.locals) return this.locals[name];
    const [variable] = root === "var" ? objects(this.variables[name]) : [];
    // What is marked as sensitive is not to be shown: it stays a reference.
    const isSensitive = variable?.["sensitive"] === true || variable?.["sensitive"] === "true";
    if (!variable || !("default" in variable) || isSensitive) throw new UnsettledError(`${root}.${name}`);
    return variable["default"];
  }
}

/**
 * A document with what its local values and its variables' defaults come to, where that needs no Terraform. What refers to
 * resources, or to variables that are given otherwise, stays an expression.
 * @param names of the blocks to work out. @default all that rules look at
 */
export function settled(json: Json, names: readonly string[] = BLOCKS): Json {
  const scope = scopeOf(json);
  const blocks = names.filter((name) => json[name] !== undefined);
  return { ...json, ...Object.fromEntries(blocks.map((name) => [name, settledValue(json[name], scope)])) };
}

/** What the variables and local values of a document come to. */
export function scopeOf(json: Json): Scope {
  return new Settings(json).scope;
}
