import { normalize } from "node:path";
import { Block, objects, type Json } from "./values/block";
import { settledValue } from "./values/expression";
import { instancesOf } from "./values/instances";
import { isExpression } from "./values/references";
import type { Origin, Resource, StackView } from "./resource";
import { scopeOf } from "./values/settle";

/** One stack's document, as it was written. */
export interface StackDocument {
  readonly view: StackView;
  readonly json: Json;
  /** By address. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** Address of the Terraform module that it is of: `module.network`. @default the root */
  readonly module?: string;
  /** Sensitive arguments by address, where a plan tells. */
  readonly sensitive?: Readonly<Record<string, readonly string[]>>;
  /** Arguments that an expression gives, by address, where a plan tells. */
  readonly computed?: Readonly<Record<string, readonly string[]>>;
}

/** Every resource and data source of a document but those that Terraform makes none of. */
export function resourcesOf(document: StackDocument): Resource[] {
  const { view, json, origins, module, sensitive, computed } = document;
  const providers = providersOf(json);
  const scope = scopeOf(json);
  const indexed = indexedIn(json);
  return [...labelled(json["resource"], ""), ...labelled(json["data"], "data.")].flatMap(({ type, name, body }) => {
    const copies = copiesOf(body);
    if (copies === 0 || type === "data.terraform_remote_state") return [];
    const { "//": metadata, ...whole } = body;
    const local = `${type}.${name}`;
    const address = module === undefined ? local : `${module}.${local}`;
    const origin = origins[local] ?? { path: constructPath(metadata) };
    const marks = { sensitive: sensitive?.[local] ?? [], computed: computed?.[local] ?? [] };
    const resource = (rest: Json, index: string, number: number | undefined): Resource => ({
      stack: view,
      address: `${address}${index}`,
      type,
      name: `${name}${index}`,
      body: new Block(rest),
      copies: number,
      ...placeOf(rest, view, providers),
      origin,
      ...marks,
      ...(index === "" ? {} : { instanceOf: address }),
    });
    const instances = instancesOf(whole, () => indexed().has(local));
    if (!instances) return [resource(whole, "", copies)];
    return instances.map(({ body: own, index }) => resource(settledValue(own, scope) as Json, index, 1));
  });
}

/** The addresses that something in a document puts an index behind; worked out when it is asked for. */
function indexedIn(json: Json): () => ReadonlySet<string> {
  let found: ReadonlySet<string> | undefined;
  return () =>
    (found ??= new Set(
      [...JSON.stringify(json).matchAll(/((?:data\.)?[a-z]\w*\.[\w-]+)\[/g)].map(([, address = ""]) => address),
    ));
}

/** Blocks with two labels: a type and a name. Terraform takes lists of objects on every level. */
export function labelled(value: unknown, prefix: string): { type: string; name: string; body: Json }[] {
  return objects(value)
    .flatMap((types) => Object.entries(types))
    .flatMap(([type, names]) =>
      objects(names)
        .flatMap((bodies) => Object.entries(bodies))
        .flatMap(([name, bodies]) => objects(bodies).map((body) => ({ type: `${prefix}${type}`, name, body }))),
    );
}

/** How many there are, by `count` or `for_each`. Undefined when only Terraform can tell. */
export function copiesOf({ count, for_each: each }: Json): number | undefined {
  if (isExpression(count) || isExpression(each)) return undefined;
  if (typeof each === "object" && each !== null) return Object.keys(each).length;
  return count === undefined || count === null ? 1 : Number(count);
}

/** cdktf's own metadata, in output that Andamio did not write. */
function constructPath(metadata: unknown): string | undefined {
  return (metadata as { metadata?: { path?: string } } | undefined)?.metadata?.path;
}

interface Place {
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/** Where a resource with a provider of its own is, or one that names a region. */
export function placeOf(body: Json, view: StackView, providers: ReadonlyMap<string, Json>): Place {
  const own = text(body["region"]);
  const alias = /^(?:\$\{)?aws\.([\w-]+)\}?$/.exec(String(body["provider"] ?? ""))?.[1];
  if (alias === undefined) return { region: own ?? view.region, account: view.account };
  const provider = providers.get(alias);
  const account =
    provider && (accountOf(provider) ?? (hasCredentialsOf(provider, providers.get("")) ? view.account : undefined));
  return { region: own ?? text(provider?.["region"]), account };
}

/** Arguments of a provider that tell, or may, which account it works in. */
export const CREDENTIALS = [
  "access_key",
  "assume_role",
  "assume_role_with_web_identity",
  "profile",
  "shared_config_files",
  "shared_credentials_files",
];

/** Where a provider has none of its own, or those of the default one, it works in the same account. */
function hasCredentialsOf(provider: Json, other: Json = {}): boolean {
  return CREDENTIALS.every((name) => {
    const own = provider[name] ?? undefined;
    return own === undefined || JSON.stringify(own) === JSON.stringify(other[name]);
  });
}

/** The AWS providers of a document, by alias; the default one's is empty. */
export function providersOf(json: Json): Map<string, Json> {
  const aws = objects(json["provider"]).flatMap((providers) => objects(providers["aws"]));
  return new Map(aws.map((provider) => [String(provider["alias"] ?? ""), provider]));
}

/**
 * The account that a provider is bound to: by `allowed_account_ids`, or by the role that it assumes. Without either, the name of
 * its profile stands for one.
 */
export function accountOf(provider: Json): string | undefined {
  const [allowed] = [provider["allowed_account_ids"]].flat();
  const [role] = ["assume_role", "assume_role_with_web_identity"].flatMap((name) => objects(provider[name]));
  const ofRole = /^arn:[^:]*:iam::(\d{12}):/.exec(text(role?.["role_arn"]) ?? "")?.[1];
  return text(allowed) ?? ofRole ?? text(provider["profile"]);
}

/** A text, unless there is an expression in it. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && !isExpression(value) ? value : undefined;
}

/** What tells two states of one backend type apart. */
const STATE_KEYS = [
  "bucket",
  "key",
  "path",
  "prefix",
  "storage_account_name",
  "container_name",
  "hostname",
  "organization",
  "address",
  "schema_name",
  "secret_suffix",
];

/** The state that a document writes, as one text. Undefined when it does not say where. */
export function backendOf(json: Json): string | undefined {
  const terraform = objects(json["terraform"]);
  const [cloud] = terraform.flatMap((block) => objects(block["cloud"]));
  if (cloud) return stateKey("remote", cloud);
  const backends = terraform.flatMap((block) => objects(block["backend"])).flatMap((types) => Object.entries(types));
  const [type, config] = backends[0] ?? [];
  return type === undefined ? undefined : stateKey(type, objects(config)[0] ?? {});
}

/** The states that a document reads, by name of the remote state, each as the text of the backend that writes it. */
export function remoteStatesOf({ json }: StackDocument): Map<string, string | undefined> {
  const states = objects(json["data"]).flatMap((data) => objects(data["terraform_remote_state"]));
  return new Map(
    states
      .flatMap((state) => Object.entries(state))
      .map(([name, bodies]) => {
        const [body] = objects(bodies);
        return [name, body && stateKey(String(body["backend"]), objects(body["config"])[0] ?? {})];
      }),
  );
}

function stateKey(type: string, config: Json): string | undefined {
  const [workspaces] = objects(config["workspaces"]);
  const values = [...STATE_KEYS.map((name) => config[name]), workspaces?.["name"], workspaces?.["prefix"]].map(
    (value) => (type === "local" && typeof value === "string" ? normalize(value) : (value ?? null)),
  );
  return values.every((value) => value === null) ? undefined : JSON.stringify([type, values]);
}
