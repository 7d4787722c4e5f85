import { UnknownValueError } from "./block";
import type { Resource } from "../resource";

/** True when one of several certainly is so. @throws UnknownValueError when none is and one of them may be */
export function certain<T>(items: readonly T[], test: (item: T) => boolean): boolean {
  let unknown: UnknownValueError | undefined;
  for (const item of items) {
    try {
      if (test(item)) return true;
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      unknown = error;
    }
  }
  if (unknown) throw unknown;
  return false;
}

/** What can be read, or undefined where only Terraform can tell. */
export function known<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    return undefined;
  }
}

/** Whether one of two may be there only where the other is not: different expressions tell how many there are of each. */
export function mayExclude(one: Resource, other: Resource): boolean {
  const number = ({ stack, body, copies }: Resource): string | undefined =>
    copies === undefined ? `${stack.id} ${String(body.raw("count") ?? body.raw("for_each"))}` : undefined;
  const [first, second] = [number(one), number(other)];
  return first !== undefined && second !== undefined && first !== second;
}
