import { cidr } from "../vpc/cidr";
import type { Block } from "../values/block";
import { pattern } from "../kinds";
import { ENTRY_TYPES, entriesOf, protocolOf } from "./entries";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const CREATE_GROUP = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html";
const AUTHORIZE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html";
const PERMISSION = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html";
const IP_RANGE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html";

const TEXT = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const TEXT_RULE = "is at most 255 of a-z, A-Z, 0-9, space and ._-:/()#,@[]+=&;{}!$*";
const TEXT_FIX = "Write it with these characters: no accents, quotes or other punctuation.";

const ALL_PROTOCOLS = 'a rule for all protocols ("-1") names no ports';
const PORT_ORDER = "from_port is not greater than to_port";

/** First and last port by protocol; of ICMP they are type and code. */
const PORTS: Readonly<Record<string, readonly [number, number]>> = {
  tcp: [0, 65_535],
  udp: [0, 65_535],
  icmp: [-1, 255],
  icmpv6: [-1, 255],
};

export const groupRules = [
  pattern({
    id: "security-group-name",
    types: ["aws_security_group"],
    argument: "name",
    what: "the name of a security group",
    matches: TEXT,
    rule: TEXT_RULE,
    fix: TEXT_FIX,
    source: CREATE_GROUP,
  }),

  pattern({
    id: "security-group-description",
    types: ["aws_security_group"],
    argument: "description",
    what: "the description of a security group",
    matches: TEXT,
    rule: TEXT_RULE,
    fix: TEXT_FIX,
    source: CREATE_GROUP,
  }),

  pattern({
    id: "security-group-rule-description",
    types: ENTRY_TYPES,
    blocks: (resource) => entriesOf(resource).map(({ block }) => block),
    argument: "description",
    what: "the description of a rule",
    matches: TEXT,
    rule: TEXT_RULE,
    fix: TEXT_FIX,
    source: IP_RANGE,
    // The description of the group itself is another rule's.
    when: (block, { type }) => block.path !== "" || !type.endsWith("security_group"),
  }),

  rule({
    id: "security-group-port-order",
    types: ENTRY_TYPES,
    title: "The first port of a rule is not greater than its last",
    why: "AWS refuses it at apply.",
    fix: "Swap the two.",
    source: PERMISSION,
    severity: "error",
    check: (resource) =>
      each(entriesOf(resource), (entry) => {
        const { block } = entry;
        // Of ICMP they are type and code.
        if (["icmp", "icmpv6", "-1"].includes(protocolOf(entry) ?? "")) return undefined;
        const [from, to] = [block.number("from_port"), block.number("to_port")];
        return from === undefined || to === undefined || from <= to ? undefined : fault(block, "from_port", PORT_ORDER);
      }),
  }),

  rule({
    id: "security-group-port-range",
    types: ENTRY_TYPES,
    title: "The ports of a rule are 0 to 65,535; an ICMP type or code is -1 to 255",
    why: "There are no others: AWS refuses it at apply.",
    fix: "Correct the port.",
    source: PERMISSION,
    severity: "error",
    check: (resource) =>
      each(entriesOf(resource), (entry) => {
        const range = PORTS[protocolOf(entry) ?? ""];
        if (!range) return undefined;
        const [least, most] = range;
        return each(["from_port", "to_port"], (name) => {
          const port = entry.block.number(name);
          if (port === undefined || (Number.isInteger(port) && port >= least && port <= most)) return undefined;
          return fault(entry.block, name, `it is a whole number from ${least} to ${most}`);
        });
      }),
  }),

  rule({
    id: "security-group-cidr",
    types: ENTRY_TYPES,
    title: "The addresses of a rule are a CIDR block, written with its own first address",
    why: "Terraform or AWS refuses it, at plan or at apply.",
    fix: "Write the block as 203.0.113.0/24 or 2001:db8::/32; one address is a /32 or a /128.",
    source: IP_RANGE,
    severity: "error",
    check: (resource) =>
      each(entriesOf(resource), ({ block: entry, cidrs }) =>
        each(
          cidrs.flatMap((argument) => entry.list(argument).map(([block, name]) => ({ argument, block, name }))),
          ({ argument, block, name }) => wrongBlock(argument.includes("ipv6") ? 6 : 4, block, name),
        ),
      ),
  }),

  rule({
    id: "security-group-all-protocols-ports",
    types: ENTRY_TYPES,
    title: 'A rule for all protocols ("-1") names no ports',
    why: "With all protocols come all ports: AWS refuses it at apply, or opens more than it seems.",
    fix: 'Drop from_port and to_port (0 where they must be set), or name the protocol ("tcp").',
    source: AUTHORIZE,
    severity: "error",
    check: (resource) =>
      each(entriesOf(resource), (entry) => {
        if (protocolOf(entry) !== "-1" || namesAllPorts(resource)) return undefined;
        const { block } = entry;
        return each(["from_port", "to_port"], (name) => {
          // As resources of their own, rules need no ports; elsewhere the provider wants a 0.
          const isSet = entry.protocol === "ip_protocol" ? block.has(name) : (block.number(name) ?? 0) !== 0;
          return isSet ? fault(block, name, ALL_PROTOCOLS) : undefined;
        });
      }),
  }),
] as const;

/** Whether a rule of the older kind names all ports: the provider leaves these out, and nothing is open but what it says. */
function namesAllPorts({ type, body }: Resource): boolean {
  if (type !== "aws_security_group_rule") return false;
  const [first, last] = [body.number("from_port"), body.number("to_port")];
  return (first === 0 && last === 65_535) || (first === -1 && last === -1);
}

function wrongBlock(family: 4 | 6, block: Block, name: string): Fault | undefined {
  const written = block.string(name);
  if (written === undefined) return undefined;
  const read = cidr(written);
  if (read?.family !== family) return fault(block, name, `it is a block of IPv${family} addresses`);
  // An address of IPv6 can be written in several ways: it is compared as a number.
  const address = cidr(`${written.slice(0, written.indexOf("/"))}/${family === 4 ? 32 : 128}`);
  return address?.first === read.first
    ? undefined
    : fault(block, name, `a block begins with its own first address: ${read.canonical}`);
}
