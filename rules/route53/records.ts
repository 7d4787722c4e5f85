import { isIPv4, isIPv6 } from "node:net";
import { UnknownValueError, type Block } from "../values/block";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";
import { RECORD_TYPES, recordSets, typeOf, type RecordSet } from "./record-sets";
import { each, fault, rule, type Fault, type ResourceRule } from "../rule";

const API = "https://docs.aws.amazon.com/Route53/latest/APIReference";
const RECORD_SET = `${API}/API_ResourceRecordSet.html`;
const RECORD = `${API}/API_ResourceRecord.html`;
const FORMATS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html";

const LONGEST_TTL = 2_147_483_647;
const LONGEST_TTL_CHECKED = 60;
const LONGEST_VALUE = 4_000;
const LONGEST_TEXT = 255;
const MOST_VALUES = 400;

export const recordRules = [
  perRecord({
    id: "route53-record-ttl",
    title: "A record that is no alias has a TTL",
    why: "AWS refuses it at apply.",
    fix: "Set ttl to how many seconds resolvers may keep it: 300.",
    source: RECORD_SET,
    check: (set) => {
      if (set.block.has("ttl")) return undefined;
      return isAlias(set) ? undefined : fault(set.block, "ttl", "a record that is no alias has a TTL");
    },
  }),

  perRecord({
    id: "route53-record-ttl-range",
    title: "The TTL of a record is 0 to 2,147,483,647 seconds",
    why: "AWS refuses it at apply.",
    fix: "Set ttl to how many seconds resolvers may keep it: 300.",
    source: RECORD_SET,
    check: ({ block }) => {
      const ttl = block.number("ttl");
      if (ttl === undefined || (ttl >= 0 && ttl <= LONGEST_TTL)) return undefined;
      return fault(block, "ttl", "a TTL is 0 to 2,147,483,647 seconds");
    },
  }),

  perRecord({
    id: "route53-record-ttl-health-check",
    title: "A record with a health check has a TTL of 60 seconds at most",
    why: "Resolvers go on answering with what is not healthy until the TTL is over.",
    fix: "Set ttl to 60 or less.",
    source: RECORD_SET,
    severity: "warning",
    check: ({ block }) => {
      if (!block.has("health_check_id")) return undefined;
      const ttl = block.number("ttl");
      if (ttl === undefined || ttl <= LONGEST_TTL_CHECKED || ttl > LONGEST_TTL) return undefined;
      return fault(block, "ttl", "with a health check, a TTL is 60 seconds at most");
    },
  }),

  perRecord({
    id: "route53-record-value",
    title: "A record that is no alias has a value",
    why: "AWS refuses it at apply.",
    fix: "Name its values in records, or drop the record.",
    source: RECORD_SET,
    check: (set) => {
      // Without the argument the provider refuses it by itself.
      if (set.block.raw("records") === undefined || set.block.has("records") || isAlias(set)) return undefined;
      return fault(set.block, "records", "a record that is no alias has a value");
    },
  }),

  ofValues("route53-record-a", "A", "The values of an A record are IPv4 addresses", {
    fits: isIPv4,
    fix: "Write an IPv4 address; a name goes into a CNAME record, a load balancer into an alias.",
  }),

  ofValues("route53-record-aaaa", "AAAA", "The values of an AAAA record are IPv6 addresses", {
    fits: (value) => isIPv6(value) && !value.includes("%"),
    fix: "Write an IPv6 address.",
  }),

  ofValues(
    "route53-record-mx",
    "MX",
    "The values of an MX record are a priority of 0 to 65,535 and the name of a mail server",
    { fits: isMailServer, fix: 'Write "10 mail.example.com".' },
  ),

  ofValues(
    "route53-record-srv",
    "SRV",
    "The values of an SRV record are priority, weight and port, each of 0 to 65,535, and a name",
    { fits: isService, fix: 'Write "1 10 5269 xmpp.example.com".' },
  ),

  ofValues(
    "route53-record-caa",
    "CAA",
    "The values of a CAA record are flags of 0 to 255, a tag, and a value in quotation marks",
    { fits: isAuthorization, fix: 'Write "0 issue \\"amazon.com\\"", with the quotation marks in the value.' },
  ),

  perRecord({
    id: "route53-record-txt",
    title: "The texts of a TXT record have at most 255 characters each, and 4,000 together",
    why: "AWS refuses it at apply.",
    fix: 'Cut it into texts of 255 characters with "\\"\\"" between them; the provider adds the outermost quotation marks.',
    source: FORMATS,
    check: (set) => {
      if (!["TXT", "SPF"].includes(typeOf(set))) return undefined;
      // Of records that stand by themselves the provider adds the outermost quotation marks.
      const isOwn = set.resource.type === "aws_route53_record";
      return each(set.values(), ([block, name]) => {
        const written = block.string(name);
        if (written === undefined) return undefined;
        const problem = textProblem(isOwn ? `"${written}"` : written);
        return problem === undefined ? undefined : fault(block, name, problem);
      });
    },
  }),

  perRecord({
    id: "route53-record-cname-value",
    title: "A CNAME record has one value",
    why: "AWS refuses more at apply.",
    fix: "Keep one, or make several records with a routing policy.",
    source: RECORD,
    check: (set) => {
      if (typeOf(set) !== "CNAME") return undefined;
      const values = knownValues(set);
      const second = values[1];
      return second && fault(...second, `a CNAME record has one value, this has ${values.length}`);
    },
  }),

  perRecord({
    id: "route53-record-values-quota",
    title: `A record has at most ${MOST_VALUES} values`,
    why: "AWS refuses more at apply.",
    fix: "Use fewer values, or several records with a routing policy.",
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html",
    severity: "warning",
    check: (set) => {
      const values = knownValues(set);
      const last = values[MOST_VALUES];
      return last && fault(...last, `a record has at most ${MOST_VALUES} values, this has ${values.length}`);
    },
  }),
] as const;

interface RecordRule<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
  /** @default "error" */
  readonly severity?: "error" | "warning";
  readonly check: (set: RecordSet, estate: Parameters<ResourceRule["check"]>[1]) => ReturnType<ResourceRule["check"]>;
}

/** A rule on each record of a resource. */
export function perRecord<const Id extends string>({ check, ...text }: RecordRule<Id>): ResourceRule<Id> {
  return rule<Id>({
    severity: "error",
    ...text,
    types: RECORD_TYPES,
    check: (resource: Resource, estate): Fault[] => each(recordSets(resource), (set) => check(set, estate)),
  }) as ResourceRule<Id>;
}

function ofValues<const Id extends string>(
  id: Id,
  type: string,
  title: string,
  { fits, fix }: { readonly fits: (value: string) => boolean; readonly fix: string },
): ResourceRule<Id> {
  const message = title.charAt(0).toLowerCase() + title.slice(1);
  return perRecord({
    id,
    title,
    why: "AWS refuses it at apply.",
    fix,
    source: FORMATS,
    check: (set) => {
      if (typeOf(set) !== type) return undefined;
      return each(set.values(), ([block, name]) => {
        const value = block.string(name);
        return value === undefined || fits(value) ? undefined : fault(block, name, message);
      });
    },
  });
}

/** @throws UnknownValueError */
export function isAlias(set: RecordSet): boolean {
  return set.alias()?.block.present() !== undefined;
}

/** @throws UnknownValueError when the list is a reference, which may hold any number */
function knownValues(set: RecordSet): (readonly [Block, string])[] {
  if (isExpression(set.block.raw("records"))) throw new UnknownValueError(set.block.argument("records"));
  return [...set.values()];
}

const isNumber = (text: string | undefined, max: number): boolean =>
  text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= max;

function isMailServer(value: string): boolean {
  const [priority, host, ...more] = value.trim().split(/\s+/);
  return more.length === 0 && isNumber(priority, 65_535) && isHost(host);
}

function isService(value: string): boolean {
  const [priority, weight, port, host, ...more] = value.trim().split(/\s+/);
  return more.length === 0 && [priority, weight, port].every((text) => isNumber(text, 65_535)) && isHost(host);
}

/** A name, or the dot that stands for none. */
function isHost(text: string | undefined): boolean {
  return text !== undefined && /^(\.|[A-Za-z0-9_*\\-][A-Za-z0-9_.*\\-]*)$/.test(text);
}

function isAuthorization(value: string): boolean {
  const [, flags, tag] = /^(\d{1,3})\s+([A-Za-z0-9]+)\s+"[^"]*"$/.exec(value.trim()) ?? [];
  return tag !== undefined && isNumber(flags, 255);
}

/** What is wrong with texts in quotation marks. */
function textProblem(value: string): string | undefined {
  if (value.length > LONGEST_VALUE) return "a value has at most 4,000 characters";
  if (!/^(\s*"(?:[^"\\]|\\.)*")+\s*$/s.test(value))
    return 'a value is texts in quotation marks; a quotation mark inside of one is \\"';
  const longest = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/gs)]
    // \ and three octal digits are one character, and so is \ and another.
    .map(([, text = ""]) => text.replace(/\\[0-7]{3}|\\./gs, "x").length)
    .reduce((most, length) => Math.max(most, length), 0);
  return longest > LONGEST_TEXT ? `a text has at most 255 characters, this has ${longest}` : undefined;
}
