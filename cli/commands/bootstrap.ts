import { ExitCode } from "../../engine/errors";
import { bootstrap as bootstrapState, type BootstrapResult } from "../../engine/state/state-bucket";
import type { RunFlags, Session } from "../session";

/** `andamio bootstrap <environment>` */
export async function bootstrap(session: Session, [name]: readonly [string], flags: RunFlags): Promise<ExitCode> {
  const { terminal } = session;
  const project = await session.synthesize(await session.emulatorUrl(flags));
  const environment = project.environment(name);
  const result = await terminal.step(`Setting up the state of ${name}`, () => bootstrapState(name, environment));
  terminal.print(bootstrapText(result));
  terminal.document({ environment: name, ...result });
  return ExitCode.done;
}

/** What was done to the state bucket, in one line. */
export function bootstrapText({ bucket, region, created, changed }: BootstrapResult): string {
  if (created) return `Made the state bucket ${bucket} (${region}): ${changed.join(", ")}.`;
  if (changed.length > 0) return `The state bucket ${bucket} (${region}) was there; now also: ${changed.join(", ")}.`;
  return `The state bucket ${bucket} (${region}) is as it should be: nothing to do.`;
}
