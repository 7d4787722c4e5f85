import { shown, type Problems } from "../core";
import type { NetworkAclRuleOptions } from "./network-acl";
import type { RouteOptions } from "./route-table";
import type { Tier } from "./tiers";

/** Names become addresses. */
const NAME = /^[a-z][a-z0-9_-]*$/;

/** AWS: 32767 is the rule that denies the rest. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
const LAST_RULE_NUMBER = 32766;

/** A network ACL's rules are told apart by their number: two with one number would overwrite each other. */
export function checkNetworkAcls(tiers: readonly Tier[], problems: Problems): void {
  for (const { name, networkAcl } of tiers) {
    if (!networkAcl) continue;
    checkRules(`networkAcl of tier ${name}, ingress`, networkAcl.ingress, problems);
    checkRules(`networkAcl of tier ${name}, egress`, networkAcl.egress, problems);
  }
}

function checkRules(key: string, rules: Readonly<Record<string, NetworkAclRuleOptions>>, problems: Problems): void {
  const byNumber = new Map<number, string>();
  for (const [name, { number }] of Object.entries(rules)) {
    problems.require(
      Number.isInteger(number) && number >= 1 && number <= LAST_RULE_NUMBER,
      `${key}: ${name} must have a number from 1 to ${LAST_RULE_NUMBER}, got ${shown(number)}`,
    );
    const other = byNumber.get(number);
    if (other !== undefined) problems.add(`${key}: ${name} and ${other} both have number ${number}: give one another`);
    byNumber.set(number, name);
  }
}

/** Names of routes become addresses; routes by zone must fit their tier. */
export function checkRoutes(tiers: readonly Tier[], problems: Problems): void {
  for (const tier of tiers) {
    for (const [name, { via }] of Object.entries(tier.routes ?? {})) {
      problems.require(
        NAME.test(name),
        `routes of tier ${tier.name} must be named with lower-case letters, digits, "_" and "-", got ${shown(name)}`,
      );
      for (const problem of whyNotByZone(tier, name, via)) problems.add(problem);
    }
  }
}

/** What is wrong with a route that goes another way in each zone: it needs a route table for each zone, and a target in each. */
export function whyNotByZone(tier: Tier, route: string, via: RouteOptions["via"]): string[] {
  if (!("byZone" in via)) return [];
  const { name, routing, zones } = tier;
  const missing = zones.filter((zone) => via.byZone[zone] === undefined);
  return [
    ...(routing === "private"
      ? []
      : [
          `route ${shown(route)} of tier ${name} has targets by zone, and its ${routing} subnets share one route table: give one target`,
        ]),
    ...(missing.length === 0
      ? []
      : [`route ${shown(route)} of tier ${name} has no target for zone ${missing.join(", ")}: add it to byZone`]),
  ];
}
