import type { Block } from "../values/block";
import { cidr, type Cidr } from "../vpc/cidr";
import type { Estate } from "../estate";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";
import { directionOf, ENTRY_TYPES, entriesOf, protocolOf, type Entry } from "./entries";

const GROUPS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html";

interface Service {
  readonly port: number;
  readonly name: string;
  readonly protocols: readonly string[];
}

/** Ways in for whoever guesses a password or has a leaked key. */
const REMOTE_ACCESS: readonly Service[] = [
  { port: 22, name: "SSH", protocols: ["tcp", "-1"] },
  { port: 3389, name: "RDP", protocols: ["tcp", "udp", "-1"] },
];

/** Where data lies, and what runs other people's programs: none of it is made to face strangers. */
const DATA: readonly Service[] = [
  tcp(1433, "SQL Server"),
  tcp(1521, "Oracle"),
  tcp(2375, "the Docker API"),
  tcp(3306, "MySQL"),
  tcp(5432, "PostgreSQL"),
  tcp(6379, "Redis"),
  tcp(6443, "the Kubernetes API"),
  tcp(9200, "OpenSearch"),
  tcp(10_250, "the kubelet"),
  { port: 11_211, name: "Memcached", protocols: ["tcp", "udp"] },
  tcp(27_017, "MongoDB"),
];

function tcp(port: number, name: string): Service {
  return { port, name, protocols: ["tcp"] };
}

export const exposureRules = [
  rule({
    id: "security-group-remote-access-open",
    types: ENTRY_TYPES,
    title: "SSH (22) and RDP (3389) are not open to the world",
    why: "Such ports are tried by strangers within minutes.",
    fix: "Allow the addresses that need it, or use Session Manager, which needs no open port.",
    source: GROUPS,
    severity: "error",
    locked: true,
    check: (resource, estate) =>
      each(entriesOf(resource), (entry) => openToWorld(resource, entry, REMOTE_ACCESS, estate)),
  }),

  rule({
    id: "security-group-data-port-open",
    types: ENTRY_TYPES,
    title: "Ports of databases, caches and orchestrators are not open to the world",
    why: "They are found by scans within hours, and a weak password, or a fault in the server, is enough to lose the data.",
    fix: "Allow the security group of what uses it, or the addresses that need it.",
    source: GROUPS,
    severity: { sandbox: "high", development: "critical", staging: "critical", production: "critical" },
    locked: true,
    check: (resource, estate) =>
      each(entriesOf(resource), (entry) => {
        // What opens SSH as well is told by that.
        if (REMOTE_ACCESS.some((service) => lets(entry, service))) return undefined;
        return openToWorld(resource, entry, DATA, estate);
      }),
  }),
] as const;

/** The services among these that a rule opens to everybody. @throws UnknownValueError */
function openToWorld(resource: Resource, entry: Entry, services: readonly Service[], estate: Estate): Fault[] {
  if (directionOf(entry) !== "ingress") return [];
  const open = services.filter((service) => lets(entry, service));
  if (open.length === 0) return [];
  const what = open.map(({ name, port }) => `${name} (${port})`).join(" and ");
  return each(sourcesOf(resource, entry, estate), ({ block, name, address }) =>
    isWorld(cidr(address()))
      ? fault(block, name, `${what} ${open.length > 1 ? "are" : "is"} open to the world`)
      : undefined,
  );
}

function lets(entry: Entry, { port, protocols }: Service): boolean {
  const protocol = protocolOf(entry);
  if (protocol === undefined || !protocols.includes(protocol)) return false;
  if (protocol === "-1") return true;
  const [from, to] = [entry.block.number("from_port"), entry.block.number("to_port")];
  return from !== undefined && to !== undefined && from <= port && port <= to;
}

/** One block of addresses that a rule lets in, and the argument that says so. */
interface Source {
  readonly block: Block;
  readonly name: string;
  /** @throws UnknownValueError */
  readonly address: () => string | undefined;
}

function sourcesOf({ stack }: Resource, { block: entry, cidrs }: Entry, estate: Estate): Source[] {
  const written = cidrs
    .flatMap((argument) => entry.list(argument))
    .map(([block, name]): Source => ({ block, name, address: () => block.string(name) }));
  const listed = ["prefix_list_id", "prefix_list_ids"]
    .flatMap((argument) => entry.list(argument))
    .flatMap(([block, name]) => {
      const blocks = estate.target(stack, block.raw(name))?.body.blocks("entry") ?? [];
      return blocks.map((listed): Source => ({ block, name, address: () => listed.string("cidr") }));
    });
  return [...written, ...listed];
}

/** So wide that it is everybody's: `0.0.0.0/0`, `::/0`, and the halves of them. */
function isWorld(block: Cidr | undefined): boolean {
  return block !== undefined && block.prefixLength < (block.family === 4 ? 8 : 4);
}
