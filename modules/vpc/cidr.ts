import { Address4 } from "ip-address";

/** The two kinds of addresses. */
export type IpFamily = "ipv4" | "ipv6";

/** The family of a block: what is said, else what it is written as. A reference is not written as either. */
export function familyOf(cidr: string, family?: IpFamily): IpFamily {
  return family ?? (cidr.includes(":") ? "ipv6" : "ipv4");
}

/** True for an IPv4 block in CIDR notation. */
export function isCidr(text: string): boolean {
  return text.includes("/") && Address4.isValid(text);
}

/** The prefix length of a block: 16 of `10.0.0.0/16`. */
export function prefixLength(cidr: string): number {
  return new Address4(cidr).subnetMask;
}

/** The block written with its network address: `10.0.0.0/16` of `10.0.3.7/16`. */
export function networkOf(cidr: string): string {
  const block = new Address4(cidr);
  return `${block.startAddress().correctForm()}/${block.subnetMask}`;
}

/** True when `inner` lies wholly in `outer`. */
export function contains(outer: string, inner: string): boolean {
  return new Address4(inner).isInSubnet(new Address4(outer)) && prefixLength(inner) >= prefixLength(outer);
}

/** True when two blocks share an address. */
export function overlaps(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}
