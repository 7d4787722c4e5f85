import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { AndamioError, ExitCode, isAndamioError } from "../../engine/errors";
import {
  evaluate,
  loadEstate,
  loadPlan,
  reportDocument,
  reportText,
  rules,
  type Estate,
  type Report,
} from "../../rules";
import type { Session } from "../session";

interface CheckFlags {
  readonly dir?: string;
  readonly plan?: string;
}

/** `andamio check [environment]` */
export async function check(session: Session, [environment]: readonly [string?], flags: CheckFlags): Promise<ExitCode> {
  const { terminal } = session;
  const report = await reportFor(session, environment, flags);
  const text = reportText(report);
  terminal.print(text === "" ? "Nothing was found." : text);
  terminal.documentAsIs(reportDocument(report));
  return report.findings.some(({ blocks }) => blocks) ? ExitCode.refused : ExitCode.done;
}

async function reportFor(
  session: Session,
  environment: string | undefined,
  { dir, plan }: CheckFlags,
): Promise<Report> {
  if (dir !== undefined && plan !== undefined) {
    throw usage("--dir and --plan exclude each other.", "Name one of the two.");
  }
  if (dir !== undefined) return evaluated(() => loadEstate(existing(dir)));
  if (plan !== undefined) return evaluated(() => loadPlan(existing(plan), basename(plan).replace(/\.json$/, "")));
  return ofProject(session, environment);
}

/** Here the rules have run with the program, its own rules included; what they said is in the output folder. */
async function ofProject(session: Session, environment: string | undefined): Promise<Report> {
  let environments: string[] | undefined;
  try {
    environments = Object.keys((await session.synthesize(undefined, { showWarnings: false })).environments);
    if (environment !== undefined && !environments.includes(environment)) {
      throw usage(
        `There is no environment "${environment}": there are ${environments.join(", ")}.`,
        "Use one of them.",
      );
    }
  } catch (error) {
    if (!isAndamioError(error) || error.code !== "FINDINGS") throw error;
  }
  const file = join(session.outdir(undefined), "andamio-findings.json");
  if (!existsSync(file)) throw usage("The program has run no rules.", "Let main.ts end with Andamio's synth(app).");
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  if (environment === undefined) return report;
  const here = (stack: string): boolean => stack.startsWith(`${environment}-`);
  return {
    findings: report.findings.filter(({ stack }) => here(stack)),
    acknowledged: report.acknowledged.filter(({ stack }) => here(stack)),
    unknown: report.unknown.filter(({ stack }) => here(stack)),
  };
}

function evaluated(load: () => Estate): Report {
  try {
    return evaluate(load(), { rules, today: new Date().toISOString().slice(0, 10) });
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

function existing(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return absolute;
  throw usage(`${path} does not exist.`, "Name a folder or a file that does.");
}

function usage(message: string, fix: string): AndamioError {
  return new AndamioError({ code: "USAGE", message, fix, exitCode: ExitCode.usage });
}
