import { objects, type Json } from "../values/block";

/**
 * A document after an override file (`override.tf.json`, `*_override.tf.json`): each argument of a block that is there replaces the other's, blocks
 * inside it with all of the same name. https://developer.hashicorp.com/terraform/language/files/override
 */
export function overridden(base: Json, override: Json): Json {
  const result = structuredClone(base);
  for (const [kind, value] of Object.entries(override)) {
    const unmatched = BLOCKS.get(kind)?.(result[kind], value) ?? [value];
    for (const block of unmatched) result[kind] = [result[kind] ?? [], block].flat();
  }
  return result;
}

/** Writes over what is there, and returns what is not. */
type Override = (present: unknown, override: unknown) => Json[];

/** How many labels the blocks of a kind have; a provider's is its alias. */
const BLOCKS: ReadonlyMap<string, Override> = new Map([
  ["resource", labels(2)],
  ["data", labels(2)],
  ["ephemeral", labels(2)],
  ["module", labels(1)],
  ["output", labels(1)],
  ["variable", labels(1)],
  ["provider", overrideProviders],
  ["locals", labels(0)],
  ["terraform", overrideSettings],
]);

function labels(depth: number): Override {
  const override = (present: unknown, value: unknown, left: number): Json[] => {
    if (left === 0) {
      const [target] = objects(present);
      if (target === undefined) return objects(value);
      for (const body of objects(value)) assign(target, body);
      return [];
    }
    return objects(value)
      .flatMap((named) => Object.entries(named))
      .flatMap(([name, child]) => {
        const there = objects(present).flatMap((named) => objects(named[name]));
        return override(there, child, left - 1).map((unmatched) => ({ [name]: unmatched }));
      });
  };
  return (present, value) => override(present, value, depth);
}

function overrideProviders(present: unknown, value: unknown): Json[] {
  return objects(value)
    .flatMap((providers) => Object.entries(providers))
    .flatMap(([name, bodies]) => {
      const there = objects(present).flatMap((providers) => objects(providers[name]));
      return objects(bodies).flatMap((body) => {
        const target = there.find(({ alias }) => alias === body["alias"]);
        if (target === undefined) return [{ [name]: body }];
        Object.assign(target, body);
        return [];
      });
    });
}

/** A backend and HCP Terraform take each other's place. */
function overrideSettings(present: unknown, value: unknown): Json[] {
  const there = objects(present);
  const [target] = there;
  if (target === undefined) return objects(value);
  for (const settings of objects(value)) {
    if ("backend" in settings || "cloud" in settings) {
      for (const block of there) {
        delete block["backend"];
        delete block["cloud"];
      }
    }
    const providers = { ...objects(target["required_providers"])[0], ...objects(settings["required_providers"])[0] };
    Object.assign(target, settings, { required_providers: providers });
  }
  return [];
}

/** Of `lifecycle` alone, each argument is replaced by itself. */
function assign(target: Json, body: Json): void {
  const lifecycle = [...objects(target["lifecycle"]), ...objects(body["lifecycle"])];
  Object.assign(target, body, lifecycle.length === 0 ? {} : { lifecycle: Object.assign({}, ...lifecycle) as Json });
}
