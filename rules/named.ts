import type { Block } from "./values/block";
import { known } from "./values/certain";
import type { Estate } from "./estate";
import type { Resource } from "./resource";

/**
 * The resource that an argument refers to, or names as AWS does, in a text: `name = "web"` of a launch template. By name it is looked for
 * in the same stack, and where the account is known, in the same environment, account and region.
 * @param nameArgument what holds the name of such a resource. @default name
 * @returns undefined when the argument is not set
 * @throws UnknownValueError when it names what is not here
 */
export function followName(
  from: Resource,
  block: Block,
  argument: string,
  type: string,
  estate: Estate,
  nameArgument = "name",
): Resource | undefined {
  const name = known(() => block.string(argument));
  const found =
    name === undefined || name === ""
      ? undefined
      : estate.ofType(type).find((one) => one.body.raw(nameArgument) === name && isBeside(one, from));
  return found ?? estate.follow(from, block, argument, type);
}

/** Whether a name of the one means the other. Stacks of which nothing is known may be of two accounts. */
function isBeside(one: Resource, from: Resource): boolean {
  if (one.region !== from.region || one.account !== from.account) return false;
  if (one.stack === from.stack) return true;
  return one.account !== undefined && one.stack.environment === from.stack.environment;
}
