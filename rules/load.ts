import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { objects, type Json } from "./block";
import { accountOf, providersOf, text, type StackDocument } from "./document";
import { Estate } from "./estate";
import { reachesStack } from "./path-pattern";
import { settled } from "./settle";
import type { Acknowledgement, EnvironmentPolicy, Origin, StackView, Tier } from "./resource";

/** Newest format of the side file that this version can read. */
const KNOWN_FORMAT = 1;

/** What was asked for cannot be checked. */
export class UncheckableError extends Error {
  constructor(
    readonly code: "NOTHING_TO_CHECK" | "NOT_JSON" | "NOT_A_PLAN" | "SIDE_FILE_NEWER",
    message: string,
  ) {
    super(message);
    this.name = "UncheckableError";
  }
}

interface SideFile {
  readonly format_version: string;
  readonly environments: Readonly<Record<string, SideEnvironment>>;
  readonly stacks: Readonly<Record<string, SideStack>>;
}

interface SideEnvironment {
  readonly tier: Tier;
  readonly account: string;
  readonly region: string;
  readonly quotas?: Readonly<Record<string, number>>;
  readonly policy?: { readonly approvers?: readonly string[]; readonly acknowledge?: readonly Acknowledgement[] };
}

interface SideStack {
  readonly environment?: string;
  readonly resources?: Readonly<Record<string, Origin>>;
  readonly acknowledgements?: readonly Acknowledgement[];
}

/**
 * Reads what was synthesized: an output folder of cdktf, with Andamio's side file or without, the folder of one of its stacks, or
 * any folder with `*.tf.json` files, which together are one stack.
 * @throws UncheckableError
 */
export function loadEstate(directory: string): Estate {
  const folders = stackFolders(directory);
  if (folders.length === 0) {
    const message = `${directory} holds no Terraform JSON: no stacks/*/cdk.tf.json, and no *.tf.json.`;
    throw new UncheckableError("NOTHING_TO_CHECK", message);
  }
  const sideFile = readSideFile(directory) ?? readSideFile(dirname(dirname(directory)));
  const ids = folders.map((folder) => basename(folder));
  return new Estate(folders.map((folder) => stackDocument(folder, sideFile, ids)));
}

/** @throws UncheckableError when it is not JSON */
export function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UncheckableError("NOT_JSON", `${file} is not JSON: ${error.message}.`);
  }
}

function stackFolders(directory: string): string[] {
  const stacks = join(directory, "stacks");
  const folders = existsSync(stacks)
    ? readdirSync(stacks)
        .sort()
        .map((name) => join(stacks, name))
    : [directory];
  return folders.filter(
    (folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() && terraformFiles(folder).length > 0,
  );
}

function terraformFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tf.json"))
    .sort();
}

function readSideFile(directory: string): SideFile | undefined {
  const file = join(directory, "andamio.json");
  if (!existsSync(file)) return undefined;
  const sideFile = readJson(file) as unknown as SideFile;
  if (Number.parseInt(sideFile.format_version, 10) > KNOWN_FORMAT) {
    const message = `${file} has format ${sideFile.format_version}, this andamio reads ${KNOWN_FORMAT}.x.`;
    throw new UncheckableError("SIDE_FILE_NEWER", message);
  }
  return sideFile;
}

/** @param loaded ids of all stacks that are read */
function stackDocument(folder: string, sideFile: SideFile | undefined, loaded: readonly string[]): StackDocument {
  const id = basename(folder);
  const written = terraformFiles(folder)
    .flatMap((name) => objects(readJson(join(folder, name))))
    .reduce(merged, {});
  const json = withoutGiven(written, folder);
  const entry = sideFile?.stacks[id];
  const policy = policyOf(sideFile, entry?.environment, loaded);
  const view = {
    ...stackView(id, settled(json, ["provider"]), sideFile, entry),
    ...(policy === undefined ? {} : { policy }),
  };
  return { json, view, origins: entry?.resources ?? {} };
}

/** Of one stack by itself, what is said of others is left out: it would seem to match nothing. */
function policyOf(
  sideFile: SideFile | undefined,
  environment: string | undefined,
  loaded: readonly string[],
): EnvironmentPolicy | undefined {
  const policy = environment === undefined ? undefined : sideFile?.environments[environment]?.policy;
  if (policy === undefined) return undefined;
  const isWhole = Object.keys(sideFile?.stacks ?? {}).every((id) => loaded.includes(id));
  const acknowledgements = (policy.acknowledge ?? [])
    .map((entry, index) => ({ ...entry, configuration: `policy.acknowledge.${index}` }))
    .filter(({ path }) => isWhole || loaded.some((id) => reachesStack(path, id)));
  return { ...(policy.approvers === undefined ? {} : { approvers: policy.approvers }), acknowledgements };
}

/** The document without the defaults that do not hold: of variables that the folder's own files give. */
function withoutGiven(json: Json, folder: string): Json {
  if (json["variable"] === undefined) return json;
  const given = readdirSync(folder)
    .filter((name) => /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  const isGiven = (name: string): boolean => new RegExp(`(?:^|[{,\\n])\\s*"?${name}"?\\s*[=:]`).test(given);
  const variables = objects(json["variable"]).map((names) =>
    Object.fromEntries(
      Object.entries(names).map(([name, body]) => {
        const [{ default: _default, ...rest } = {}] = objects(body);
        return [name, isGiven(name) ? rest : body];
      }),
    ),
  );
  return { ...json, variable: variables };
}

/** Several documents of one stack: their blocks together, by kind, type and name. */
function merged(one: Json, other: Json): Json {
  const result: Json = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const present = result[name];
    if (Array.isArray(present) || Array.isArray(value)) result[name] = [present ?? [], value].flat();
    else result[name] = isObject(present) && isObject(value) ? merged(present, value) : value;
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function stackView(id: string, json: Json, sideFile: SideFile | undefined, entry: SideStack | undefined): StackView {
  const environment = entry?.environment;
  const known = environment === undefined ? undefined : sideFile?.environments[environment];
  const providers = providersOf(json);
  const provider = providers.get("") ?? [...providers.values()][0];
  return {
    id,
    environment,
    tier: known?.tier ?? "production",
    region: known?.region ?? text(provider?.["region"]),
    account: known?.account ?? (provider && accountOf(provider)),
    quotas: known?.quotas ?? {},
    acknowledgements: entry?.acknowledgements ?? [],
  };
}
