import { createInterface } from "node:readline/promises";
import { AndamioError, ExitCode } from "../engine/errors";
import type { Terminal } from "./terminal";

interface AskStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

export interface ApprovalFlags {
  readonly autoApprove?: boolean;
}

/**
 * How changes are approved: by a flag, or by a person who types `yes`. A person who leaves instead (Ctrl-C) is INTERRUPTED.
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
 * @throws AndamioError CONFIRMATION_NEEDED when something else is typed, or nobody is there; INTERRUPTED when a person leaves instead
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

/**
 * What a person answers.
 * @throws AndamioError INTERRUPTED when it is Ctrl-C, or the end of what is typed
 */
export async function ask(
  question: string,
  { input = process.stdin, output = process.stderr }: Partial<AskStreams> = {},
): Promise<string> {
  const prompt = createInterface({ input, output, terminal: true });
  try {
    return (await prompt.question(question)).trim();
  } catch (cause) {
    if ((cause as Error).name !== "AbortError") throw cause;
    output.write("\n");
    throw new AndamioError({
      code: "INTERRUPTED",
      message: "Interrupted before an answer was given: nothing was changed.",
      fix: "Run the same command again.",
      exitCode: ExitCode.interrupted,
      cause,
    });
  } finally {
    prompt.close();
  }
}
