import type { ZoneLetter } from "../vpc";
import type { SecurityGroupLike } from "../ec2";
import type { Destination, WeightedDestinations } from "./forward-options";
import type { LoadBalancerProps } from "./load-balancer-props";
import type { AlpnPolicy, NetworkProtocol } from "./network-listener";
import type { TargetGroupOptions } from "./target-group-options";

/** Something for each zone that the load balancer is in. */
export type ByZone = { readonly [zone in ZoneLetter]?: string };

/** What a Network Load Balancer takes. */
export interface NetworkLoadBalancerProps extends Omit<LoadBalancerProps, "securityGroup"> {
  /**
   * `"none"` is for one that has to be without a group, which AWS offers no way back from: everybody reaches its listeners, and its targets are
   * opened to `ingress` and to the VPC, where health checks come from. Changing from or to none replaces the load balancer.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
   * @default one of its own, which lets its listeners' clients in, and out to its targets only
   */
  readonly securityGroup?: SecurityGroupLike | "none";
  /**
   * Fixed public addresses, one for each zone: new ones, or those of allocation ids that are given. Needs `internetFacing`. Changing it replaces the
   * load balancer; new addresses outlive it.
   * @default none: AWS gives it addresses, which stay as long as it does
   */
  readonly elasticIps?: boolean | ByZone;
  /**
   * Fixed private addresses, one for each zone, out of its subnet there. Not with `internetFacing`. Changing it replaces the load balancer.
   * @default none: AWS chooses them
   */
  readonly privateIps?: ByZone;
  /**
   * Send to targets of all zones, wherever a connection came in. Traffic between zones is paid for.
   * @default true
   */
  readonly crossZone?: boolean;
}

/** What can be said of a group behind a Network Load Balancer. */
type NetworkGroupOptions = Pick<
  TargetGroupOptions,
  | "targetType"
  | "healthCheck"
  | "stickiness"
  | "deregistrationDelaySeconds"
  | "crossZone"
  | "preserveClientIp"
  | "proxyProtocol"
  | "connectionTermination"
>;

/** What `forward` of a Network Load Balancer takes. */
export interface NetworkForwardOptions extends NetworkGroupOptions {
  /**
   * One destination, or several that connections are divided among, in which case the target groups are named `<forward>_<name>`.
   * https://aws.amazon.com/blogs/networking-and-content-delivery/network-load-balancers-now-support-weighted-target-groups
   */
  readonly to: Destination | Pick<WeightedDestinations, "weighted">;
  /** Port that clients come to. A port has one forward. */
  readonly listenerPort: number;
  /**
   * What clients speak. TLS ends at the load balancer and needs its `certificate`.
   * @default "TCP"
   */
  readonly protocol?: NetworkProtocol;
  /**
   * Port that the targets listen on.
   * @default the one that the target knows
   */
  readonly port?: number;
  /**
   * What the targets speak. Changing it replaces the group.
   * @default what clients speak; "TCP" behind TLS
   */
  readonly targetProtocol?: NetworkProtocol;
  /**
   * For TLS: which protocol is chosen of those that a client offers.
   * @default "None"
   */
  readonly alpnPolicy?: AlpnPolicy;
  /**
   * Seconds until a TCP connection on which nothing happens is closed, 60 to 6,000.
   * @default 350
   */
  readonly idleTimeoutSeconds?: number;
}
