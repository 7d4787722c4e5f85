import { UnknownValueError } from "../values/block";
import { conflict, sameName, sameNameAndType } from "./groups";
import {
  fullName,
  normalized,
  policyOf,
  typeOf,
  writtenName,
  zoneName,
  zoneOfRecord,
  type RecordSet,
} from "./record-sets";
import { perRecord } from "./records";
import { fault } from "../rule";

const RECORD_SET = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html";
const CHANGE = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html";
const FORMATS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html";
const NAMES = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html";

/** Endings that nobody gives to a name inside of a zone. */
const TOP_LEVEL = ["com", "net", "org", "info", "biz", "edu", "gov", "mil", "int", "arpa"];

export const recordNameRules = [
  perRecord({
    id: "route53-record-cname-apex",
    title: "A CNAME record does not have the name of its zone",
    why: "DNS has no CNAME where there are other records, such as those of the zone itself: AWS refuses it at apply.",
    fix: "Use an alias record (type A or AAAA).",
    source: FORMATS,
    check: (set, estate) => {
      if (typeOf(set) !== "CNAME") return undefined;
      const name = fullName(set, estate);
      const zone = zoneName(zoneOfRecord(set, estate));
      if (zone === undefined) throw new UnknownValueError("zone_id");
      return name === zone ? fault(set.block, "name", "a CNAME record does not have the name of its zone") : undefined;
    },
  }),

  perRecord({
    id: "route53-record-in-zone",
    title: "The name of a record lies in its zone",
    why: "AWS refuses another, or the provider adds the zone's name to it, and the record is one that nobody asks for.",
    fix: "Write the name in the zone, or that part of it that stands before the zone's.",
    source: CHANGE,
    check: (set, estate) => {
      const written = writtenName(set, estate);
      const zone = zoneName(zoneOfRecord(set, estate));
      if (zone === undefined) throw new UnknownValueError("zone_id");
      const name = normalized(written);
      if (name === "" || name === zone || name.endsWith(`.${zone}`) || !isForeign(written, zone)) return undefined;
      return fault(set.block, "name", `the name of a record lies in its zone, ${zone}`);
    },
  }),

  perRecord({
    id: "route53-record-label",
    title: "A name has at most 255 characters, and at most 63 between two dots",
    why: "AWS refuses it at apply.",
    fix: "Shorten it.",
    source: NAMES,
    check: (set, estate) => {
      const problem = lengthProblem(fullName(set, estate));
      return problem === undefined ? undefined : fault(set.block, "name", problem);
    },
  }),

  perRecord({
    id: "route53-record-wildcard",
    title: "An asterisk is all of the first part of a name, and not of an NS record",
    why: "AWS refuses it elsewhere, or takes it for an asterisk, and nothing matches.",
    fix: 'Write "*.example.com".',
    source: RECORD_SET,
    check: (set, estate) => {
      const name = fullName(set, estate);
      if (!name.includes("*")) return undefined;
      const [first, ...rest] = name.split(".");
      if (first !== "*" || rest.some((label) => label.includes("*")))
        return fault(set.block, "name", "an asterisk is all of the first part of a name");
      if (typeOf(set) !== "NS") return undefined;
      return fault(set.block, "name", "an NS record has no wildcard", "Delegate each name by a record of its own.");
    },
  }),

  perRecord({
    id: "route53-record-unique",
    title: "There is one record of a name and type, unless a routing policy tells several apart",
    why: "AWS refuses the second at apply, or with allow_overwrite each apply undoes the other.",
    fix: "Put the values into one record, or give both a routing policy and a set identifier.",
    source: CHANGE,
    check: (set, estate) => {
      if (policyOf(set) !== "simple") return undefined;
      const group = sameNameAndType(set, estate);
      const copies = set.resource.copies;
      if (copies === undefined) throw new UnknownValueError("count");
      // One with a set identifier and no policy is another rule's; so is one beside those that have a policy.
      if (set.block.has("set_identifier")) return undefined;
      if (copies > 1) return fault(set.block, "name", `all ${copies} copies have this name and type`);
      const other = conflict(
        set,
        group,
        estate,
        (one) => policyOf(one) === "simple" && !one.block.has("set_identifier"),
      );
      return other && fault(set.block, "name", `${placeOf(other, set)} has this name and type already`);
    },
  }),

  perRecord({
    id: "route53-record-cname-alone",
    title: "Beside a CNAME record there is no record of another type with its name",
    why: "DNS does not allow it: AWS refuses the second at apply.",
    fix: "Use an alias record, which can stand beside others, or another name.",
    source: FORMATS,
    check: (set, estate) => {
      const type = typeOf(set);
      const other = conflict(
        set,
        sameName(set, estate),
        estate,
        (one) => (type === "CNAME") !== (typeOf(one) === "CNAME"),
      );
      if (!other) return undefined;
      return fault(set.block, "type", `${placeOf(other, set)} is ${typeOf(other)}, of the same name`);
    },
  }),
] as const;

/** What of a name is too long for DNS, or is missing. */
export function lengthProblem(written: string): string | undefined {
  const name = written.replace(/\\[0-7]{3}/g, "x");
  const longest = Math.max(...name.split(".").map((label) => label.length));
  if (longest > 63) return `between two dots are at most 63 characters, here ${longest}`;
  if (name.split(".").slice(0, -1).includes("")) return "between two dots is something";
  return name.length > 255 ? "a name has at most 255 characters" : undefined;
}

/** Whether a name that is not in the zone is meant as a full name. */
function isForeign(written: string, zone: string): boolean {
  const name = normalized(written);
  // The provider takes one that ends with the zone's for one in the zone, a dot between them or not.
  if (written.endsWith(".") || name.endsWith(zone)) return true;
  const [last = ""] = name.split(".").slice(-1);
  return name.includes(".") && (TOP_LEVEL.includes(last) || last === zone.split(".").at(-1));
}

/** How a record is told from one of the same resource or stack. */
export function placeOf({ resource, block }: RecordSet, from: RecordSet): string {
  const address = block.path === "" ? resource.address : `${block.path} of ${resource.address}`;
  return resource.stack.id === from.resource.stack.id ? address : `${address} of ${resource.stack.id}`;
}
