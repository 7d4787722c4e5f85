import { shown, type Problems } from "../core";
import type { NetworkAclRuleOptions } from "./network-acl";
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

/** Routes by zone need a route table for each zone, and a target in each. */
export function checkRoutes(tiers: readonly Tier[], problems: Problems): void {
  for (const { name: tier, routing, zones, routes = {} } of tiers) {
    for (const [name, { via }] of Object.entries(routes)) {
      problems.require(
        NAME.test(name),
        `routes of tier ${tier} must be named with lower-case letters, digits, "_" and "-", got ${shown(name)}`,
      );
      if (!("byZone" in via)) continue;
      problems.require(
        routing === "private",
        `route ${shown(name)} of tier ${tier} has targets by zone, and its ${routing} subnets share one route table: give one target`,
      );
      const missing = zones.filter((zone) => via.byZone[zone] === undefined);
      problems.require(
        missing.length === 0,
        `route ${shown(name)} of tier ${tier} has no target for zone ${missing.join(", ")}: add it to byZone`,
      );
    }
  }
}
