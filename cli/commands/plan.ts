import { ExitCode } from "../../engine/errors";
import { planEnvironment } from "../../engine/environment-run";
import type { FailedPlan, StackPlan } from "../../engine/plan-stack";
import { planDocument, plansTable } from "../plan-text";
import { runEvents } from "../run-events";
import type { RunFlags, Session } from "../session";
import { errorDocument } from "../terminal";

interface PlanFlags extends RunFlags {
  readonly detailedExitcode?: boolean;
}

/** `andamio plan <environment> [stacks...]` */
export async function plan(
  session: Session,
  [environment, globs]: readonly [string, string[]],
  flags: PlanFlags,
): Promise<ExitCode> {
  const { terminal } = session;
  const run = await session.openRun(environment, globs, flags);
  const plans = await planEnvironment(run, runEvents(terminal));
  terminal.print(`\n${plansTable(plans)}`);
  if (plans.some(({ status }) => status === "waiting")) {
    terminal.print(
      `\nWhat waits is planned once the others are applied: andamio apply ${environment} does both in turn.`,
    );
  }
  const failed = plans.find((candidate) => "error" in candidate);
  const exitCode = exitCodeOf(plans, failed, flags);
  terminal.document({
    environment,
    exit_code: exitCode,
    ...(failed ? { error: errorDocument(failed.error) } : {}),
    stacks: plans.map(planDocument),
  });
  return exitCode;
}

function exitCodeOf(
  plans: readonly StackPlan[],
  failed: FailedPlan | undefined,
  { detailedExitcode }: PlanFlags,
): ExitCode {
  if (failed) return failed.status === "interrupted" ? ExitCode.interrupted : failed.error.exitCode;
  const clean = plans.every(({ status }) => status === "no-changes");
  return detailedExitcode && !clean ? ExitCode.changesPresent : ExitCode.done;
}
