import { exposureRules } from "./exposure";
import { groupRules } from "./groups";
import { securityGroupQuotaRules } from "./quotas";

/** Rules of security groups. */
export const securityGroupRules = [...groupRules, ...exposureRules, ...securityGroupQuotaRules] as const;
