import { examine, type Finding } from "../../engine/toolchain/doctor";
import { ExitCode } from "../../engine/errors";
import type { Session } from "../session";

const MARKS = { ok: "ok", warning: "warning", problem: "PROBLEM" } as const;

/** `andamio doctor` */
export async function doctor(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const findings = await examine(session.emulatorOptions);
  for (const finding of findings) terminal.print(text(finding));
  const problems = findings.filter(({ status }) => status === "problem").length;
  terminal.print(problems === 0 ? "\nEverything that andamio needs is here." : `\n${problems} to mend.`);
  terminal.document({ findings });
  return problems === 0 ? ExitCode.done : ExitCode.failed;
}

function text({ name, status, detail, fix }: Finding): string {
  const line = `${MARKS[status].padEnd(8)} ${name.padEnd(17)} ${detail}`;
  return fix === undefined ? line : `${line}\n${" ".repeat(27)}Fix: ${fix}`;
}
