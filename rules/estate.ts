import { objects, UnknownValueError, type Block } from "./values/block";
import { backendOf, remoteStatesOf, resourcesOf, type StackDocument } from "./document";
import { referenceOf, referencesIn, type Reference } from "./values/references";
import type { Resource, StackView } from "./resource";
import { settled } from "./values/settle";

/** Another resource that refers to one. */
export interface Referrer {
  readonly resource: Resource;
  /** The attribute that it reads: `id`. */
  readonly attribute: string;
  /** The argument that holds the reference: `subnet_ids.0`. */
  readonly argument: string;
}

/** What a reference leads to. */
interface Target {
  readonly resource: Resource;
  readonly attribute: string;
}

/** Every resource of every stack, and what refers to what: within a stack, and across stacks through their outputs. */
export class Estate {
  readonly resources: readonly Resource[];
  readonly stacks: readonly StackView[];
  private readonly byType = new Map<string, Resource[]>();
  private readonly byAddress = new Map<StackView, Map<string, Resource>>();
  /** By the address of the whole, where `count` or `for_each` make each differently. */
  private readonly instances = new Map<StackView, Map<string, Resource[]>>();
  /** By `id` and `arn`, which a plan of what exists already knows. */
  private readonly byId = new Map<string, Resource>();
  private readonly documents: ReadonlyMap<StackView, StackDocument>;
  /** The stack that writes the state which a remote state reads, by the backend that they share. */
  private readonly byBackend = new Map<string, StackDocument | "ambiguous">();
  private referrersOf: Map<Resource, Map<string, Referrer[]>> | undefined;

  /** @param notes what was not looked at, and what is judged by an assumption, each as a sentence */
  constructor(
    written: readonly StackDocument[],
    readonly notes: readonly string[] = [],
  ) {
    const documents = written.map((document) => ({ ...document, json: settled(document.json) }));
    this.stacks = documents.map(({ view }) => view);
    this.documents = new Map(documents.map((document) => [document.view, document]));
    this.resources = documents.flatMap(resourcesOf);
    for (const resource of this.resources) this.index(resource);
    for (const document of documents) {
      const backend = backendOf(document.json);
      if (backend !== undefined) this.byBackend.set(backend, this.byBackend.has(backend) ? "ambiguous" : document);
    }
  }

  /** The resources of these types, in all stacks. */
  ofType(...types: readonly string[]): Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /**
   * The resource that an argument refers to, in whatever stack it is.
   * @param types which it may be of; none means all
   * @returns undefined when the argument is not set
   * @throws UnknownValueError when it is set to anything but one reference to such a resource that is here: a literal id, an expression
   */
  follow(from: Resource, block: Block, name: string, ...types: readonly string[]): Resource | undefined {
    const value = block.raw(name);
    if (value === undefined || value === "") return undefined;
    const resource = this.target(from.stack, value);
    if (resource && (types.length === 0 || types.includes(resource.type))) return resource;
    throw new UnknownValueError(block.argument(name));
  }

  /** The resources that a list refers to. @throws UnknownValueError when one of them cannot be told */
  followAll(from: Resource, block: Block, name: string, ...types: readonly string[]): Resource[] {
    return block.list(name).flatMap(([list, index]) => this.follow(from, list, index, ...types) ?? []);
  }

  /** The resource that one text refers to, if it is nothing but a reference to one. */
  target(stack: StackView, value: unknown): Resource | undefined {
    if (typeof value !== "string") return undefined;
    const reference = referenceOf(value);
    return reference ? this.resolve(stack, reference)?.resource : this.byId.get(value);
  }

  /**
   * What a text that is nothing but a variable or a local value comes to, as its stack has it: the variable's default.
   * @returns undefined when it is anything else, or the stack declares none of that name
   */
  setting(stack: StackView, value: unknown): { readonly value: unknown } | undefined {
    const [, kind, name = ""] = /^\$\{\s*(var|local)\.([\w-]+)\s*\}$/.exec(String(value)) ?? [];
    const declared = this.documents.get(stack)?.json[kind === "local" ? "locals" : "variable"];
    const own = objects(declared).find((names) => name in names);
    if (kind === undefined || !own) return undefined;
    return { value: kind === "local" ? own[name] : objects(own[name])[0]?.["default"] };
  }

  /** All instances of the resource that one is an instance of. */
  instancesBeside({ stack, type, name }: Resource): readonly Resource[] {
    return this.instances.get(stack)?.get(wholeOf(type, name)) ?? [];
  }

  /** Everything of a type that refers to a resource, in whatever stack. */
  referrers(resource: Resource, type: string): readonly Referrer[] {
    this.referrersOf ??= this.indexReferrers();
    return this.referrersOf.get(resource)?.get(type) ?? [];
  }

  /** Those of a type that name the resource in one of these arguments: `vpc_id`, `attachment.instance`. */
  attached(resource: Resource, type: string, ...argumentNames: readonly string[]): Resource[] {
    const found = this.referrers(resource, type).filter(({ argument }) =>
      argumentNames.includes(argument.replace(/\.\d+(?=\.|$)/g, "")),
    );
    return [...new Set(found.map((referrer) => referrer.resource))];
  }

  private index(resource: Resource): void {
    const { stack, type, name, body } = resource;
    entry(this.byType, type, () => []).push(resource);
    entry(this.byAddress, stack, () => new Map<string, Resource>()).set(`${type}.${name}`, resource);
    if (resource.instanceOf !== undefined) {
      const whole = wholeOf(type, name);
      entry(
        entry(this.instances, stack, () => new Map<string, Resource[]>()),
        whole,
        () => [],
      ).push(resource);
    }
    for (const id of [body.raw("id"), body.raw("arn")]) {
      if (typeof id === "string" && !id.includes("${")) this.byId.set(id, resource);
    }
  }

  private resolve(stack: StackView, reference: Reference): Target | undefined {
    if (reference.remoteState !== undefined) return this.resolveRemote(stack, reference);
    const { address, instance = "" } = reference;
    const here = this.byAddress.get(stack);
    // A plan has each instance by itself; what was synthesized has one body for all of them.
    const resource = here?.get(`${address}${instance}`) ?? here?.get(address);
    return resource && { resource, attribute: reference.attribute };
  }

  /** Of several that are made differently, a splat or an index that only Terraform knows means any. */
  private resolveAll(stack: StackView, reference: Reference): Target[] {
    const found = this.resolve(stack, reference);
    if (found) return [found];
    const { address, attribute } = reference;
    return (this.instances.get(stack)?.get(address) ?? []).map((resource) => ({ resource, attribute }));
  }

  private resolveRemote(stack: StackView, { remoteState = "", attribute }: Reference): Target | undefined {
    const upstream = this.writerOf(stack, remoteState);
    if (upstream === undefined) return undefined;
    const [declared] = objects(upstream.json["output"]).flatMap((names) => objects(names[attribute]));
    const output = declared?.["value"];
    const reference = typeof output === "string" ? referenceOf(output) : undefined;
    return reference && this.resolve(upstream.view, reference);
  }

  /** The stack whose state one reads: that of the same backend, or, where that does not tell, the one in cdktf's name for it. */
  private writerOf(stack: StackView, remoteState: string): StackDocument | undefined {
    const document = this.documents.get(stack);
    const backend = document && remoteStatesOf(document).get(remoteState);
    const writer = backend === undefined ? undefined : this.byBackend.get(backend);
    if (writer !== undefined) return writer === "ambiguous" ? undefined : writer;
    const [, id] = /^cross-stack-reference-input-(.+)$/.exec(remoteState) ?? [];
    return [...this.documents.values()].find(({ view, json }) => view.id === id && mayWrite(backendOf(json), backend));
  }

  private indexReferrers(): Map<Resource, Map<string, Referrer[]>> {
    const index = new Map<Resource, Map<string, Referrer[]>>();
    for (const resource of this.resources) {
      for (const { argument, reference } of referencesIn(resource.body.body)) {
        for (const found of this.resolveAll(resource.stack, reference))
          this.addReferrer(index, found.resource, { resource, attribute: found.attribute, argument });
      }
      if (this.byId.size === 0) continue;
      for (const { argument, text } of textsIn(resource.body.body)) {
        const found = this.byId.get(text);
        if (found && found !== resource) this.addReferrer(index, found, { resource, attribute: "id", argument });
      }
    }
    return index;
  }

  private addReferrer(index: Map<Resource, Map<string, Referrer[]>>, to: Resource, referrer: Referrer): void {
    const byType = entry(index, to, () => new Map<string, Referrer[]>());
    entry(byType, referrer.resource.type, () => []).push(referrer);
  }
}

/** Whether a state that nothing names may be the one that is read. A file's path depends on where it is read from. */
function mayWrite(written: string | undefined, read: string | undefined): boolean {
  const isFile = (backend: string | undefined): boolean => backend === undefined || backend.startsWith('["local"');
  return written === undefined || (isFile(written) && isFile(read));
}

/** The address of which an instance is one: `aws_vpc.main` of `main["a"]`. */
function wholeOf(type: string, name: string): string {
  return `${type}.${name.slice(0, name.indexOf("["))}`;
}

function textsIn(value: unknown, argument = ""): { argument: string; text: string }[] {
  if (typeof value === "string") return [{ argument, text: value }];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, child]) =>
    textsIn(child, argument === "" ? name : `${argument}.${name}`),
  );
}

function entry<K, V>(map: Map<K, V>, key: K, initial: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const made = initial();
  map.set(key, made);
  return made;
}
