import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson, UncheckableError } from "./json-file";
import type { Acknowledgement, Origin, Tier } from "../resource";

/** What Andamio's synth writes beside the Terraform JSON, as far as rules need it. Schema: `schemas/side-file.schema.json`. */
export interface SideFile {
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

export interface SideStack {
  readonly environment?: string;
  readonly resources?: Readonly<Record<string, Origin>>;
  readonly acknowledgements?: readonly Acknowledgement[];
}

/** Newest format of the side file that this version can read. */
const KNOWN_FORMAT = 1;

const TIERS: readonly Tier[] = ["sandbox", "development", "staging", "production"];

/**
 * The side file of an output folder.
 * @returns undefined where there is none
 * @throws UncheckableError
 */
export function readSideFile(outdir: string): SideFile | undefined {
  const file = join(outdir, "andamio.json");
  if (!existsSync(file)) return undefined;
  const content = readJson(file);
  const format = isObject(content) ? content["format_version"] : undefined;
  if (Number.parseInt(String(format), 10) > KNOWN_FORMAT) {
    const message = `${file} has format ${String(format)}, this andamio reads ${KNOWN_FORMAT}.x.`;
    throw new UncheckableError("SIDE_FILE_NEWER", message, "Update andamio: npm install --save-dev andamio@latest.");
  }
  const fault = faultOf(content);
  if (fault === undefined) return content as unknown as SideFile;
  const message = `${file} is not what andamio writes: ${fault}.`;
  throw new UncheckableError(
    "SIDE_FILE_INVALID",
    message,
    "Synthesize again, or take it away if another tool wrote it.",
  );
}

/** A wrong tier would judge everything by what nobody meant. */
function faultOf(content: unknown): string | undefined {
  if (!isObject(content)) return "it holds no object";
  const { environments, stacks } = content;
  if (!isObject(environments) || !Object.values(environments).every(isObject)) return "it has no environments";
  if (!isObject(stacks) || !Object.values(stacks).every(isObject)) return "it has no stacks";
  for (const [name, { tier }] of Object.entries(environments as Record<string, { tier?: unknown }>)) {
    if (!TIERS.includes(tier as Tier)) return `the tier of ${name} is ${JSON.stringify(tier) ?? "missing"}`;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
