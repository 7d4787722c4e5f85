import { listenerRuleRules } from "./listener-rules";
import { listenerRules } from "./listeners";
import { loadBalancerRules } from "./load-balancers";
import { loadBalancerQuotaRules } from "./quotas";
import { reachabilityRules } from "./reachability";
import { targetGroupRules } from "./target-groups";

/** Rules of load balancers, their listeners and target groups. */
export const elbRules = [
  ...loadBalancerRules,
  ...loadBalancerQuotaRules,
  ...reachabilityRules,
  ...targetGroupRules,
  ...listenerRules,
  ...listenerRuleRules,
] as const;
