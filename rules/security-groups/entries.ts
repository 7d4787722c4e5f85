import type { Block } from "../values/block";
import type { Estate } from "../estate";
import type { Resource } from "../resource";

/** Security-group rules, wherever people write them. */
const RULE_TYPES = [
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
  "aws_security_group_rule",
];
export const ENTRY_TYPES = [...RULE_TYPES, "aws_security_group", "aws_default_security_group"];

export type Direction = "ingress" | "egress";

/** One rule of a security group: a resource of its own, or a block of the group. */
export interface Entry {
  readonly block: Block;
  /** Undefined: what `type` says, which may not be known. */
  readonly direction: Direction | undefined;
  /** The argument with the protocol. */
  readonly protocol: "ip_protocol" | "protocol";
  /** The arguments with blocks of addresses, one text or a list of them. */
  readonly cidrs: readonly string[];
}

const STANDALONE = { protocol: "ip_protocol", cidrs: ["cidr_ipv4", "cidr_ipv6"] } as const;
const CLASSIC = { protocol: "protocol", cidrs: ["cidr_blocks", "ipv6_cidr_blocks"] } as const;

/** The rules that a resource holds. */
export function entriesOf({ type, body }: Resource): Entry[] {
  switch (type) {
    case "aws_vpc_security_group_ingress_rule":
      return [{ block: body, direction: "ingress", ...STANDALONE }];
    case "aws_vpc_security_group_egress_rule":
      return [{ block: body, direction: "egress", ...STANDALONE }];
    case "aws_security_group_rule":
      return [{ block: body, direction: undefined, ...CLASSIC }];
    default:
      return (["ingress", "egress"] as const).flatMap((direction) =>
        body.blocks(direction).map((block) => ({ block, direction, ...CLASSIC })),
      );
  }
}

/** The rules of a group, its own and those of other resources, each with the resource that holds it. */
export function entriesOfGroup(group: Resource, estate: Estate): [Resource, Entry][] {
  const others = RULE_TYPES.flatMap((type) => estate.attached(group, type, "security_group_id"));
  return [group, ...others].flatMap((resource) =>
    entriesOf(resource).map((entry): [Resource, Entry] => [resource, entry]),
  );
}

/** @throws UnknownValueError */
export function directionOf({ block, direction }: Entry): Direction {
  return direction ?? (block.string("type") === "egress" ? "egress" : "ingress");
}

const NAMES: Readonly<Record<string, string>> = { all: "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };

/** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, or another number. @throws UnknownValueError */
export function protocolOf({ block, protocol }: Entry): string | undefined {
  const written = block.string(protocol)?.toLowerCase();
  return written === undefined ? undefined : (NAMES[written] ?? written);
}
