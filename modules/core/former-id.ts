import type { IConstruct } from "constructs";

const FORMER_ID = Symbol.for("andamio/former-id");

/** Notes the logical id that a construct had before it was renamed. With several renames the first one counts. */
export function rememberFormerId(construct: IConstruct, formerId: string): void {
  if (formerIdOf(construct) === undefined) Object.defineProperty(construct.node, FORMER_ID, { value: formerId });
}

/** The logical id that a construct itself had before it was renamed; undefined when it was not. */
export function formerIdOf(construct: IConstruct): string | undefined {
  return (construct.node as { [FORMER_ID]?: string })[FORMER_ID];
}
