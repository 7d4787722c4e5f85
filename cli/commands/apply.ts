import type { ExitCode } from "../../engine/errors";
import { applyEnvironment } from "../../engine/environment-run";
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
  return showOutcomes(session, environment, outcomes);
}
