import { Address4, Address6 } from "ip-address";

/** One CIDR block. */
export interface Cidr {
  /** As it was written. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly prefixLength: number;
  readonly first: bigint;
  readonly last: bigint;
  /** The block as its first address gives it: `10.0.0.0/24` for `10.0.0.5/24`. */
  readonly canonical: string;
}

const known = new Map<string, Cidr | undefined>();

/** Reads `10.0.0.0/16` or `2001:db8::/56`. Undefined for anything else, a text without a prefix length among it. */
export function cidr(text: string | undefined): Cidr | undefined {
  if (text === undefined || !text.includes("/")) return undefined;
  if (!known.has(text)) known.set(text, parsed(text));
  return known.get(text);
}

/** True when `inner` lies wholly in `outer`. Blocks of two families never do. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when two blocks share an address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

function parsed(text: string): Cidr | undefined {
  const four = Address4.isValid(text);
  if (!four && !Address6.isValid(text)) return undefined;
  const address = four ? new Address4(text) : new Address6(text);
  const first = address.startAddress();
  const prefixLength = address.subnetMask;
  return {
    text,
    family: four ? 4 : 6,
    prefixLength,
    first: first.bigInt(),
    last: address.endAddress().bigInt(),
    canonical: `${first.correctForm()}/${prefixLength}`,
  };
}
