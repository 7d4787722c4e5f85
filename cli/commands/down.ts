import { rmSync } from "node:fs";
import { runningEmulator, stopEmulator } from "../../engine/emulator/emulator";
import { applyEnvironment } from "../../engine/environment-run";
import { ExitCode } from "../../engine/errors";
import { showOutcomes } from "../outcomes";
import { runEvents } from "../run-events";
import type { Session } from "../session";
import { DEFAULT_ENVIRONMENT, recordFile } from "./up";

/**
 * `andamio down`: the project's own emulator is stopped, and everything in it is gone. On one that somebody else runs, what `up`
 * made is destroyed.
 */
export async function down(session: Session, [name = DEFAULT_ENVIRONMENT]: readonly [string?]): Promise<ExitCode> {
  const { terminal, projectDir } = session;
  const running = await runningEmulator(session.emulatorOptions);
  if (running?.source === "given") {
    const run = await session.openRun(name, [], { emulator: running.url });
    const outcomes = await applyEnvironment(run, runEvents(terminal, { showPlans: false }), {
      destroy: true,
      confirm: () => Promise.resolve(true),
    });
    return showOutcomes(session, name, outcomes);
  }
  const stopped = await stopEmulator({ projectDir });
  for (const rest of [recordFile(session), session.emulatedOutdir]) {
    rmSync(rest, { recursive: true, force: true });
  }
  terminal.print(stopped ? "The emulator is stopped, and everything in it is gone." : "Nothing was up.");
  terminal.document({ stopped });
  return ExitCode.done;
}
