import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { accountOf, labelled, providersOf, text, type StackDocument } from "../document";
import { Estate } from "../estate";
import { readJson, UncheckableError } from "./json-file";
import { localModules } from "./local-modules";
import { reachesStack } from "../path-pattern";
import { settled } from "../values/settle";
import type { EnvironmentPolicy, StackView } from "../resource";
import { readSideFile, type SideFile } from "./side-file";
import { holdsTerraformJson, nativeFiles, readTerraformFolder } from "./terraform-files";
import type { Json } from "../values/block";

/**
 * Reads what was synthesized: an output folder of cdktf, with Andamio's side file or without, its `stacks`, the folder of one of these,
 * or any folder with `*.tf.json` files, which together are one stack. A module is read with it where it lies beside it, as JSON.
 *
 * What an earlier run left behind is passed over. Whatever is not looked at, and whatever is judged by an assumption, is told in the
 * estate's notes.
 *
 * @throws UncheckableError
 */
export function loadEstate(directory: string): Estate {
  const { outdir, folders } = stackFolders(directory);
  const sideFile = outdir === undefined ? undefined : readSideFile(outdir);
  const current = outdir === undefined ? undefined : namedIn(outdir, sideFile);
  const isCurrent = (folder: string): boolean => current?.includes(basename(folder)) ?? true;
  // One folder by itself was meant, whatever the rest says.
  const isOne = folders.length === 1 && folders[0] === realpathSync(directory);
  const read = isOne ? folders : folders.filter(isCurrent);
  const leftOver = folders.filter((folder) => !isCurrent(folder)).map((folder) => basename(folder));
  if (read.length === 0) {
    const message = `${directory} holds no stack that the program makes: ${leftOver.join(", ")} is left over from an earlier run.`;
    throw new UncheckableError("NOTHING_TO_CHECK", message, "Synthesize, and check again.");
  }
  const ids = read.map((folder) => basename(folder));
  const stacks = read.map((folder) => readStack(folder, sideFile, ids));
  const unknownTier = stacks.filter(({ isTierKnown }) => !isTierKnown).map(({ document }) => document.view.id);
  return new Estate(
    stacks.flatMap(({ document, modules }) => [document, ...modules]),
    [
      ...leftOverNotes(leftOver, isOne),
      ...(unknownTier.length === 0 ? [] : [assumedTier(unknownTier)]),
      ...stacks.flatMap(({ notes }) => notes),
    ],
  );
}

/** What a report says of stacks whose tier nothing tells. */
export function assumedTier(stacks: readonly string[]): string {
  return `Nothing tells the tier of ${stacks.join(", ")}: judged as production.`;
}

function leftOverNotes(stacks: readonly string[], wasAskedFor: boolean): string[] {
  if (stacks.length === 0) return [];
  const isOver = `${stacks.join(", ")}: left over from an earlier run`;
  return [wasAskedFor ? `${isOver}, the program makes no such stack.` : `${isOver}, not looked at.`];
}

interface StackFolders {
  /** Where a side file and a manifest may lie. */
  readonly outdir?: string;
  readonly folders: readonly [string, ...string[]];
}

function stackFolders(directory: string): StackFolders {
  const folder = realpathSync(directory);
  if (!statSync(folder).isDirectory()) {
    const message = `${directory} is a file.`;
    throw new UncheckableError("NOTHING_TO_CHECK", message, "Name its folder; for a plan, use --plan.");
  }
  const isStack = holdsTerraformJson(folder);
  const isInStacks = basename(dirname(folder)) === "stacks";
  if (isStack && !isOutput(folder)) {
    return { ...(isInStacks ? { outdir: dirname(dirname(folder)) } : {}), folders: [folder] };
  }
  const outdir = basename(folder) === "stacks" ? dirname(folder) : folder;
  const [first, ...others] = foldersBelow(join(outdir, "stacks"));
  if (first !== undefined) return { outdir, folders: [first, ...others] };
  if (isStack) return { outdir, folders: [folder] };
  throw nothingIn(directory, folder);
}

/** The folder of a program may hold Terraform of its own beside that of its stacks. */
function isOutput(folder: string): boolean {
  return ["manifest.json", "andamio.json"].some((file) => existsSync(join(folder, file)));
}

function foldersBelow(stacks: string): string[] {
  if (statSync(stacks, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(stacks)
    .sort()
    .map((name) => join(stacks, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() && holdsTerraformJson(path));
}

function nothingIn(directory: string, folder: string): UncheckableError {
  const native = [folder, ...subfoldersOf(join(folder, "stacks"))].flatMap(nativeFiles);
  if (native.length === 0) {
    const message = `${directory} holds no Terraform JSON: no stacks/*/cdk.tf.json, and no *.tf.json.`;
    return new UncheckableError(
      "NOTHING_TO_CHECK",
      message,
      "Name the folder that cdktf wrote, or one with *.tf.json.",
    );
  }
  const message = `${directory} holds Terraform's own language (${native[0]}), and rules read JSON.`;
  const fix = "Check a plan of it: terraform show -json plan.bin > plan.json, and check --plan plan.json.";
  return new UncheckableError("NOTHING_TO_CHECK", message, fix);
}

function subfoldersOf(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/** Ids of the stacks that the last run made. Undefined where nothing tells. */
function namedIn(outdir: string, sideFile: SideFile | undefined): string[] | undefined {
  const file = join(outdir, "manifest.json");
  const manifest = existsSync(file) ? (readJson(file) as { stacks?: object } | null) : undefined;
  const named = [sideFile?.stacks, manifest?.stacks].filter((stacks) => stacks !== undefined);
  return named.length === 0 ? undefined : named.flatMap((stacks) => Object.keys(stacks));
}

interface ReadStack {
  readonly document: StackDocument;
  readonly modules: readonly StackDocument[];
  readonly isTierKnown: boolean;
  readonly notes: readonly string[];
}

/** @param loaded ids of all stacks that are read */
function readStack(folder: string, sideFile: SideFile | undefined, loaded: readonly string[]): ReadStack {
  const id = basename(folder);
  const { json, unread } = readTerraformFolder(folder);
  const view = stackView(id, settled(json, ["provider"]), sideFile, loaded);
  const modules = localModules({ folder, json, view });
  const unreadable = [...unread, ...modules.unread];
  return {
    document: { json, view, origins: sideFile?.stacks[id]?.resources ?? {} },
    modules: modules.documents,
    isTierKnown: environmentOf(id, sideFile) !== undefined,
    notes: [
      ...twiceIn(json).map((address) => `${id}: ${address} is there twice, which Terraform refuses.`),
      ...(unreadable.length === 0 ? [] : [`${id}: not looked at: ${unreadable.join(", ")}. A plan shows it: --plan.`]),
    ],
  };
}

function twiceIn(json: Json): string[] {
  const addresses = ["resource", "data"].flatMap((kind) =>
    labelled(json[kind], kind === "data" ? "data." : "").map(({ type, name }) => `${type}.${name}`),
  );
  if (new Set(addresses).size === addresses.length) return [];
  return [...new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index))];
}

function environmentOf(id: string, sideFile: SideFile | undefined): SideFile["environments"][string] | undefined {
  const environment = sideFile?.stacks[id]?.environment;
  return environment === undefined ? undefined : sideFile?.environments[environment];
}

function stackView(id: string, json: Json, sideFile: SideFile | undefined, loaded: readonly string[]): StackView {
  const entry = sideFile?.stacks[id];
  const known = environmentOf(id, sideFile);
  const providers = providersOf(json);
  const provider = providers.get("") ?? [...providers.values()][0];
  const policy = policyOf(sideFile, entry?.environment, loaded);
  return {
    id,
    environment: entry?.environment,
    tier: known?.tier ?? "production",
    region: known?.region ?? text(provider?.["region"]),
    account: known?.account ?? (provider && accountOf(provider)),
    quotas: known?.quotas ?? {},
    acknowledgements: entry?.acknowledgements ?? [],
    ...(policy === undefined ? {} : { policy }),
  };
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
