import { UnknownValueError } from "../values/block";
import { known } from "../values/certain";
import type { Estate } from "../estate";
import { LOAD_BALANCERS } from "../elb/types";
import { conflict, isFirst, policyGroup, sameNameAndType, unlessOpen } from "./groups";
import { placeOf } from "./names";
import { policyOf, referredType, typeOf, type RecordSet } from "./record-sets";
import { isAlias, perRecord } from "./records";
import { fault } from "../rule";

const RECORD_SET = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html";
const FAILOVER = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html";
const QUOTAS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html";

/** Seconds for which answers of a load balancer's name are kept. */
const LOAD_BALANCER_TTL = 60;
const MOST_RECORDS = 100;
const MOST_GEOPROXIMITY = 30;

export const recordRoutingRules = [
  perRecord({
    id: "route53-weight-range",
    title: "The weight of a record is 0 to 255",
    why: "AWS refuses it at apply.",
    fix: "Scale the weights of all records of the name.",
    source: RECORD_SET,
    check: (set) => {
      const [block, name] = set.policy("weighted") ?? [];
      const weight = block?.number(name ?? "");
      if (!block || name === undefined || weight === undefined || (weight >= 0 && weight <= 255)) return undefined;
      return fault(block, name, "a weight is 0 to 255");
    },
  }),

  perRecord({
    id: "route53-set-identifier-length",
    title: "A set identifier has at most 128 characters",
    why: "AWS refuses it at apply.",
    fix: "Shorten it.",
    source: RECORD_SET,
    check: ({ block }) => {
      const length = block.string("set_identifier")?.length ?? 0;
      return length > 128 ? fault(block, "set_identifier", "a set identifier has at most 128 characters") : undefined;
    },
  }),

  perRecord({
    id: "route53-set-identifier-policy",
    title: "A record has a set identifier if and only if it has a routing policy",
    why: "AWS refuses one without the other at apply.",
    fix: "Add the routing policy, or drop set_identifier; with a routing policy, add set_identifier.",
    source: RECORD_SET,
    check: (set) => {
      const isSet = set.block.has("set_identifier");
      if (isSet === (policyOf(set) !== "simple")) return undefined;
      const message = isSet ? "a set identifier goes with a routing policy" : "a routing policy has a set identifier";
      return fault(set.block, "set_identifier", message);
    },
  }),

  perRecord({
    id: "route53-set-identifier-unique",
    title: "The records of a name and type have different set identifiers",
    why: "AWS takes the second for the first, and refuses it at apply.",
    fix: "Give each a set identifier of its own.",
    source: RECORD_SET,
    check: (set, estate) => {
      if (policyOf(set) === "simple") return undefined;
      const identifier = set.block.string("set_identifier");
      if (identifier === undefined || identifier === "") return undefined;
      const group = sameNameAndType(set, estate);
      const copies = set.resource.copies;
      if (copies === undefined) throw new UnknownValueError("count");
      if (copies > 1) return fault(set.block, "set_identifier", `all ${copies} copies have this set identifier`);
      const other = conflict(
        set,
        group,
        estate,
        (one) => policyOf(one) !== "simple" && one.block.string("set_identifier") === identifier,
      );
      return other && fault(set.block, "set_identifier", `${placeOf(other, set)} has this set identifier already`);
    },
  }),

  perRecord({
    id: "route53-routing-policy-mixed",
    title: "All records of a name and type have the same routing policy",
    why: "AWS refuses another beside it at apply.",
    fix: "Give all of them one policy; policies are combined by aliases to other names.",
    source: RECORD_SET,
    check: (set, estate) => {
      const policy = policyOf(set);
      const other = conflict(set, sameNameAndType(set, estate), estate, (one) => policyOf(one) !== policy);
      if (!other) return undefined;
      return fault(set.block, "name", `it is ${policy}, ${placeOf(other, set)} is ${policyOf(other)}`);
    },
  }),

  perRecord({
    id: "route53-record-group-quota",
    title: `Of a name and type there are at most ${MOST_RECORDS} records, of geoproximity ${MOST_GEOPROXIMITY}`,
    why: "AWS refuses more at apply.",
    fix: "Use fewer records, or spread them over names that an alias points to.",
    source: QUOTAS,
    severity: "warning",
    check: (set, estate) => {
      const policy = policyOf(set);
      if (policy === "simple" || policy === "failover") return undefined;
      const most = policy === "geoproximity" ? MOST_GEOPROXIMITY : MOST_RECORDS;
      const group = policyGroup(set, policy, estate);
      if (group[most] !== set) return undefined;
      return fault(set.block, "name", `a name and type has at most ${most} such records, this one ${group.length}`);
    },
  }),

  perRecord({
    id: "route53-weighted-ttl",
    title: "Weighted records of a name and type have the same TTL",
    why: "AWS refuses another at apply.",
    fix: "Set the same ttl on all of them.",
    source: RECORD_SET,
    check: (set, estate) => {
      if (policyOf(set) !== "weighted") return undefined;
      const ttl = set.block.number("ttl");
      if (ttl === undefined) return undefined;
      const others = policyGroup(set, "weighted", estate).map((one) => known(() => one.block.number("ttl")));
      const first = others.find((one) => one !== undefined);
      return first === undefined || first === ttl ? undefined : fault(set.block, "ttl", `the others have ${first}`);
    },
  }),

  perRecord({
    id: "route53-weighted-alias-ttl",
    title: "A weighted record beside an alias to a load balancer has a TTL of 60 seconds, as the alias",
    why: "With another, the shares of the records are not those of their weights.",
    fix: "Set ttl to 60.",
    source: RECORD_SET,
    severity: "warning",
    check: (set, estate) => {
      if (policyOf(set) !== "weighted") return undefined;
      const ttl = set.block.number("ttl");
      if (ttl === undefined || ttl === LOAD_BALANCER_TTL) return undefined;
      const isBeside = policyGroup(set, "weighted", estate).some((one) => isLoadBalancerAlias(one, estate));
      return isBeside ? fault(set.block, "ttl", "beside an alias to a load balancer it is 60 seconds") : undefined;
    },
  }),

  perRecord({
    id: "route53-weights-zero",
    title: "Of weighted records, one has a weight above 0",
    why: "Where all are 0, all are answered alike: what was meant to be off is on.",
    fix: "Give one of them a weight, or drop the records.",
    source: RECORD_SET,
    severity: "warning",
    check: (set, estate) => {
      const [block, name = ""] = set.policy("weighted") ?? [];
      if (!block || block.number(name) !== 0) return undefined;
      const group = policyGroup(set, "weighted", estate);
      const weights = group.map((one) => {
        const [holder, argument = ""] = one.policy("weighted") ?? [];
        return holder?.number(argument);
      });
      if (!isFirst(set, group) || weights.some((weight) => weight !== 0)) return undefined;
      unlessOpen(group, "weighted", estate);
      return fault(block, name, "all records of this name have the weight 0");
    },
  }),

  perRecord({
    id: "route53-failover-unique",
    title: "Of a name and type there is one primary record and one secondary",
    why: "AWS refuses the second at apply.",
    fix: "Make one of them the other kind, or drop it.",
    source: RECORD_SET,
    check: (set, estate) => {
      const kind = failoverOf(set);
      if (kind === undefined) return undefined;
      const group = policyGroup(set, "failover", estate);
      const other = conflict(set, group, estate, (one) => failoverOf(one) === kind);
      return other && fault(...argumentOf(set), `${placeOf(other, set)} is ${kind} already`);
    },
  }),

  perRecord({
    id: "route53-failover-health-check",
    title: "A primary record has a health check; one that is an alias may evaluate the health of its target",
    why: "Nothing would tell that it is down: AWS refuses it at apply.",
    fix: "Set health_check_id, or evaluate_target_health = true of an alias.",
    source: FAILOVER,
    check: (set) => {
      if (failoverOf(set) !== "PRIMARY" || set.block.has("health_check_id")) return undefined;
      const alias = isAlias(set) ? set.alias() : undefined;
      if (!alias) return fault(set.block, "health_check_id", "a primary record has a health check");
      if (alias.block.boolean("evaluate_target_health") === true) return undefined;
      const message = "a primary alias evaluates the health of its target, or has a health check";
      return fault(alias.block, "evaluate_target_health", message);
    },
  }),

  perRecord({
    id: "route53-failover-complete",
    title: "A primary record has a secondary one, and the other way round",
    why: "Alone, it fails over to nothing, or is never asked for.",
    fix: "Add the other record, with the same name and type.",
    source: FAILOVER,
    severity: "warning",
    check: (set, estate) => {
      const kind = failoverOf(set);
      if (kind === undefined) return undefined;
      const group = policyGroup(set, "failover", estate);
      const kinds = group.map(failoverOf);
      if (!isFirst(set, group) || (kinds.includes("PRIMARY") && kinds.includes("SECONDARY"))) return undefined;
      unlessOpen(group, "failover", estate);
      const missing = kinds.includes("PRIMARY") ? "SECONDARY" : "PRIMARY";
      return fault(...argumentOf(set), `the ${missing} of this name and type (${typeOf(set)}) is missing`);
    },
  }),
] as const;

/** @throws UnknownValueError */
function failoverOf(set: RecordSet): string | undefined {
  const [block, name] = set.policy("failover") ?? [];
  return block && name !== undefined ? block.string(name) : undefined;
}

function argumentOf(set: RecordSet): readonly [RecordSet["block"], string] {
  return set.policy("failover") ?? [set.block, "name"];
}

/** @throws UnknownValueError */
function isLoadBalancerAlias(set: RecordSet, estate: Estate): boolean {
  const alias = set.alias();
  if (!alias) return false;
  const value = alias.block.raw(alias.name);
  const type = referredType(set.resource, value, estate)?.replace("data.", "") ?? "";
  if ([...LOAD_BALANCERS, "aws_elb"].includes(type)) return true;
  if (estate.target(set.resource.stack, value)) return false;
  return /\.elb\.([a-z0-9-]+\.)?amazonaws\.com\.?$/i.test(alias.block.string(alias.name) ?? "");
}
