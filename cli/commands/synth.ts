import { ExitCode } from "../../engine/errors";
import type { RunFlags, Session } from "../session";

/** `andamio synth` */
export async function synth(session: Session, _args: readonly never[], flags: RunFlags): Promise<ExitCode> {
  const { terminal } = session;
  const project = await session.synthesize(await session.emulatorUrl(flags));
  const stacks = project.stacks.map(({ id }) => id);
  const environments = Object.keys(project.environments);
  const where = session.shownPath(project.outdir);
  terminal.print(`Wrote ${stacks.length} stacks of ${environments.join(", ")} to ${where}.`);
  terminal.document({ outdir: where, environments, stacks });
  return ExitCode.done;
}
