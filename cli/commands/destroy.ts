import type { ExitCode } from "../../engine/errors";
import { applyEnvironment } from "../../engine/environment-run";
import { approval, confirmByName } from "../approval";
import { showOutcomes } from "../outcomes";
import { runEvents } from "../run-events";
import type { RunFlags, Session } from "../session";

interface DestroyFlags extends RunFlags {
  readonly autoApprove?: boolean;
  readonly confirm?: string;
}

/** `andamio destroy <environment> [stacks...]` */
export async function destroy(
  session: Session,
  [environment, globs]: readonly [string, string[]],
  flags: DestroyFlags,
): Promise<ExitCode> {
  const { terminal } = session;
  const ask = approval(terminal, { autoApprove: flags.autoApprove ?? flags.confirm !== undefined });
  const run = await session.openRun(environment, globs, flags);
  if (run.environment.tier === "production" || flags.confirm !== undefined) {
    await confirmByName(environment, `This destroys ${environment}.`, flags.confirm, "--confirm");
  }
  const outcomes = await applyEnvironment(run, runEvents(terminal), {
    destroy: true,
    confirm: ({ stack }) => ask(`Destroy all of ${stack.id}?`),
  });
  return showOutcomes(session, environment, outcomes);
}
