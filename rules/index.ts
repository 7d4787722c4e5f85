import { autoscalingRules } from "./autoscaling";
import { ebsRules } from "./ebs";
import { ec2Rules } from "./ec2";
import { elbRules } from "./elb";
import { iamRules } from "./iam";
import { nameRules } from "./names";
import { rdsRules } from "./rds";
import { route53Rules } from "./route53";
import { secretRules } from "./secrets";
import { securityGroupRules } from "./security-groups";
import { vpcRules } from "./vpc";

export { ACKNOWLEDGEMENT_FINDINGS } from "./acknowledgement-findings";
export type { AcknowledgementOptions } from "./acknowledgement-options";
export { isReason, SHORTEST_REASON, withoutAcknowledgements } from "./acknowledgements";
export { sinceBaseline } from "./baseline";
export { Block, UnknownValueError } from "./values/block";
export { InvalidRuleError, refuseInvalidRules } from "./custom-rules";
export { Estate } from "./estate";
export {
  evaluate,
  locateBySideFile,
  RuleFailedError,
  type AcknowledgedFinding,
  type Finding,
  type Locate,
  type Location,
  type Report,
} from "./evaluate";
export { readJson, UncheckableError } from "./reading/json-file";
export { loadEstate } from "./reading/load";
export { loadPlan } from "./reading/plan";
export { QUOTAS, type Quota, type QuotaName } from "./quotas";
export { reportDocument, reportText } from "./reports/text";
export { reportJunit } from "./reports/junit";
export { reportMarkdown } from "./reports/markdown";
export { reportSarif } from "./reports/sarif";
export type { Resource } from "./resource";
export {
  defineRule,
  each,
  fault,
  type CustomRuleId,
  type EnvironmentRule,
  type Fault,
  type ResourceRule,
  type Rule,
} from "./rule";

/** Every rule of Andamio, service by service. */
export const rules = [
  ...nameRules,
  ...vpcRules,
  ...securityGroupRules,
  ...ec2Rules,
  ...ebsRules,
  ...autoscalingRules,
  ...elbRules,
  ...route53Rules,
  ...rdsRules,
  ...secretRules,
  ...iamRules,
] as const;

/** The id of one of Andamio's rules: a wrong one does not compile. */
export type RuleId = (typeof rules)[number]["id"];
