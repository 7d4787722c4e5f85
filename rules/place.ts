import { UnknownValueError, type Block } from "./values/block";
import { UNKNOWN } from "./values/references";
import type { Resource } from "./resource";

/**
 * The account and the region of a resource, as a key. What nothing tells of is told apart by the provider: of two providers whose regions
 * are variables, nobody knows whether they are one, while what has one provider is in one place.
 */
export function placeKey({ account, region, body }: Resource, within: "account" | "region"): string[] {
  const provider = String(body.raw("provider") ?? "");
  const place = [account ?? provider];
  if (within === "region") place.push(region ?? provider);
  return place;
}

/**
 * An argument as it was written, with where: the same text is the same thing in one stack, and in one module of a plan.
 * @throws UnknownValueError where a plan does not know what it was made of
 */
export function writtenKey({ stack, address, type, name: own }: Resource, block: Block, name: string): string {
  const written = String(block.raw(name) ?? "");
  if (written.includes(UNKNOWN)) throw new UnknownValueError(block.argument(name));
  return `${stack.id} ${address.slice(0, address.length - `${type}.${own}`.length)} ${written}`;
}
