import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { EnvironmentConfig } from "../environments/config";
import { firstUserFrame, type CapturedStack } from "../modules/core";
import { exportedObject, definitionAt, lineOfKey, type Definition } from "./configuration-source";

const DEFINED_AT = Symbol.for("andamio/defined-at");

/** A key of an environment's configuration, and the line that sets it. */
export interface ConfigurationLine {
  /** `servers.web.rootVolume.iops` */
  readonly key: string;
  /** `environments/dev.ts:14:20` */
  readonly source: string;
}

/**
 * The line of the configuration that a value comes from: below `key`, the leaf that holds the value. When several do, the one whose
 * name is most like the argument's.
 *
 * @param key what the construct was configured by: `servers.web`
 * @param argument of the resource: `root_block_device.0.iops`
 * @returns undefined when no leaf holds the value, or when the file does not show where it is set
 */
export function configurationLine(
  environment: EnvironmentConfig,
  key: string,
  argument: string,
  value: unknown,
  projectDir: string,
): ConfigurationLine | undefined {
  const leaves = leavesBelow(environment, key).filter((leaf) => String(leaf.value) === String(value));
  const best = leaves.sort((a, b) => likeness(b.key, argument) - likeness(a.key, argument))[0];
  if (!best || value === undefined || typeof value === "object") return undefined;
  const source = lineOfConfiguration(environment, best.key, projectDir);
  return source === undefined ? undefined : { key: best.key, source };
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

/** 2: the same word; 1: one holds the other (`rootVolume.iops` and `iops`); 0: nothing in common. */
function likeness(key: string, argument: string): number {
  const last = (text: string): string =>
    text
      .split(".")
      .filter((part) => !/^\d+$/.test(part))
      .at(-1)
      ?.replace(/_/g, "")
      .toLowerCase() ?? "";
  const [one, other] = [last(key), last(argument)];
  if (one === other) return 2;
  return one.includes(other) || other.includes(one) ? 1 : 0;
}

/**
 * The line that sets a key of the configuration: `policy.acknowledge.0`. What the environment says itself comes before what its base
 * says.
 * @returns undefined when the file does not show where it is set
 */
export function lineOfConfiguration(
  environment: EnvironmentConfig,
  key: string,
  projectDir: string,
): string | undefined {
  const captured = (environment as unknown as { [DEFINED_AT]?: CapturedStack })[DEFINED_AT];
  const call = captured && firstUserFrame(captured, projectDir)?.source;
  const match = call === undefined ? null : /^(.*):(\d+):\d+$/.exec(call);
  if (!match) return undefined;
  const [, file = "", line = ""] = match;
  const definition = definitionAt(readFileSync(resolve(projectDir, file), "utf8"), Number(line));
  if (!definition) return undefined;
  const own = lineOfKey(definition.own, key);
  if (own !== undefined) return `${file}:${own}`;
  return lineInBase(definition, file, key, projectDir);
}

function lineInBase({ base }: Definition, file: string, key: string, projectDir: string): string | undefined {
  if (base.object) {
    const line = lineOfKey(base.object, key);
    return line === undefined ? undefined : `${file}:${line}`;
  }
  if (base.importedFrom === undefined) return undefined;
  const module = join(dirname(file), base.importedFrom);
  const baseFile = [`${module}.ts`, module, join(module, "index.ts")].find(
    (candidate) => existsSync(resolve(projectDir, candidate)) && candidate.endsWith(".ts"),
  );
  if (baseFile === undefined) return undefined;
  const object = exportedObject(readFileSync(resolve(projectDir, baseFile), "utf8"), base.name);
  const line = object && lineOfKey(object, key);
  return line === undefined ? undefined : `${baseFile}:${line}`;
}
