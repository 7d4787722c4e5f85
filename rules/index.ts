import { auroraRules } from "./aurora";
import { autoscalingRules } from "./autoscaling";
import { autoscalingMixedRules } from "./autoscaling-mixed";
import { autoscalingPolicyRules } from "./autoscaling-policies";
import { autoscalingScheduleRules } from "./autoscaling-schedules";
import { ebsRules } from "./ebs";
import { ebsAttachmentRules } from "./ebs-attachments";
import { ebsEncryptionRules } from "./ebs-encryption";
import { ec2Rules } from "./ec2";
import { accessRules } from "./ec2-access";
import { capacityRules } from "./ec2-capacity";
import { hibernationRules } from "./ec2-hibernation";
import { imageRules } from "./ec2-images";
import { instanceOptionRules } from "./ec2-options";
import { placementRules } from "./ec2-placement";
import { placementGroupRules } from "./ec2-placement-groups";
import { stoppedRules } from "./ec2-stopped";
import { elasticIpRules } from "./elastic-ip";
import { iamRules } from "./iam";
import { launchTemplateRules } from "./launch-template";
import { listenerRuleRules } from "./listener-rules";
import { listenerRules } from "./listeners";
import { loadBalancerQuotaRules } from "./load-balancer-quotas";
import { reachabilityRules } from "./load-balancer-reachability";
import { loadBalancerRules } from "./load-balancers";
import { nameRules } from "./names";
import { rdsRules } from "./rds";
import { rdsCredentialRules } from "./rds-credentials";
import { rdsGp3Rules } from "./rds-gp3";
import { rdsNetworkRules } from "./rds-network";
import { rdsProtectionRules } from "./rds-protection";
import { rdsReplicaRules } from "./rds-replicas";
import { rdsStorageRules } from "./rds-storage";
import { rdsVersionRules } from "./rds-versions";
import { rdsWindowRules } from "./rds-windows";
import { policyVariableRules } from "./policy-variables";
import { aliasRules } from "./route53-aliases";
import { dnssecRules } from "./route53-dnssec";
import { geolocationRules } from "./route53-geolocation";
import { healthCheckRules } from "./route53-health-checks";
import { recordNameRules } from "./route53-names";
import { recordRules } from "./route53-records";
import { recordRoutingRules } from "./route53-routing";
import { zoneRules } from "./route53-zones";
import { secretRules } from "./secrets";
import { schedulerRules } from "./scheduler";
import { exposureRules } from "./security-group-exposure";
import { securityGroupQuotaRules } from "./security-group-quotas";
import { securityGroupRules } from "./security-groups";
import { targetGroupRules } from "./target-groups";
import { vpcRules } from "./vpc";
import { natRules } from "./vpc-nat";
import { vpcQuotaRules } from "./vpc-quotas";

export { ACKNOWLEDGEMENT_FINDINGS } from "./acknowledgement-findings";
export type { AcknowledgementOptions } from "./acknowledgement-options";
export { isReason, SHORTEST_REASON, withoutAcknowledgements } from "./acknowledgements";
export { sinceBaseline } from "./baseline";
export { Block, UnknownValueError } from "./block";
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
export { readJson, UncheckableError } from "./json-file";
export { loadEstate } from "./load";
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
  ...nameRules,
  ...vpcRules,
  ...natRules,
  ...vpcQuotaRules,
  ...securityGroupRules,
  ...exposureRules,
  ...securityGroupQuotaRules,
  ...elasticIpRules,
  ...ec2Rules,
  ...capacityRules,
  ...instanceOptionRules,
  ...stoppedRules,
  ...hibernationRules,
  ...accessRules,
  ...imageRules,
  ...placementRules,
  ...placementGroupRules,
  ...schedulerRules,
  ...ebsRules,
  ...ebsEncryptionRules,
  ...ebsAttachmentRules,
  ...launchTemplateRules,
  ...autoscalingRules,
  ...autoscalingMixedRules,
  ...autoscalingPolicyRules,
  ...autoscalingScheduleRules,
  ...loadBalancerRules,
  ...loadBalancerQuotaRules,
  ...reachabilityRules,
  ...targetGroupRules,
  ...listenerRules,
  ...listenerRuleRules,
  ...zoneRules,
  ...dnssecRules,
  ...recordRules,
  ...recordNameRules,
  ...recordRoutingRules,
  ...geolocationRules,
  ...aliasRules,
  ...healthCheckRules,
  ...rdsRules,
  ...rdsCredentialRules,
  ...rdsStorageRules,
  ...rdsGp3Rules,
  ...rdsWindowRules,
  ...rdsReplicaRules,
  ...rdsNetworkRules,
  ...rdsProtectionRules,
  ...rdsVersionRules,
  ...auroraRules,
  ...secretRules,
  ...iamRules,
  ...policyVariableRules,
] as const;

/** The id of one of Andamio's rules: a wrong one does not compile. */
export type RuleId = (typeof rules)[number]["id"];
