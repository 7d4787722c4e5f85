import { Block, isUnknown, UnknownValueError, type Json } from "./block";
import { referenceOf, referencesIn, type Reference } from "./references";
import type { Origin, Resource, StackView } from "./resource";

/** One stack's document, as it was written. */
export interface StackDocument {
  readonly view: StackView;
  readonly json: Json;
  /** By address. */
  readonly origins: Readonly<Record<string, Origin>>;
}

/** Another resource that refers to one. */
export interface Referrer {
  readonly resource: Resource;
  /** The attribute that it reads: `id`. */
  readonly attribute: string;
  /** The argument that holds the reference: `subnet_ids.0`. */
  readonly argument: string;
}

type Blocks = Record<string, Record<string, Json>>;

/** Every resource of every stack, and what refers to what: within a stack, and across stacks through their outputs. */
export class Estate {
  readonly resources: readonly Resource[];
  private readonly byAddress = new Map<string, Resource>();
  private readonly documents: ReadonlyMap<StackView, StackDocument>;
  private referrersOf: Map<Resource, Referrer[]> | undefined;

  constructor(documents: readonly StackDocument[]) {
    this.documents = new Map(documents.map((document) => [document.view, document]));
    this.resources = documents.flatMap(resourcesOf);
    for (const resource of this.resources) this.byAddress.set(key(resource.stack, resource.address), resource);
  }

  /** The resources of these types, in all stacks. */
  ofType(...types: readonly string[]): Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /**
   * The resource that an argument refers to, in whatever stack it is.
   * @returns undefined when the argument is not set
   * @throws UnknownValueError when it is set to anything but one reference to a resource that is here: a literal id, an expression
   */
  follow(from: Resource, block: Block, name: string): Resource | undefined {
    if (!block.has(name)) return undefined;
    const resource = this.target(from.stack, block.raw(name));
    if (!resource) throw new UnknownValueError(block.argument(name));
    return resource;
  }

  /** The resources that a list refers to. @throws UnknownValueError when one of them cannot be told */
  followAll(from: Resource, block: Block, name: string): Resource[] {
    const value = block.raw(name);
    if (value === undefined) return [];
    const items = Array.isArray(value) ? (value as unknown[]) : [value];
    return items.map((item) => {
      const resource = this.target(from.stack, item);
      if (!resource) throw new UnknownValueError(block.argument(name));
      return resource;
    });
  }

  /** The resource that one text refers to, if it is nothing but a reference to one. */
  target(stack: StackView, value: unknown): Resource | undefined {
    const reference = typeof value === "string" ? referenceOf(value) : undefined;
    return reference && this.resolve(stack, reference)?.resource;
  }

  /** Everything that refers to a resource, in whatever stack. */
  referrers(resource: Resource): readonly Referrer[] {
    this.referrersOf ??= this.indexReferrers();
    return this.referrersOf.get(resource) ?? [];
  }

  /** Those of a type that name the resource in one of these arguments (of the resource itself, not of its blocks). */
  attached(resource: Resource, type: string, ...argumentNames: readonly string[]): Resource[] {
    const found = this.referrers(resource).filter(
      (referrer) =>
        referrer.resource.type === type && argumentNames.includes(referrer.argument.replace(/\.\d+$/, "")),
    );
    return [...new Set(found.map((referrer) => referrer.resource))];
  }

  private resolve(stack: StackView, reference: Reference): { resource: Resource; attribute: string } | undefined {
    if (reference.remoteState !== undefined) return this.resolveRemote(stack, reference);
    const resource = this.byAddress.get(key(stack, reference.address));
    return resource && { resource, attribute: reference.attribute };
  }

  /** A remote state is known by its backend: the stack that writes the state that this one reads. */
  private resolveRemote(stack: StackView, { remoteState = "", attribute }: Reference): ReturnType<Estate["resolve"]> {
    const data = this.documents.get(stack)?.json["data"] as Blocks | undefined;
    const config = data?.["terraform_remote_state"]?.[remoteState];
    const upstream = config && [...this.documents.values()].find((document) => writesState(document.json, config));
    const output = (upstream?.json["output"] as Record<string, Json> | undefined)?.[attribute]?.["value"];
    const reference = typeof output === "string" ? referenceOf(output) : undefined;
    return upstream && reference ? this.resolve(upstream.view, reference) : undefined;
  }

  private indexReferrers(): Map<Resource, Referrer[]> {
    const index = new Map<Resource, Referrer[]>();
    for (const resource of this.resources) {
      for (const { argument, reference } of referencesIn(resource.body.body)) {
        const found = this.resolve(resource.stack, reference);
        if (!found) continue;
        const referrers = index.get(found.resource) ?? [];
        referrers.push({ resource, attribute: found.attribute, argument });
        index.set(found.resource, referrers);
      }
    }
    return index;
  }
}

function key(stack: StackView, address: string): string {
  return `${stack.id} ${address}`;
}

function resourcesOf({ view, json, origins }: StackDocument): Resource[] {
  const collect = (kind: string, prefix: string): Resource[] =>
    Object.entries((json[kind] ?? {}) as Blocks).flatMap(([type, bodies]) =>
      Object.entries(bodies).flatMap(([name, body]) => {
        if (body["count"] === 0 || type === "terraform_remote_state") return [];
        const address = `${prefix}${type}.${name}`;
        const { "//": metadata, ...rest } = body;
        const origin = origins[address] ?? { path: constructPath(metadata) };
        return [{ stack: view, address, type: `${prefix}${type}`, name, body: new Block(rest), origin }];
      }),
    );
  return [...collect("resource", ""), ...collect("data", "data.")];
}

/** cdktf's own metadata, in output that Andamio did not write. */
function constructPath(metadata: unknown): string | undefined {
  return (metadata as { metadata?: { path?: string } } | undefined)?.metadata?.path;
}

interface Backend {
  readonly type: string;
  readonly config: Json;
}

/** What tells two states of one backend type apart. */
const STATE_KEYS = ["bucket", "key", "path", "container_name", "storage_account_name", "prefix", "organization", "workspaces"];

function writesState(json: Json, remoteState: Json): boolean {
  const backend = backendOf(json);
  const config = remoteState["config"] as Json | undefined;
  if (!backend || !config || backend.type !== remoteState["backend"]) return false;
  return STATE_KEYS.every((name) => JSON.stringify(backend.config[name]) === JSON.stringify(config[name]));
}

function backendOf(json: Json): Backend | undefined {
  const backends = (json["terraform"] as { backend?: Record<string, Json> } | undefined)?.backend ?? {};
  const [type, config] = Object.entries(backends)[0] ?? [];
  return type !== undefined && config ? { type, config } : undefined;
}

/** The literal value of an argument, or undefined when it is not set. @throws UnknownValueError */
export function literal(block: Block, name: string): unknown {
  const value = block.raw(name);
  if (isUnknown(value)) throw new UnknownValueError(block.argument(name));
  return value;
}
