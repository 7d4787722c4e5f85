import { ExitCode } from "../engine/errors";
import type { StackOutcome } from "../engine/environment-run";
import { countsText, planDocument } from "./plan-text";
import type { Session } from "./session";
import { table } from "./table";
import { errorDocument } from "./terminal";

/** Prints what became of each stack, and returns what the command comes to. */
export function showOutcomes(session: Session, environment: string, outcomes: readonly StackOutcome[]): ExitCode {
  const { terminal } = session;
  terminal.print(
    `\n${table(
      ["Stack", "Outcome"],
      outcomes.map((outcome) => [outcome.stack.id, outcomeText(outcome)]),
    )}`,
  );
  // What went wrong while planning has been told with the plan.
  const failed = outcomes.find(({ error }) => error !== undefined);
  if (failed?.error && failed.text !== undefined) {
    if (failed.text !== "") terminal.note(`\n${failed.text.trim()}\n`);
    terminal.showError(failed.error);
  }
  const exitCode = exitCodeOf(outcomes);
  terminal.document({
    environment,
    exit_code: exitCode,
    ...(failed?.error ? { error: errorDocument(failed.error) } : {}),
    stacks: outcomes.map(outcomeDocument),
  });
  return exitCode;
}

function outcomeText({ status, plan, error }: StackOutcome): string {
  const counts = plan ? countsText(plan.counts) : "";
  switch (status) {
    case "applied":
      return `applied${counts && ` (${counts.replaceAll(" to ", " ")})`}`;
    case "unchanged":
      return "no changes";
    case "declined":
      return "not applied: you said no";
    case "failed":
      return `failed: ${error?.code ?? ""}`;
    case "interrupted":
      return "interrupted";
    case "not-attempted":
      return "not attempted";
  }
}

function outcomeDocument({ stack, status, plan, error }: StackOutcome): object {
  return {
    stack: stack.id,
    status,
    ...(plan ? { plan: planDocument(plan) } : {}),
    ...(error ? { error: errorDocument(error) } : {}),
  };
}

function exitCodeOf(outcomes: readonly StackOutcome[]): ExitCode {
  if (outcomes.some(({ status }) => status === "interrupted")) return ExitCode.interrupted;
  const failed = outcomes.find(({ status }) => status === "failed");
  if (failed) return failed.error?.exitCode ?? ExitCode.failed;
  return outcomes.some(({ status }) => status === "declined") ? ExitCode.failed : ExitCode.done;
}
