import { createInterface } from "node:readline/promises";
import { AndamioError, ExitCode } from "../engine/errors";
import type { Terminal } from "./terminal";

export interface ApprovalFlags {
  readonly autoApprove?: boolean;
}

/**
 * How changes are approved: by a flag, or by a person who types `yes`.
 * @throws AndamioError APPROVAL_NEEDED at once, when there is neither
 */
export function approval(terminal: Terminal, { autoApprove }: ApprovalFlags): (question: string) => Promise<boolean> {
  if (autoApprove) return () => Promise.resolve(true);
  if (!isInteractive() || terminal.json) {
    throw new AndamioError({
      code: "APPROVAL_NEEDED",
      message: "There is nobody to ask: this is not a terminal.",
      fix: "Add --auto-approve.",
      exitCode: ExitCode.usage,
    });
  }
  return async (question) => (await ask(`${question} Only "yes" is taken: `)) === "yes";
}

/**
 * Has a person type a name.
 * @throws AndamioError CONFIRMATION_NEEDED when something else is typed, or nobody is there
 */
export async function confirmByName(
  name: string,
  question: string,
  given: string | undefined,
  flag: string,
): Promise<void> {
  const typed = given ?? (isInteractive() ? await ask(`${question} Type "${name}" to go on: `) : undefined);
  if (typed === name) return;
  throw new AndamioError({
    code: "CONFIRMATION_NEEDED",
    message:
      typed === undefined
        ? `${question} Nobody is there to confirm it.`
        : `"${typed}" is not "${name}": nothing was changed.`,
    fix: `Add ${flag} ${name}.`,
    exitCode: ExitCode.usage,
  });
}

function isInteractive(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await prompt.question(question)).trim();
  } finally {
    prompt.close();
  }
}
