import type { IConstruct } from "constructs";

/** What is wrong with a construct's input: every problem at once, each with the value and the fix. */
export class InvalidConstructError extends Error {
  readonly code = "INVALID_CONSTRUCT";

  constructor(
    readonly subject: string,
    readonly problems: readonly string[],
  ) {
    super(`${subject} is invalid:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "InvalidConstructError";
  }
}

/** Collects what is wrong with the props of one construct, then refuses all of it together. */
export class Problems {
  private readonly found: string[] = [];

  /**
   * @param construct whose props are checked
   * @param noun the class as users know it, e.g. `Vpc`
   */
  constructor(
    private readonly construct: IConstruct,
    private readonly noun: string,
  ) {}

  /** Notes a problem: what must hold, what was given, what to do. */
  add(problem: string): void {
    this.found.push(problem);
  }

  /** Notes `problem` unless `condition` holds. */
  require(condition: boolean, problem: string): void {
    if (!condition) this.add(problem);
  }

  /**
   * @param below a function whose caller is to blame. `@default` whoever made the construct
   * @throws InvalidConstructError when anything was noted
   */
  throwIfAny(below?: (...args: never[]) => unknown): void {
    if (this.found.length === 0) return;
    const error = new InvalidConstructError(`${this.noun} "${this.construct.node.path}"`, this.found);
    if (below) Error.captureStackTrace(error, below);
    throw error;
  }
}

/** A value as an error message shows it: JSON, or a word for what JSON has none for. */
export function shown(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "none";
  return JSON.stringify(value);
}
