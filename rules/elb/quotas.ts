import type { Estate } from "../estate";
import { kindOf, LISTENER_RULES, LISTENERS, LOAD_BALANCERS, TARGET_GROUPS, TARGETS } from "./types";
import { quota } from "../quotas";
import type { Resource } from "../resource";

const loadBalancerOf = (listener: Resource, estate: Estate): Resource | undefined =>
  estate.follow(listener, listener.body, "load_balancer_arn", ...LOAD_BALANCERS);

const behindListener = (resource: Resource, estate: Estate): Resource | undefined => {
  const listener = estate.follow(resource, resource.body, "listener_arn", ...LISTENERS);
  return listener && loadBalancerOf(listener, estate);
};

export const loadBalancerQuotaRules = [
  quota({
    id: "load-balancer-application-quota",
    quota: "applicationLoadBalancers",
    types: LOAD_BALANCERS,
    when: (balancer) => kindOf(balancer) === "application",
    argument: "name",
    fewer: "Share a load balancer: one tells hosts and paths apart",
  }),

  quota({
    id: "load-balancer-network-quota",
    quota: "networkLoadBalancers",
    types: LOAD_BALANCERS,
    when: (balancer) => kindOf(balancer) === "network",
    argument: "name",
    fewer: "Share a load balancer",
  }),

  quota({
    id: "load-balancer-listener-quota",
    quota: "listenersPerLoadBalancer",
    types: LISTENERS,
    within: loadBalancerOf,
    argument: "load_balancer_arn",
    fewer: "Use rules in place of listeners",
  }),

  quota({
    id: "load-balancer-rule-quota",
    quota: "rulesPerLoadBalancer",
    types: LISTENER_RULES,
    within: behindListener,
    argument: "listener_arn",
    fewer: "Sum rules up",
  }),

  quota({
    id: "load-balancer-certificate-quota",
    quota: "certificatesPerLoadBalancer",
    types: ["aws_lb_listener_certificate", "aws_alb_listener_certificate"],
    within: behindListener,
    argument: "listener_arn",
    fewer: "Put several names into one certificate",
  }),

  quota({
    id: "target-group-quota",
    quota: "targetGroups",
    types: TARGET_GROUPS,
    argument: "name",
    fewer: "Share target groups",
  }),

  quota({
    id: "target-group-target-quota",
    quota: "targetsPerTargetGroup",
    types: TARGETS,
    within: (target, estate) => estate.follow(target, target.body, "target_group_arn", ...TARGET_GROUPS),
    argument: "target_group_arn",
    fewer: "Use fewer, larger targets",
  }),
] as const;
