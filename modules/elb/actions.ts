import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { authenticationAction, type Authentication } from "./authentication";

/** Where a request is sent instead: what is not said stays as it was asked for. */
export interface RedirectTo {
  /** @default the request's */
  readonly protocol?: "HTTP" | "HTTPS";
  /**
   * Host, which may hold `#{host}`: `www.#{host}`.
   * @default the request's
   */
  readonly host?: string;
  /** @default the request's */
  readonly port?: number;
  /**
   * Path, beginning with `/`; it may hold `#{host}`, `#{path}` (without its first `/`) and `#{port}`.
   * @default the request's
   */
  readonly path?: string;
  /**
   * Query without the `?`; it may hold `#{query}`.
   * @default the request's
   */
  readonly query?: string;
  /**
   * Say that it is so for ever (301), which browsers remember, or for now (302).
   * @default true
   */
  readonly permanent?: boolean;
}

/** An answer that the load balancer gives by itself. */
export interface FixedResponse {
  /** 200 to 599 except 3xx. */
  readonly statusCode: number;
  /** @default "text/plain" */
  readonly contentType?: "text/plain" | "text/css" | "text/html" | "application/javascript" | "application/json";
  /**
   * At most 1,024 characters.
   * @default none
   */
  readonly body?: string;
}

/** One of the groups that requests are divided among. */
export interface WeightedGroup {
  readonly arn: string;
  readonly weight: number;
}

/** Sends to one group. */
export function forwardAction(arn: string): LbListenerRuleAction {
  return { type: "forward", targetGroupArn: arn };
}

/** Divides requests among groups; with a duration, a client stays with the group that it got. */
export function weightedAction(groups: readonly WeightedGroup[], stickySeconds?: number): LbListenerRuleAction {
  const stickiness = stickySeconds === undefined ? undefined : { enabled: true, duration: stickySeconds };
  return { type: "forward", forward: { targetGroup: groups.map(({ arn, weight }) => ({ arn, weight })), stickiness } };
}

/** Sends the client elsewhere. */
export function redirectAction({ permanent, port, ...to }: RedirectTo): LbListenerRuleAction {
  const statusCode = permanent === false ? "HTTP_302" : "HTTP_301";
  return { type: "redirect", redirect: { ...to, port: port?.toString(), statusCode } };
}

/** Answers without a target. */
export function fixedResponseAction({ statusCode, contentType, body }: FixedResponse): LbListenerRuleAction {
  return {
    type: "fixed-response",
    fixedResponse: { statusCode: `${statusCode}`, contentType: contentType ?? "text/plain", messageBody: body },
  };
}

/** The actions in their order: who asks first, then what for. */
export function withAuthentication(
  action: LbListenerRuleAction,
  authentication: Authentication | undefined,
): LbListenerRuleAction[] {
  if (!authentication) return [action];
  return [
    { ...authenticationAction(authentication), order: 1 },
    { ...action, order: 2 },
  ];
}
