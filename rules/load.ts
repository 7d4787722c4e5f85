import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Json } from "./block";
import { Estate, type StackDocument } from "./estate";
import type { Acknowledgement, Origin, StackView, Tier } from "./resource";

/** Nothing to check where somebody asked for it. */
export class NothingToCheckError extends Error {
  readonly code = "NOTHING_TO_CHECK";

  constructor(directory: string) {
    super(`${directory} holds no Terraform JSON: no stacks/*/cdk.tf.json, and no *.tf.json.`);
    this.name = "NothingToCheckError";
  }
}

interface SideFile {
  readonly environments: Readonly<Record<string, SideEnvironment>>;
  readonly stacks: Readonly<Record<string, SideStack>>;
}

interface SideEnvironment {
  readonly tier: Tier;
  readonly account: string;
  readonly region: string;
  readonly quotas?: Readonly<Record<string, number>>;
}

interface SideStack {
  readonly environment?: string;
  readonly resources: Readonly<Record<string, Origin>>;
  readonly acknowledgements?: readonly Acknowledgement[];
}

/**
 * Reads what was synthesized: an output folder of cdktf, with Andamio's side file or without, or a folder with `*.tf.json` files,
 * which together are one stack.
 * @throws NothingToCheckError
 */
export function loadEstate(directory: string): Estate {
  const folders = stackFolders(directory);
  if (folders.length === 0) throw new NothingToCheckError(directory);
  const sideFile = readSideFile(directory);
  return new Estate(folders.map((folder) => stackDocument(folder, sideFile)));
}

function stackFolders(directory: string): string[] {
  const stacks = join(directory, "stacks");
  const folders = existsSync(stacks) ? readdirSync(stacks).sort().map((name) => join(stacks, name)) : [directory];
  return folders.filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() && terraformFiles(folder).length > 0);
}

function terraformFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tf.json"))
    .sort();
}

function readSideFile(directory: string): SideFile | undefined {
  const file = join(directory, "andamio.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SideFile) : undefined;
}

function stackDocument(folder: string, sideFile: SideFile | undefined): StackDocument {
  const id = basename(folder);
  const files = terraformFiles(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Json);
  const json = files.reduce(merged, {});
  const entry = sideFile?.stacks[id];
  return { json, view: stackView(id, json, sideFile, entry), origins: entry?.resources ?? {} };
}

/** Several files of one folder: their blocks together, by kind, type and name. */
function merged(one: Json, other: Json): Json {
  const result: Json = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const present = result[name];
    const objects = [present, value].every((item) => typeof item === "object" && item !== null && !Array.isArray(item));
    result[name] = objects ? merged(present as Json, value as Json) : value;
  }
  return result;
}

function stackView(id: string, json: Json, sideFile: SideFile | undefined, entry: SideStack | undefined): StackView {
  const environment = entry?.environment;
  const known = environment === undefined ? undefined : sideFile?.environments[environment];
  const provider = firstProvider(json);
  return {
    id,
    environment,
    tier: known?.tier ?? "production",
    region: known?.region ?? text(provider?.["region"]),
    account: known?.account ?? text((provider?.["allowed_account_ids"] as unknown[] | undefined)?.[0]),
    quotas: known?.quotas ?? {},
    acknowledgements: entry?.acknowledgements ?? [],
  };
}

function firstProvider(json: Json): Json | undefined {
  const aws = (json["provider"] as Json | undefined)?.["aws"];
  const list = Array.isArray(aws) ? (aws as Json[]) : aws ? [aws as Json] : [];
  return list.find((provider) => provider["alias"] === undefined) ?? list[0];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}
