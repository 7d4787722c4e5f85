import { ebsRules } from "./ebs";
import { ebsAttachmentRules } from "./ebs-attachments";
import { ebsEncryptionRules } from "./ebs-encryption";
import { ec2Rules } from "./ec2";
import { accessRules } from "./ec2-access";
import { hibernationRules } from "./ec2-hibernation";
import { imageRules } from "./ec2-images";
import { placementRules } from "./ec2-placement";
import { elasticIpRules } from "./elastic-ip";
import { securityGroupQuotaRules } from "./security-group-quotas";
import { securityGroupRules } from "./security-groups";
import { vpcRules } from "./vpc";
import { natRules } from "./vpc-nat";
import { vpcQuotaRules } from "./vpc-quotas";

export { sinceBaseline } from "./baseline";
export { Block, UnknownValueError } from "./block";
export { Estate } from "./estate";
export { evaluate, locateBySideFile, type Finding, type Locate, type Location, type Report } from "./evaluate";
export { loadEstate, UncheckableError } from "./load";
export { loadPlan } from "./plan";
export { QUOTAS, type Quota, type QuotaName } from "./quotas";
export { reportDocument, reportText } from "./report";
export { reportJunit } from "./report-junit";
export { reportMarkdown } from "./report-markdown";
export { reportSarif } from "./report-sarif";
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
  ...vpcRules,
  ...natRules,
  ...vpcQuotaRules,
  ...securityGroupRules,
  ...securityGroupQuotaRules,
  ...elasticIpRules,
  ...ec2Rules,
  ...hibernationRules,
  ...accessRules,
  ...imageRules,
  ...placementRules,
  ...ebsRules,
  ...ebsEncryptionRules,
  ...ebsAttachmentRules,
] as const;

/** The id of one of Andamio's rules: a wrong one does not compile. */
export type RuleId = (typeof rules)[number]["id"];
