import type { EnvironmentConfig } from "../environments/config";
import { firstUserFrame, type CapturedStack } from "../modules/core";
import { positionOfKey } from "./configuration-source";

const DEFINED_AT = Symbol.for("andamio/defined-at");

/** A key of an environment's configuration, and the line that sets it. */
export interface ConfigurationLine {
  /** `servers.web.rootVolume.iops` */
  readonly key: string;
  /** `environments/dev.ts:14:20`. Undefined when nothing shows where the environment is defined. */
  readonly source: string | undefined;
}

/** What was found to be wrong, and of what. */
export interface FaultyValue {
  /** Of the resource: `root_block_device.0.iops`. */
  readonly argument: string;
  readonly value?: unknown;
  /** Construct path. */
  readonly path?: string | undefined;
}

/**
 * The line of the configuration that a value comes from: below `key`, the leaf that holds the value and has a name like the argument's. When
 * several do, the one whose name is most like it, and whose other names are those of the construct.
 *
 * @param key what the construct was configured by: `servers.web`
 * @returns undefined when no leaf does
 */
export function configurationLine(
  environment: EnvironmentConfig,
  key: string,
  { argument, value, path = "" }: FaultyValue,
  projectDir: string,
): ConfigurationLine | undefined {
  if (value === undefined || value === null || typeof value === "object") return undefined;
  const constructs = new Set(path.split("/"));
  const [best] = leavesBelow(environment, key)
    .filter((leaf) => String(leaf.value) === String(value))
    .map((leaf) => ({ ...leaf, likeness: likeness(leaf.key.slice(key.length), argument) }))
    .filter((leaf) => leaf.likeness > 0 || tellsItself(leaf.value))
    .map((leaf) => ({ ...leaf, nearness: leaf.key.split(".").filter((name) => constructs.has(name)).length }))
    .sort((a, b) => b.likeness - a.likeness || b.nearness - a.nearness);
  return best && { key: best.key, source: lineOfConfiguration(environment, best.key, projectDir) };
}

/** A text that hardly is two things by chance. A number or a boolean is many things. */
function tellsItself(value: unknown): boolean {
  return typeof value === "string" && value.length >= 4;
}

interface Leaf {
  readonly key: string;
  readonly value: unknown;
}

function leavesBelow(environment: EnvironmentConfig, key: string): Leaf[] {
  const start = key
    .split(".")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], environment);
  const collect = (value: unknown, path: string): Leaf[] => {
    if (value === null || typeof value !== "object") return [{ key: path, value }];
    return Object.entries(value).flatMap(([name, child]) => collect(child, `${path}.${name}`));
  };
  return start === undefined ? [] : collect(start, key);
}

/**
 * How many words the last name of a key has in common with an argument, and the argument's last with the key; those of both last names count
 * most: `volumeSizeGib` and `ebs.0.volume_size`.
 */
function likeness(key: string, argument: string): number {
  const [one, other] = [wordsOf(key), wordsOf(argument)];
  const common = (a: readonly string[], b: readonly string[]): number => a.filter((word) => b.includes(word)).length;
  return common(one.last, other.all) + common(one.all, other.last) + 2 * common(one.last, other.last);
}

function wordsOf(name: string): { readonly all: readonly string[]; readonly last: readonly string[] } {
  const names = name.split(".").filter((part) => part !== "" && !/^\d+$/.test(part));
  const words = (text: string): string[] => [
    ...new Set(
      text
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .split(/[^a-z0-9]+/)
        .map((word) => (word.length > 3 ? word.replace(/s$/, "") : word)),
    ),
  ];
  return { all: words(names.join("_")), last: words(names.at(-1) ?? "") };
}

/**
 * The line that sets a key of the configuration: `policy.acknowledge.0`. Where a function makes it, the line of the call; where nothing
 * shows it, the line that defines the environment.
 */
export function lineOfConfiguration(
  environment: EnvironmentConfig,
  key: string,
  projectDir: string,
): string | undefined {
  const captured = (environment as unknown as { [DEFINED_AT]?: CapturedStack })[DEFINED_AT];
  const definition = captured && firstUserFrame(captured, projectDir)?.source;
  const [, file = "", line, column] = /^(.*):(\d+):(\d+)$/.exec(definition ?? "") ?? [];
  if (line === undefined) return definition;
  return positionOfKey({ file, line: Number(line), column: Number(column) }, key, projectDir)?.source ?? definition;
}
