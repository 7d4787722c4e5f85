export type { LoadBalancerLogBucket, LogDestination, Logs } from "./access-logs";
export type { FixedResponse, RedirectTo } from "./actions";
export type { GroupAlarmOptions, LoadBalancerAlarmOptions } from "./alarms";
export { ApplicationLoadBalancer } from "./application-load-balancer";
export type { Authentication, CognitoAuthentication, OidcAuthentication } from "./authentication";
export type { QueryString, RuleConditions } from "./conditions";
export type {
  Destination,
  ForwardOptions,
  RedirectOptions,
  RespondOptions,
  RouteOptions,
  WeightedDestination,
  WeightedDestinations,
} from "./forward-options";
export { Listener, type ListenerProps } from "./listener";
export type { ApplicationLoadBalancerProps, LoadBalancerProps } from "./load-balancer-props";
export { NetworkListener, type AlpnPolicy, type NetworkListenerProps, type NetworkProtocol } from "./network-listener";
export { NetworkLoadBalancer } from "./network-load-balancer";
export type { ByZone, NetworkForwardOptions, NetworkLoadBalancerProps } from "./network-load-balancer-props";
export { rulePriority } from "./priority";
export type { LoadBalancerTarget, TargetGroupAttachment, TargetGroupSender } from "./target";
export { TargetGroup, type TargetGroupProps } from "./target-group";
export type { HealthCheckOptions, Stickiness, TargetGroupOptions, TargetProtocol } from "./target-group-options";
export type { AddressTargets, InstanceAtPort, InstanceTarget, LambdaTarget, Target, TypedTarget } from "./target-kinds";
export { TrustStore, type MutualTls, type S3File, type TrustStoreLike, type TrustStoreProps } from "./trust-store";
