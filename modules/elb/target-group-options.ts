import type { LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import type { TargetGroupAttachment } from "./target";

/** How the load balancer speaks to the targets: HTTP and HTTPS from an Application Load Balancer, the others from a Network Load Balancer. */
export type TargetProtocol = "HTTP" | "HTTPS" | "TCP" | "TLS" | "UDP" | "TCP_UDP";

/**
 * How it finds out which targets work.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface HealthCheckOptions {
  /**
   * What it speaks.
   * @default the group's own if it is HTTP or HTTPS; for an Application Load Balancer HTTPS at port 443, else HTTP; for all others TCP
   */
  readonly protocol?: "HTTP" | "HTTPS" | "TCP";
  /**
   * What is asked for, for HTTP and HTTPS.
   * @default "/"; "/AWS.ALB/healthcheck" for gRPC
   */
  readonly path?: string;
  /**
   * Answers that mean healthy, for HTTP and HTTPS: `200`, `200-299`, `200,301`. For gRPC a status of its own, 0 to 99.
   * @default "200"; "200-399" behind a Network Load Balancer; "12" for gRPC
   */
  readonly matcher?: string;
  /**
   * Port to ask at; the load balancer is let through to it too.
   * @default the one that traffic goes to
   */
  readonly port?: number;
  /**
   * Seconds between two checks, 5 to 300.
   * @default 30
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds without an answer that count as a failure, 2 to 120 and less than the interval.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
   * @default AWS's for the protocol and the type of target, 5 to 30
   */
  readonly timeoutSeconds?: number;
  /**
   * Successes in a row until a target counts as healthy, 2 to 10.
   * @default 3
   */
  readonly healthyThreshold?: number;
  /**
   * Failures in a row until a target counts as unhealthy, 2 to 10.
   * @default 3
   */
  readonly unhealthyThreshold?: number;
}

/**
 * What keeps a client with one target: a cookie of the load balancer's, one of the application's, or (Network Load Balancers) the client's
 * address. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html
 */
export type Stickiness =
  | {
      readonly type: "lb_cookie";
      /**
       * Seconds, 1 to 604,800 (seven days).
       * @default 86400
       */
      readonly durationSeconds?: number;
    }
  | {
      readonly type: "app_cookie";
      /** The application's cookie. Not `AWSALB`, `AWSALBAPP` or `AWSALBTG`, which are the load balancer's. */
      readonly cookieName: string;
      /**
       * Seconds, 1 to 604,800 (seven days).
       * @default 86400
       */
      readonly durationSeconds?: number;
    }
  | { readonly type: "source_ip" };

/** What can be said of a target group, wherever it is made. */
export interface TargetGroupOptions {
  /**
   * How the load balancer speaks to the targets. Changing it replaces the group, in use: the new one is there before the old one goes.
   * @default "HTTP"; behind a Network Load Balancer what its listener speaks, and TCP behind TLS
   */
  readonly protocol?: TargetProtocol;
  /**
   * Version of HTTP that the targets speak. Changing it replaces the group. HTTP2 and GRPC need an HTTPS listener.
   * @default "HTTP1"
   */
  readonly protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
  /**
   * What is registered. Changing it replaces the group.
   * @default what the targets are; "instance" for none
   */
  readonly targetType?: TargetGroupAttachment["targetType"];
  /** @default as `HealthCheckOptions` says; none for Lambda functions, as AWS does */
  readonly healthCheck?: HealthCheckOptions;
  /** @default none: any request to any target */
  readonly stickiness?: Stickiness;
  /**
   * Seconds in which a new target is given more and more requests, 30 to 900. Application Load Balancers only, and not with
   * the algorithm `least_outstanding_requests`.
   * @default none
   */
  readonly slowStartSeconds?: number;
  /**
   * Seconds that a target which goes away has for the requests that it is working on, 0 to 3,600.
   * @default 300
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * How a target is chosen. Application Load Balancers only.
   * @default "round_robin"
   */
  readonly algorithm?: "round_robin" | "least_outstanding_requests" | "weighted_random";
  /**
   * Send less to targets that answer worse than the others; needs the algorithm `weighted_random`.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/automatic-target-weights.html
   * @default false
   */
  readonly anomalyMitigation?: boolean;
  /**
   * Send to targets of all zones, wherever a request came in.
   * @default as the load balancer does
   */
  readonly crossZone?: boolean;
  /**
   * Let targets see the client's address as the sender's. Network Load Balancers only.
   * @default AWS's: true for instances and for UDP, false for addresses with TCP or TLS
   */
  readonly preserveClientIp?: boolean;
  /**
   * Begin each connection with a proxy protocol (version 2) header, which the targets must understand. Network Load Balancers only.
   * @default false
   */
  readonly proxyProtocol?: boolean;
  /**
   * Close connections when the deregistration delay is over. Network Load Balancers only.
   * @default false; AWS does so anyway for UDP
   */
  readonly connectionTermination?: boolean;
  /**
   * Give a Lambda function all values of a header or a query parameter instead of the last one.
   * @default false
   */
  readonly multiValueHeaders?: boolean;
}

type HealthCheckArguments = NonNullable<LbTargetGroupConfig["healthCheck"]>;

/** True for what only Network Load Balancers speak. */
export function isNetworkProtocol(protocol: TargetProtocol): boolean {
  return protocol !== "HTTP" && protocol !== "HTTPS";
}

/** The health check as the resource takes it, defaults written out; none for a Lambda function that nothing was said about. */
export function healthCheckArguments(
  options: TargetGroupOptions,
  protocol: TargetProtocol,
  targetType: TargetGroupAttachment["targetType"],
  port?: number,
): HealthCheckArguments | undefined {
  const { healthCheck, protocolVersion } = options;
  const { intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = healthCheck ?? {};
  const timing = { interval: intervalSeconds, timeout: timeoutSeconds, healthyThreshold, unhealthyThreshold };
  const grpc = protocolVersion === "GRPC";
  const answer = {
    path: healthCheck?.path ?? (grpc ? "/AWS.ALB/healthcheck" : "/"),
    matcher: healthCheck?.matcher ?? (grpc ? "12" : isNetworkProtocol(protocol) ? "200-399" : "200"),
  };
  if (targetType === "lambda") return healthCheck && { enabled: true, ...answer, ...timing };
  const checked = healthCheck?.protocol ?? defaultProtocol(protocol, targetType, port);
  return {
    protocol: checked,
    port: healthCheck?.port === undefined ? undefined : `${healthCheck.port}`,
    ...(checked === "TCP" ? {} : answer),
    ...timing,
  };
}

function defaultProtocol(protocol: TargetProtocol, targetType: string, port: number | undefined): string {
  if (!isNetworkProtocol(protocol)) return protocol;
  if (targetType !== "alb") return "TCP";
  // An Application Load Balancer is asked over HTTP or HTTPS, whichever its listener speaks.
  return port === 443 ? "HTTPS" : "HTTP";
}

/** The stickiness as the resource takes it. */
export function stickinessArguments(stickiness: Stickiness | undefined): LbTargetGroupConfig["stickiness"] {
  if (!stickiness) return undefined;
  const { type } = stickiness;
  if (type === "source_ip") return { enabled: true, type };
  const cookieName = type === "app_cookie" ? stickiness.cookieName : undefined;
  return { enabled: true, type, cookieName, cookieDuration: stickiness.durationSeconds ?? 86_400 };
}
