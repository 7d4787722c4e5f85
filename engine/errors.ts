/** What a process of andamio ends with. The table is a contract: README, "Exit codes". */
export const ExitCode = {
  done: 0,
  failed: 1,
  changesPresent: 2,
  usage: 3,
  refused: 4,
  planChanged: 5,
  lockHeld: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface AndamioErrorDetails {
  /** Stable, upper-case name, e.g. `TERRAFORM_MISSING`: part of the API. */
  readonly code: string;
  /** What happened, with the value that caused it. */
  readonly message: string;
  /** Where: a file, a stack, an address. */
  readonly where?: string;
  /** Why it matters or how it came about. */
  readonly why?: string;
  /** What to do next: a sentence, or the command to run. */
  readonly fix: string;
  /** @default ExitCode.failed */
  readonly exitCode?: ExitCode;
  /** @default undefined */
  readonly cause?: unknown;
}

/** A failure that a user can act on: printed as what, where, why and the next command, never with a stack trace. */
export class AndamioError extends Error {
  readonly code: string;
  readonly where?: string;
  readonly why?: string;
  readonly fix: string;
  readonly exitCode: ExitCode;

  constructor(details: AndamioErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = "AndamioError";
    this.code = details.code;
    this.where = details.where;
    this.why = details.why;
    this.fix = details.fix;
    this.exitCode = details.exitCode ?? ExitCode.failed;
  }
}

/** True for an AndamioError of any copy of this package. */
export function isAndamioError(error: unknown): error is AndamioError {
  return error instanceof Error && error.name === "AndamioError" && "code" in error && "fix" in error;
}
