import { Address4, Address6 } from "ip-address";

/** One CIDR block, IPv4 or IPv6. Undefined for anything else. */
export type Cidr = Address4 | Address6;

/** Reads `10.0.0.0/16` or `2001:db8::/56`; a text without a prefix length is no block. */
export function cidr(text: string | undefined): Cidr | undefined {
  if (text === undefined || !text.includes("/")) return undefined;
  if (Address4.isValid(text)) return new Address4(text);
  return Address6.isValid(text) ? new Address6(text) : undefined;
}

/** True when `inner` lies wholly in `outer`. Blocks of two families never do. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.v4 === inner.v4 && inner.subnetMask >= outer.subnetMask && inner.isInSubnet(outer as never);
}

/** True when two blocks share an address. */
export function overlaps(one: Cidr, other: Cidr): boolean {
  return contains(one, other) || contains(other, one);
}
