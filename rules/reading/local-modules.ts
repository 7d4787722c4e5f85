import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { objects, type Json } from "../values/block";
import { copiesOf, placeOf, providersOf, text, type StackDocument } from "../document";
import type { StackView } from "../resource";
import { holdsTerraformJson, nativeFiles, readTerraformFolder, withoutGiven } from "./terraform-files";

/** The modules that a folder calls, and what they call. */
export interface LocalModules {
  readonly documents: readonly StackDocument[];
  /** Calls whose module is not read, each with the reason: `module.vpc (terraform-aws-modules/vpc/aws)`. */
  readonly unread: readonly string[];
}

interface Caller {
  readonly folder: string;
  readonly json: Json;
  readonly view: StackView;
  /** Address of the calling module. @default the root */
  readonly module?: string;
  /** Folders that lead to it. */
  readonly above?: readonly string[];
}

/**
 * Reads the modules that lie beside a folder and are JSON. Others can be looked at in a plan only.
 * @throws UncheckableError
 */
export function localModules({ folder, json, view, module, above = [] }: Caller): LocalModules {
  const documents: StackDocument[] = [];
  const unread: string[] = [];
  for (const [name, body] of callsIn(json)) {
    const address = `${module === undefined ? "" : `${module}.`}module.${name}`;
    const source = text(body["source"]) ?? "";
    const directory = /^\.\.?\//.test(source) ? join(folder, source) : undefined;
    if (directory === undefined || !existsSync(directory)) {
      unread.push(`${address} (${source})`);
      continue;
    }
    const path = realpathSync(directory);
    unread.push(...nativeFiles(path).map((file) => `${address} (${join(source, file)})`));
    // Terraform refuses a module that calls itself.
    if (!holdsTerraformJson(path) || path === folder || above.includes(path)) continue;
    // What the call gives is not what the module would take by default.
    const inner = withoutGiven(readTerraformFolder(path).json, (variable) => variable in body);
    const calledView = { ...view, ...placeOf(handedDown(body), view, providersOf(json)), acknowledgements: [] };
    const below = localModules({
      folder: path,
      json: inner,
      view: calledView,
      module: address,
      above: [...above, folder],
    });
    documents.push({ json: inner, view: calledView, origins: {}, module: address }, ...below.documents);
    unread.push(...below.unread);
  }
  return { documents, unread };
}

function callsIn(json: Json): [string, Json][] {
  return objects(json["module"])
    .flatMap((calls) => Object.entries(calls))
    .flatMap(([name, bodies]) => objects(bodies).map((body): [string, Json] => [name, body]))
    .filter(([, body]) => copiesOf(body) !== 0);
}

/** The provider that a module gets for its own. */
function handedDown(call: Json): Json {
  const [providers] = objects(call["providers"]);
  return { provider: providers?.["aws"] };
}
