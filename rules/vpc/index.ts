import { natRules } from "./nat";
import { networkRules } from "./networks";
import { vpcQuotaRules } from "./quotas";

/** Rules of VPC, subnets and routes. */
export const vpcRules = [...networkRules, ...natRules, ...vpcQuotaRules] as const;
