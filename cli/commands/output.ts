import { ExitCode } from "../../engine/errors";
import { readOutputs } from "../../engine/environment-run";
import type { OutputValue } from "../../engine/terraform";
import type { RunFlags, Session } from "../session";
import type { Terminal } from "../terminal";

interface OutputFlags extends RunFlags {
  readonly all?: boolean;
}

type Outputs = Record<string, Record<string, OutputValue>>;

/** `andamio output <environment> [stacks...]` */
export async function output(
  session: Session,
  [environment, globs]: readonly [string, string[]],
  flags: OutputFlags,
): Promise<ExitCode> {
  const run = await session.openRun(environment, globs, flags);
  const outputs = selected(await readOutputs(run), flags);
  printOutputs(session.terminal, outputs);
  session.terminal.document({ environment, stacks: outputs });
  return ExitCode.done;
}

/** Outputs that cdktf makes for other stacks are marked sensitive, whatever they hold. */
export function selected(outputs: Outputs, { all }: OutputFlags): Outputs {
  if (all) return outputs;
  return Object.fromEntries(
    Object.entries(outputs).map(([stack, values]) => [
      stack,
      Object.fromEntries(Object.entries(values).filter(([, { sensitive }]) => !sensitive)),
    ]),
  );
}

/** Outputs as Terraform prints them, by stack. */
export function printOutputs(terminal: Terminal, outputs: Outputs): void {
  for (const [stack, values] of Object.entries(outputs)) {
    const names = Object.keys(values);
    terminal.print(terminal.style.bold(stack));
    if (names.length === 0) terminal.print("  (no outputs: none are declared, or it is not applied yet)");
    const width = Math.max(0, ...names.map((name) => name.length));
    for (const name of names) {
      const text = values[name]?.sensitive ? "(sensitive)" : JSON.stringify(values[name]?.value);
      terminal.print(`  ${name.padEnd(width)} = ${text}`);
    }
  }
}
