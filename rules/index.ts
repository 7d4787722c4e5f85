import { ebsRules } from "./ebs";
import { ec2Rules } from "./ec2";
import { elasticIpRules } from "./elastic-ip";
import { securityGroupRules } from "./security-groups";
import { vpcRules } from "./vpc";

export { Block, UnknownValueError } from "./block";
export { Estate } from "./estate";
export { evaluate, locateBySideFile, type Finding, type Locate, type Location, type Report } from "./evaluate";
export { loadEstate } from "./load";
export { loadPlan } from "./plan";
export { reportDocument, reportText } from "./report";
export type { Resource } from "./resource";
export { defineRule, each, fault, type CustomRuleId, type EnvironmentRule, type Fault, type ResourceRule, type Rule } from "./rule";

/** Every rule of Andamio, service by service. */
export const rules = [...vpcRules, ...securityGroupRules, ...elasticIpRules, ...ec2Rules, ...ebsRules] as const;

/** The id of one of Andamio's rules: a wrong one does not compile. */
export type RuleId = (typeof rules)[number]["id"];
