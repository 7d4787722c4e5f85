import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { objects, type Json } from "../values/block";
import { readJson, UncheckableError } from "./json-file";
import { overridden } from "./override-files";

/** What Terraform would read in a folder, as far as it is JSON. */
export interface TerraformFolder {
  /** All files as one document. */
  readonly json: Json;
  /** Names of the files in Terraform's own language, which are not read. */
  readonly unread: readonly string[];
}

/** Whether there is a file of Terraform JSON in a folder. */
export function holdsTerraformJson(folder: string): boolean {
  return filesOf(folder, ".tf.json").length > 0;
}

/** Names of the files in Terraform's own language. */
export function nativeFiles(folder: string): string[] {
  return filesOf(folder, ".tf");
}

/**
 * Reads a folder as Terraform does: all files together, and then those that override what the others say.
 * @throws UncheckableError
 */
export function readTerraformFolder(folder: string): TerraformFolder {
  const names = filesOf(folder, ".tf.json");
  const read = (name: string): Json[] => documentsIn(join(folder, name));
  const plain = names.filter((name) => !OVERRIDE.test(name)).flatMap(read);
  const overrides = names.filter((name) => OVERRIDE.test(name)).flatMap(read);
  const json = overrides.reduce(overridden, plain.reduce(together, {}));
  return { json: withoutGiven(json, given(folder)), unread: nativeFiles(folder) };
}

const OVERRIDE = /(^|_)override\.tf\.json$/;

/** Of an editor, or hidden: Terraform passes over them. */
const IGNORED = /^\.|~$|^#.*#$/;

function filesOf(folder: string, extension: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(extension) && !IGNORED.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** One document, or a list of them. */
function documentsIn(file: string): Json[] {
  const content = readJson(file);
  const documents = objects(content);
  const isList = Array.isArray(content);
  if (documents.length !== (isList ? content.length : 1)) {
    const message = `${file} is no Terraform JSON: it must hold an object, ${isList ? "or a list of nothing else" : `got ${noun(content)}`}.`;
    throw new UncheckableError("NOT_TERRAFORM", message, "Name the folder that cdktf wrote, or one with *.tf.json.");
  }
  for (const document of documents) {
    for (const kind of ["resource", "data"]) refuseNoBlocks(document[kind], [kind], file);
  }
  return documents;
}

/** Type and name are labels: what is anything but blocks there would pass unseen. */
const LABELS = 2;

function refuseNoBlocks(value: unknown, place: readonly string[], file: string): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const item of value) refuseNoBlocks(item, place, file);
  } else if (typeof value !== "object") {
    const message = `${file} is no Terraform JSON: ${place.join(".")} must hold blocks, got ${noun(value)}.`;
    throw new UncheckableError("NOT_TERRAFORM", message, "Mend it: terraform validate refuses it too.");
  } else if (place.length <= LABELS) {
    for (const [name, child] of Object.entries(value)) {
      // A comment.
      if (name !== "//") refuseNoBlocks(child, [...place, name], file);
    }
  }
}

function noun(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
}

/** Several documents of one stack: their blocks together, by kind and type; what has one name twice is there twice. */
function together(one: Json, other: Json): Json {
  const result: Json = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const present = result[name];
    result[name] = present === undefined || present === null ? value : [present, value].flat();
  }
  return result;
}

/** Whether the folder's own files give a variable. */
function given(folder: string): (name: string) => boolean {
  const texts = readdirSync(folder)
    .filter((name) => /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
  return (name) => new RegExp(`(?:^|[{,\\n])\\s*"?${name}"?\\s*[=:]`).test(texts);
}

/** The document without the defaults that do not hold: of variables that are given a value. */
export function withoutGiven(json: Json, isGiven: (name: string) => boolean): Json {
  if (json["variable"] === undefined) return json;
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
