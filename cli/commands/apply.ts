import type { ExitCode } from "../../engine/errors";
import { applyEnvironment, type StackOutcome } from "../../engine/environment-run";
import { approval } from "../approval";
import { showOutcomes } from "../outcomes";
import { runEvents } from "../run-events";
import type { RunFlags, Session } from "../session";

interface ApplyFlags extends RunFlags {
  readonly autoApprove?: boolean;
  readonly allowDestroy?: readonly string[];
}

/** `andamio apply <environment> [stacks...]` */
export async function apply(
  session: Session,
  [environment, globs]: readonly [string, string[]],
  flags: ApplyFlags,
): Promise<ExitCode> {
  const { terminal } = session;
  const ask = approval(terminal, flags);
  const run = await session.openRun(environment, globs, flags);
  const outcomes = await applyEnvironment(run, runEvents(terminal), {
    allowDestroy: flags.allowDestroy,
    confirm: ({ stack }) => ask(`Apply these changes to ${stack.id}?`),
  });
  noteIdleAllowances(session, outcomes, flags);
  return showOutcomes(session, environment, outcomes);
}

/** An address that is misspelt allows nothing: said, where the plan of the address that was meant is not refused anyway. */
function noteIdleAllowances(
  { terminal }: Session,
  outcomes: readonly StackOutcome[],
  { allowDestroy = [] }: ApplyFlags,
): void {
  const destroyed = outcomes.flatMap(({ plan }) => plan?.resources ?? []).filter(({ destroysData }) => destroysData);
  const idle = allowDestroy.filter((allowed) => !destroyed.some(({ address }) => address === allowed));
  for (const address of idle)
    terminal.note(`--allow-destroy ${address} was not needed: no plan takes data of that address with it.`);
}
