import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "cdktf";
import type { EnvironmentConfig } from "../environments/config";
import {
  evaluate,
  loadEstate,
  reportDocument,
  reportText,
  rules as ownRules,
  type Locate,
  type Location,
  type Report,
  type Rule,
} from "../rules";
import { locateBySideFile } from "../rules";
import { EnvironmentStack } from "./environment-stack";
import { stacksOf } from "./made-stacks";
import { sortedJson } from "./sorted-json";

/** What the rules said of the last synth, for `andamio check`. */
export const FINDINGS_FILE = "andamio-findings.json";

/** Something that was found blocks: nothing may be planned or applied. The message is the whole report. */
export class BlockingFindingsError extends Error {
  readonly code = "FINDINGS";
  readonly exitCode = 4;

  constructor(report: string) {
    super(report);
    this.name = "BlockingFindingsError";
    // What it says has its own lines.
    this.stack = "";
  }
}

/**
 * Runs the rules over everything that was written, and writes down what they say.
 * @param rules of the project's own, beside Andamio's
 */
export function findFaults(app: App, outdir: string, projectDir: string, rules: readonly Rule[]): Report {
  const environments = new Map(
    stacksOf(app)
      .filter(EnvironmentStack.isEnvironmentStack)
      .map(({ environment }): [string, EnvironmentConfig] => [environment.name, environment]),
  );
  const estate = loadEstate(outdir);
  const report = evaluate(estate, {
    rules: [...ownRules, ...rules],
    today: new Date().toISOString().slice(0, 10),
    locate: locateIn(environments, projectDir),
    locateKey: (name, key) => {
      const environment = environments.get(name);
      return environment && lazily().lineOfConfiguration(environment, key, projectDir);
    },
  });
  // With each stack's environment, so that what was found can be told apart.
  const stacks = Object.fromEntries(estate.stacks.map(({ id, environment = null }) => [id, environment]));
  writeFileSync(join(outdir, FINDINGS_FILE), sortedJson({ ...reportDocument(report), notes: estate.notes, stacks }));
  return report;
}

/** @throws BlockingFindingsError */
export function refuseBlocking(report: Report): void {
  if (report.findings.some(({ blocks }) => blocks)) throw new BlockingFindingsError(reportText(report));
}

/** The line of the configuration that holds the value comes before the line that made the construct. */
function locateIn(environments: ReadonlyMap<string, EnvironmentConfig>, projectDir: string): Locate {
  return (resource, fault): Location => {
    const location = locateBySideFile(resource, fault);
    const { configuration } = resource.origin;
    const environment = environments.get(resource.stack.environment ?? "");
    const wasSetLater = location.construct !== undefined;
    if (wasSetLater || configuration === undefined || environment === undefined) return location;
    const { configurationLine } = lazily();
    const faulty = { ...fault, path: resource.origin.path };
    const line = configurationLine(environment, configuration, faulty, projectDir);
    if (!line) return location;
    const key = `${environment.name}: ${line.key}`;
    if (line.source === undefined) return { ...location, configuration: key };
    const { source: construct, ...rest } = location;
    return {
      ...rest,
      source: line.source,
      configuration: key,
      ...(construct === undefined ? {} : { construct }),
    };
  };
}

/** The parser of TypeScript is loaded when there is a line to find, and not before. */
function lazily(): typeof import("./configuration-lines") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("./configuration-lines") as typeof import("./configuration-lines");
}
