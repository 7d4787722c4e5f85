import type { CommandResult } from "./run-command";

export interface PlannedResource {
  readonly address: string;
  readonly action: string;
  readonly previous_address?: string;
}

/** A stack's plan, as `andamio plan --json` and `andamio apply --json` show it. */
export interface PlannedStack {
  readonly stack: string;
  readonly status: string;
  readonly outputs?: readonly string[];
  readonly resources?: readonly PlannedResource[];
}

export interface ErrorDocument {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly exit_code: number;
}

interface AppliedStack {
  readonly stack: string;
  readonly status: string;
  readonly plan?: PlannedStack;
}

/** What a command with `--json` printed. Fails when that is anything but one document of the known format. */
export function jsonDocument<T = object>({ command, stdout, stderr }: CommandResult): T {
  try {
    const document = JSON.parse(stdout) as { format_version: string };
    if (document.format_version === "1.0") return document as T;
  } catch {
    // Told below, with what was printed instead.
  }
  throw new Error(`${command} printed no document of format 1.0:\n${stdout}\n${stderr}`);
}

/** The plan of one stack in what `plan --json` or `apply --json` printed. */
export function planOf(result: CommandResult, id: string): PlannedStack {
  const { stacks } = jsonDocument<{ stacks: (PlannedStack | AppliedStack)[] }>(result);
  const found = stacks.find(({ stack }) => stack === id);
  const plan = found && "plan" in found ? found.plan : (found as PlannedStack | undefined);
  if (plan) return plan;
  throw new Error(`${result.command} says nothing of ${id}:\n${result.stdout}\n${result.stderr}`);
}

/** Addresses by what is to be done with them: `{ create: ["aws_vpc.vpc"] }`. */
export function byAction({ resources = [] }: PlannedStack): Record<string, string[]> {
  const addresses: Record<string, string[]> = {};
  for (const { address, action } of resources) (addresses[action] ??= []).push(address);
  return addresses;
}
