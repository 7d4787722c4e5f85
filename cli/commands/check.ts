import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AndamioError, ExitCode, isAndamioError } from "../../engine/errors";
import {
  evaluate,
  loadEstate,
  loadPlan,
  readJson,
  reportDocument,
  reportJunit,
  reportMarkdown,
  reportSarif,
  reportText,
  RuleFailedError,
  rules,
  sinceBaseline,
  UncheckableError,
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
  /** What was not looked at, and what is judged by an assumption. */
  readonly notes: readonly string[];
}

/** `andamio check [environment]` */
export async function check(session: Session, [environment]: readonly [string?], flags: CheckFlags): Promise<ExitCode> {
  const { terminal } = session;
  // First of all: a wrong name is not worth waiting for.
  const baseline = flags.baseline === undefined ? undefined : readBaseline(flags.baseline);
  const { report: found, stacks, notes } = await reportFor(session, environment, flags);
  const whole = flags.suppressions === false ? withoutAcknowledgements(found) : found;
  const report = baseline === undefined ? whole : sinceBaseline(whole, baseline);
  writeReports(report, stacks, flags);
  const text = reportText(report);
  terminal.print(text === "" ? "Nothing was found." : text);
  for (const note of notes) terminal.note(note);
  terminal.documentAsIs({ ...reportDocument(report), notes });
  return report.findings.some(({ blocks }) => blocks) ? ExitCode.refused : ExitCode.done;
}

async function reportFor(
  session: Session,
  environment: string | undefined,
  { dir, plan }: CheckFlags,
): Promise<Checked> {
  const wanted = Object.entries({ "An environment": environment, "--dir": dir, "--plan": plan });
  const [one, other] = wanted.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (other !== undefined) throw usage(`${one} and ${other} exclude each other.`, "Name one of the two.");
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
  const { stacks, notes, ...report } = JSON.parse(readFileSync(file, "utf8")) as Report & {
    stacks: Record<string, string | null>;
    notes: readonly string[];
  };
  if (environment === undefined) return { report, stacks: Object.keys(stacks), notes };
  const environments = [...new Set(Object.values(stacks))].filter((name) => name !== null);
  if (!environments.includes(environment)) {
    throw usage(`There is no environment "${environment}": there are ${environments.join(", ")}.`, "Use one of them.");
  }
  const here = ({ stack }: { readonly stack: string }): boolean => stacks[stack] === environment;
  const { findings, acknowledged, unknown } = report;
  const ids = Object.keys(stacks).filter((stack) => here({ stack }));
  return {
    report: { findings: findings.filter(here), acknowledged: acknowledged.filter(here), unknown: unknown.filter(here) },
    stacks: ids,
    notes: notes.filter((note) => ids.some((id) => note.startsWith(`${id}:`))),
  };
}

function evaluated(load: () => Estate): Checked {
  try {
    const estate = load();
    // The rules of the program that wrote it are in that program.
    const report = evaluate(estate, { rules, today: new Date().toISOString().slice(0, 10), partial: true });
    return { report, stacks: [...new Set(estate.stacks.map(({ id }) => id))], notes: estate.notes };
  } catch (error) {
    if (error instanceof UncheckableError) throw uncheckable(error);
    if (!(error instanceof RuleFailedError)) throw error;
    const { code, message } = error;
    throw new AndamioError({
      code,
      message,
      why: "This is a mistake in the rule: counting it as passed would hide faults.",
      fix: "Report it, with the resource that it names.",
      exitCode: ExitCode.failed,
      cause: error,
    });
  }
}

function uncheckable(error: UncheckableError): AndamioError {
  const { code, message, fix } = error;
  return new AndamioError({ code, message, fix, exitCode: ExitCode.usage, cause: error });
}

/** For the tools that read them: beside what is printed, whatever that is. */
function writeReports(report: Report, stacks: readonly string[], { sarif, junit, markdown }: CheckFlags): void {
  const ids = rules.map(({ id }) => id);
  if (sarif !== undefined) writeReport(sarif, `${JSON.stringify(reportSarif(report, rules), undefined, 2)}\n`);
  if (junit !== undefined) writeReport(junit, reportJunit(report, stacks, ids));
  if (markdown !== undefined) writeReport(markdown, reportMarkdown(report));
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw usage(`${file} cannot be written: ${(error as Error).message}.`, "Name a file in a folder that is there.");
  }
}

function readBaseline(file: string): Report {
  const fix = "Make it: npx andamio check --json > baseline.json";
  let baseline: unknown;
  try {
    baseline = readJson(existing(file));
  } catch (error) {
    if (!(error instanceof UncheckableError)) throw error;
    throw usage(`${file} is not what check --json wrote: ${error.message}`, fix);
  }
  const findings = (baseline as Partial<Report> | null)?.findings;
  if (Array.isArray(findings) && findings.every((finding) => typeof finding === "object" && finding !== null))
    return baseline as Report;
  throw usage(`${file} is not what check --json wrote: it has no findings.`, fix);
}

function existing(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return absolute;
  throw usage(`${path} does not exist.`, "Name a folder or a file that does.");
}

function usage(message: string, fix: string): AndamioError {
  return new AndamioError({ code: "USAGE", message, fix, exitCode: ExitCode.usage });
}
