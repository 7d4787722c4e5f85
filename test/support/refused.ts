import { jsonDocument, type ErrorDocument } from "./andamio-json";
import type { ProjectCopy } from "./project-copy";
import { endedWith, type CommandOptions, type CommandResult } from "./run-command";

/** Nothing listens here, and nothing may: the port is reserved. */
export const NOWHERE = "http://127.0.0.1:1";

/** The one message that a refused command gives, and its exit code. */
export interface Refusal {
  readonly code: string;
  readonly exitCode: number;
  readonly says: RegExp;
  readonly fix: RegExp;
}

/** A frame of a stack trace: its path is absolute, the one that a message names is not. */
export const STACK_FRAME = /^ *at (.* \()?(\/|node:|file:|[A-Z]:\\).*:\d+:\d+\)?$/m;

/** Runs a command that must be refused, and checks the one message that it gives, on stderr and as a document. */
export async function refused(
  copy: ProjectCopy,
  args: readonly string[],
  { code, exitCode, says, fix }: Refusal,
  options: Partial<CommandOptions> = {},
): Promise<CommandResult> {
  const result = endedWith(exitCode, await copy.andamio([...args, "--json"], options));
  const { error } = jsonDocument<{ error: ErrorDocument }>(result);
  expect(error).toMatchObject({ code, exit_code: exitCode });
  expect(error.message).toMatch(says);
  expect(error.fix).toMatch(fix);
  expect(result.stderr.match(/^Error \[[A-Z_]+\]/gm)).toEqual([`Error [${code}]`]);
  expect(result.stderr).toContain(`  Fix:   ${error.fix}`);
  expect(result.stderr).not.toMatch(STACK_FRAME);
  return result;
}
