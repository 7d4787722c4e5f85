import { UnknownValueError, type Block } from "../values/block";
import type { Estate } from "../estate";
import type { Resource } from "../resource";

/** The provider has two names for each of them. */
export const LOAD_BALANCERS: readonly string[] = ["aws_lb", "aws_alb"];
export const TARGET_GROUPS: readonly string[] = ["aws_lb_target_group", "aws_alb_target_group"];
export const LISTENERS: readonly string[] = ["aws_lb_listener", "aws_alb_listener"];
export const LISTENER_RULES: readonly string[] = ["aws_lb_listener_rule", "aws_alb_listener_rule"];
export const TARGETS: readonly string[] = ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"];

export type LoadBalancerKind = "application" | "network" | "gateway";

const ARN_KINDS: Readonly<Record<string, LoadBalancerKind>> = { app: "application", net: "network", gwy: "gateway" };

/** What kind a load balancer is. @throws UnknownValueError */
export function kindOf({ body }: Resource): LoadBalancerKind {
  return (body.string("load_balancer_type") || "application") as LoadBalancerKind;
}

/** Of what kind of load balancer a listener or a rule of one is. @throws UnknownValueError when it is not here */
export function kindBehind(resource: Resource, estate: Estate): LoadBalancerKind {
  const isRule = LISTENER_RULES.includes(resource.type);
  const name = isRule ? "listener_arn" : "load_balancer_arn";
  const written = resource.body.raw(name);
  const kind = /^arn:[^${}]*:(?:loadbalancer|listener)\/(app|net|gwy)\//.exec(String(written))?.[1];
  if (kind !== undefined) return ARN_KINDS[kind] ?? "application";
  const target = estate.follow(resource, resource.body, name, ...(isRule ? LISTENERS : LOAD_BALANCERS));
  if (!target) throw new UnknownValueError(name);
  return isRule ? kindBehind(target, estate) : kindOf(target);
}

/** What a listener or a rule of one does with a request. */
export function actionsOf({ type, body }: Resource): Block[] {
  return body.blocks(LISTENER_RULES.includes(type) ? "action" : "default_action");
}

/** The arguments of a listener or of a rule that name a target group. */
export function forwards(resource: Resource): [Block, string][] {
  return actionsOf(resource).flatMap((action): [Block, string][] => [
    ...(action.raw("target_group_arn") === undefined ? [] : [[action, "target_group_arn"] as [Block, string]]),
    ...action
      .blocks("forward")
      .flatMap((forward) => forward.blocks("target_group"))
      .map((target): [Block, string] => [target, "arn"]),
  ]);
}

/** The protocol of a listener; one that says none is of HTTP on an Application Load Balancer. @throws UnknownValueError */
export function listenerProtocol(listener: Resource, estate: Estate): string | undefined {
  const written = listener.body.string("protocol")?.toUpperCase();
  if (written !== undefined && written !== "") return written;
  return kindBehind(listener, estate) === "application" ? "HTTP" : undefined;
}
