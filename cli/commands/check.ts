import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AndamioError, ExitCode, isAndamioError } from "../../engine/errors";
import {
  evaluate,
  loadEstate,
  loadPlan,
  reportDocument,
  reportJunit,
  reportMarkdown,
  reportSarif,
  reportText,
  rules,
  sinceBaseline,
  withoutAcknowledgements,
  type Estate,
  type Report,
} from "../../rules";
import type { Session } from "../session";

interface CheckFlags {
  readonly dir?: string;
  readonly plan?: string;
  readonly baseline?: string;
  /** False with `--no-suppressions`. */
  readonly suppressions?: boolean;
  readonly sarif?: string;
  readonly junit?: string;
  readonly markdown?: string;
}

/** What the rules said, and of which stacks. */
interface Checked {
  readonly report: Report;
  readonly stacks: readonly string[];
}

/** `andamio check [environment]` */
export async function check(session: Session, [environment]: readonly [string?], flags: CheckFlags): Promise<ExitCode> {
  const { terminal } = session;
  const { report: found, stacks } = await reportFor(session, environment, flags);
  const whole = flags.suppressions === false ? withoutAcknowledgements(found) : found;
  const report = flags.baseline === undefined ? whole : sinceBaseline(whole, readBaseline(flags.baseline));
  writeReports(report, stacks, flags);
  const text = reportText(report);
  terminal.print(text === "" ? "Nothing was found." : text);
  terminal.documentAsIs(reportDocument(report));
  return report.findings.some(({ blocks }) => blocks) ? ExitCode.refused : ExitCode.done;
}

async function reportFor(
  session: Session,
  environment: string | undefined,
  { dir, plan }: CheckFlags,
): Promise<Checked> {
  if (dir !== undefined && plan !== undefined) {
    throw usage("--dir and --plan exclude each other.", "Name one of the two.");
  }
  if (dir !== undefined) return evaluated(() => loadEstate(existing(dir)));
  if (plan !== undefined) return evaluated(() => loadPlan(existing(plan), basename(plan).replace(/\.json$/, "")));
  return ofProject(session, environment);
}

/** Here the rules have run with the program, its own rules included; what they said is in the output folder. */
async function ofProject(session: Session, environment: string | undefined): Promise<Checked> {
  try {
    await session.synthesize(undefined, { showWarnings: false });
  } catch (error) {
    if (!isAndamioError(error) || error.code !== "FINDINGS") throw error;
  }
  const file = join(session.outdir(undefined), "andamio-findings.json");
  if (!existsSync(file)) throw usage("The program has run no rules.", "Let main.ts end with Andamio's synth(app).");
  const { stacks, ...report } = JSON.parse(readFileSync(file, "utf8")) as Report & {
    stacks: Record<string, string | null>;
  };
  if (environment === undefined) return { report, stacks: Object.keys(stacks) };
  const environments = [...new Set(Object.values(stacks))].filter((name) => name !== null);
  if (!environments.includes(environment)) {
    throw usage(`There is no environment "${environment}": there are ${environments.join(", ")}.`, "Use one of them.");
  }
  const here = ({ stack }: { readonly stack: string }): boolean => stacks[stack] === environment;
  const { findings, acknowledged, unknown } = report;
  return {
    report: { findings: findings.filter(here), acknowledged: acknowledged.filter(here), unknown: unknown.filter(here) },
    stacks: Object.keys(stacks).filter((stack) => here({ stack })),
  };
}

function evaluated(load: () => Estate): Checked {
  try {
    const estate = load();
    const report = evaluate(estate, { rules, today: new Date().toISOString().slice(0, 10) });
    return { report, stacks: estate.stacks.map(({ id }) => id) };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === undefined) throw error;
    const exitCode = code === "RULE_FAILED" ? ExitCode.failed : ExitCode.usage;
    throw new AndamioError({
      code,
      message,
      fix: "Name what cdktf or terraform show -json wrote.",
      exitCode,
      cause: error,
    });
  }
}

/** For the tools that read them: beside what is printed, whatever that is. */
function writeReports(report: Report, stacks: readonly string[], { sarif, junit, markdown }: CheckFlags): void {
  const ids = rules.map(({ id }) => id);
  if (sarif !== undefined) writeFileSync(sarif, `${JSON.stringify(reportSarif(report, rules), undefined, 2)}\n`);
  if (junit !== undefined) writeFileSync(junit, reportJunit(report, stacks, ids));
  if (markdown !== undefined) writeFileSync(markdown, reportMarkdown(report));
}

function readBaseline(file: string): Report {
  try {
    return JSON.parse(readFileSync(existing(file), "utf8")) as Report;
  } catch (error) {
    if (isAndamioError(error)) throw error;
    throw usage(`${file} is not what check --json wrote.`, "Make it: npx andamio check --json > baseline.json");
  }
}

function existing(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return absolute;
  throw usage(`${path} does not exist.`, "Name a folder or a file that does.");
}

function usage(message: string, fix: string): AndamioError {
  return new AndamioError({ code: "USAGE", message, fix, exitCode: ExitCode.usage });
}
