import { rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { App } from "cdktf";
import { prepareStackFolders } from "../engine/stack-folders";
import { refuseInvalidRules, reportText, rules as ownRules, type Report, type Rule } from "../rules";
import { findFaults, FINDINGS_FILE, refuseBlocking } from "./findings";
import { stacksOf } from "./made-stacks";
import { SIDE_FILE, sideFile } from "./side-file";

export interface SynthOptions {
  /**
   * Rules of your own, made with `defineRule`.
   * @default none
   */
  readonly rules?: readonly Rule[];
}

/** A stack takes a reference from one that comes after it. */
export class StackOrderError extends Error {
  readonly code = "STACK_ORDER";

  constructor(stack: string, later: string) {
    super(
      `Stack "${stack}" takes a reference from "${later}", which is made after it.\n` +
        "References go to earlier stacks only: make the other stack first, or move what is needed into an earlier one.",
    );
    this.name = "StackOrderError";
  }
}

/**
 * Writes the Terraform JSON of every stack, and beside it what Terraform, the engine and the rules need: the side file, the
 * provider lock file and the link to a local provider mirror. Then runs the rules over all of it.
 *
 * The manifest of an earlier run is removed first: when this fails, `cdktf` has nothing old to work with.
 *
 * @param env environment variables, for finding a local provider mirror
 * @throws InvalidRuleError when one of `rules` cannot be run
 * @throws BlockingFindingsError with the whole report, when something that was found blocks
 */
export function synth(app: App, env: NodeJS.ProcessEnv = {}, { rules = [] }: SynthOptions = {}): void {
  const projectDir = process.cwd();
  const outdir = resolve(projectDir, app.outdir);
  for (const file of ["manifest.json", SIDE_FILE, FINDINGS_FILE]) rmSync(join(outdir, file), { force: true });
  refuseFaultyRules(rules);
  app.synth();
  checkStackOrder(app);
  writeFileSync(join(outdir, SIDE_FILE), sideFile(app, outdir, projectDir));
  const stackDirs = stacksOf(app).map((stack) => join(outdir, "stacks", stack.node.id));
  prepareStackFolders({ stackDirs, projectDir, env, homeDir: homedir() });
  report(findFaults(app, outdir, projectDir, rules), outdir);
}

/** At the line that hands them over. */
function refuseFaultyRules(rules: readonly Rule[]): void {
  try {
    refuseInvalidRules(rules, ownRules);
  } catch (error) {
    Error.captureStackTrace(error as Error, synth);
    throw error;
  }
}

function report(found: Report, outdir: string): void {
  try {
    refuseBlocking(found);
  } catch (error) {
    rmSync(join(outdir, "manifest.json"), { force: true });
    throw error;
  }
  const text = reportText(found);
  if (text !== "") process.stderr.write(`${text}\n`);
}

function checkStackOrder(app: App): void {
  const stacks = stacksOf(app);
  for (const [position, stack] of stacks.entries()) {
    const later = stack.dependencies.find((dependency) => stacks.indexOf(dependency) > position);
    if (later) {
      rmSync(join(app.outdir, "manifest.json"), { force: true });
      throw new StackOrderError(stack.node.id, later.node.id);
    }
  }
}
