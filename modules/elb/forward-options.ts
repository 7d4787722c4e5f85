import type { FixedResponse, RedirectTo } from "./actions";
import type { Authentication } from "./authentication";
import type { RuleConditions } from "./conditions";
import type { TargetGroup } from "./target-group";
import type { TargetGroupOptions } from "./target-group-options";
import type { Target } from "./target-kinds";

/** Where requests can go: a target, several in one group, or a group that was made by hand. */
export type Destination = Target | readonly Target[] | TargetGroup;

/** Destinations that requests are divided among, by a name of your own. */
export interface WeightedDestinations {
  readonly weighted: Readonly<Record<string, WeightedDestination>>;
  /**
   * Seconds, 1 to 604,800, in which a client stays with the group that it got.
   * @default each request anew
   */
  readonly stickySeconds?: number;
}

/** One of several. */
export interface WeightedDestination {
  readonly to: Destination;
  /** Share of the requests, 0 to 999, against the sum of all. */
  readonly weight: number;
  /** @default that of `forward` */
  readonly port?: number;
}

/** Which listener a request comes to, and what it must be like. */
export interface RouteOptions extends RuleConditions {
  /**
   * Port that clients come to.
   * @default 443
   */
  readonly listenerPort?: number;
  /**
   * What the listener speaks. All that is said of one port must say the same.
   * @default "HTTP" at port 80, "HTTPS" at all others
   */
  readonly listenerProtocol?: "HTTP" | "HTTPS";
  /**
   * Place among the rules of the listener, 1 to 50,000: the lower number is looked at first. Changing it changes the rule in place.
   * @default made from the rule itself, 1,000 or more: exact hosts first, long paths before short ones
   */
  readonly priority?: number;
  /**
   * Let users sign in first. HTTPS listeners only.
   * @default no
   */
  readonly authenticate?: Authentication;
}

/** What `forward` of an Application Load Balancer takes. Without conditions it is the listener's default. */
export interface ForwardOptions extends RouteOptions, TargetGroupOptions {
  readonly to: Destination | WeightedDestinations;
  /**
   * Port that the targets listen on.
   * @default the one that the target knows
   */
  readonly port?: number;
  /**
   * Share of the listener's default, 0 to 999: forwards without conditions that all have a weight divide it among themselves.
   * @default all of it
   */
  readonly weight?: number;
}

/** What `redirect` takes. */
export interface RedirectOptions extends RouteOptions {
  readonly to: RedirectTo;
}

/** What `respond` takes. */
export interface RespondOptions extends RouteOptions, FixedResponse {}

/** What is said of the group, out of options that say more. */
export function targetGroupOptions(options: TargetGroupOptions): TargetGroupOptions {
  const { protocol, protocolVersion, targetType, healthCheck, stickiness, slowStartSeconds } = options;
  const { deregistrationDelaySeconds, algorithm, anomalyMitigation, crossZone, preserveClientIp } = options;
  const { proxyProtocol, connectionTermination, multiValueHeaders } = options;
  return {
    protocol,
    protocolVersion,
    targetType,
    healthCheck,
    stickiness,
    slowStartSeconds,
    deregistrationDelaySeconds,
    algorithm,
    anomalyMitigation,
    crossZone,
    preserveClientIp,
    proxyProtocol,
    connectionTermination,
    multiValueHeaders,
  };
}

/** True for a group that was made by hand. */
export function isTargetGroup(to: Destination | Pick<WeightedDestinations, "weighted">): to is TargetGroup {
  return "belongTo" in to;
}

/** Everything that a destination names, as a list. */
export function targetsOf(to: Exclude<Destination, TargetGroup>): readonly Target[] {
  return isList(to) ? to : [to];
}

function isList(to: Target | readonly Target[]): to is readonly Target[] {
  return Array.isArray(to);
}
