import { startEmulator, stopEmulator, type RunningEmulator } from "../../engine/emulator/emulator";
import { ExitCode } from "../../engine/errors";
import { interruptible } from "../interruptible";
import type { Session } from "../session";

/** `andamio emulator start` */
export async function start(session: Session): Promise<ExitCode> {
  const { terminal, emulatorOptions } = session;
  const emulator = await terminal.step("Starting the AWS emulator", (update) =>
    interruptible((signal) => startEmulator({ ...emulatorOptions, onProgress: update, signal })),
  );
  terminal.print(`${emulator.started ? "Started" : "It runs already"}: ${describe(emulator)}`);
  terminal.print("Add --emulator to any command, or for plain cdktf: export ANDAMIO_EMULATOR=" + emulator.url);
  terminal.document({ started: emulator.started, ...document(emulator) });
  return ExitCode.done;
}

/** `andamio emulator stop` */
export async function stop(session: Session): Promise<ExitCode> {
  const { terminal, projectDir } = session;
  const stopped = await stopEmulator({ projectDir });
  terminal.print(
    stopped ? "Stopped. Everything in it is gone, the state of emulated environments too." : "None was running.",
  );
  terminal.document({ stopped });
  return ExitCode.done;
}

/** `andamio emulator status` */
export async function status(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const emulator = await session.runningEmulator();
  terminal.print(
    emulator ? `Running: ${describe(emulator)}` : "Not running. Start it with: npx andamio emulator start",
  );
  terminal.document({ running: emulator !== undefined, ...(emulator ? document(emulator) : {}) });
  return ExitCode.done;
}

function describe({ url, health, source }: RunningEmulator): string {
  const extension = health.extension ? "with Andamio's extension" : "without Andamio's extension";
  return `${url} (${source === "own" ? `process ${health.pid ?? "?"}` : "from ANDAMIO_EMULATOR"}, ${extension})`;
}

function document({ url, source, health, logFile }: RunningEmulator): object {
  return { url, source, extension: health.extension, boot_id: health.bootId, pid: health.pid, log_file: logFile };
}
