import { Construct } from "constructs";
import { Route53HealthCheck, type Route53HealthCheckConfig } from "@cdktf/provider-aws/lib/route53-health-check";

/** What every health check can say. */
export interface HealthCheckOptions {
  /**
   * Count healthy as unhealthy and the other way round.
   * @default false
   */
  readonly inverted?: boolean;
  /**
   * Stop checking, and count the endpoint as healthy (with `inverted`, as unhealthy).
   * @default false
   */
  readonly disabled?: boolean;
}

/** An endpoint by name, by address, or by address with the name that is asked for (`Host`, and the TLS server name). */
export type HealthCheckEndpoint =
  { readonly fqdn: string; readonly ipAddress?: string } | { readonly fqdn?: string; readonly ipAddress: string };

/** What every check of an endpoint can say. */
export interface EndpointCheckOptions extends HealthCheckOptions {
  /**
   * TCP port.
   * @default 443 for `https`, 80 for `http`; `tcp` needs it
   */
  readonly port?: number;
  /**
   * Seconds between two checks of one checker: 30, or 10 at a higher price. Changing it replaces the health check.
   * @default 30
   */
  readonly intervalSeconds?: 10 | 30;
  /**
   * Checks in a row that decide, 1 to 10.
   * @default 3
   */
  readonly failureThreshold?: number;
  /**
   * Regions that it is checked from, three at least of `us-east-1 us-west-1 us-west-2 eu-west-1 ap-southeast-1 ap-southeast-2
   * ap-northeast-1 sa-east-1`. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
   * @default all eight
   */
  readonly regions?: readonly string[];
  /**
   * Draw graphs of the latency, at a price. Changing it replaces the health check.
   * @default false
   */
  readonly measureLatency?: boolean;
}

/** What a check over HTTP or HTTPS can say besides. */
export interface WebCheckOptions extends EndpointCheckOptions {
  /**
   * Path with its query: `/healthz`.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Text that must be in the first 5,120 bytes of the answer, at most 255 characters. Having one or none replaces the health check.
   * @default none: a status of 200 to 399 is enough
   */
  readonly searchString?: string;
}

/**
 * What decides whether something is healthy. Changing the type replaces the health check.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-types.html
 */
export type HealthCheckProps =
  | ({ readonly type: "http" } & HealthCheckEndpoint & WebCheckOptions)
  | ({
      readonly type: "https";
      /**
       * Send the name in the TLS handshake.
       * @default true
       */
      readonly sni?: boolean;
    } & HealthCheckEndpoint &
      WebCheckOptions)
  | ({ readonly type: "tcp"; readonly port: number } & HealthCheckEndpoint & EndpointCheckOptions)
  /** So many of other health checks: by a name of your own. */
  | ({
      readonly type: "calculated";
      readonly children: Readonly<Record<string, { readonly id: string }>>;
      /**
       * How many must be healthy.
       * @default all of them
       */
      readonly healthyThreshold?: number;
    } & HealthCheckOptions)
  /** A CloudWatch alarm: what has no public address is checked by its metrics. */
  | ({
      readonly type: "cloudwatch-alarm";
      readonly alarmName: string;
      /** Region of the alarm. */
      readonly alarmRegion: string;
      /**
       * What holds while the alarm has too little data.
       * @default "last-known"
       */
      readonly insufficientData?: "healthy" | "unhealthy" | "last-known";
    } & HealthCheckOptions);

const INSUFFICIENT_DATA = { healthy: "Healthy", unhealthy: "Unhealthy", "last-known": "LastKnownStatus" } as const;

/**
 * A Route 53 health check. It has no name in AWS: it is known by its tag `Name`.
 *
 * Replaced by: a change of type, interval or `measureLatency`; the new one is made before the old one goes, and records follow in between.
 * Costs: by the month; more for endpoints outside of AWS, HTTPS, string matching, fast intervals and latency graphs.
 *
 * @example
 * const api = new HealthCheck(this, "api", { type: "https", fqdn: "eu.api.example.com", path: "/healthz" });
 */
export class HealthCheck extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly resource: Route53HealthCheck;

  constructor(scope: Construct, id: string, props: HealthCheckProps) {
    super(scope, id);
    this.resource = new Route53HealthCheck(this, "Resource", {
      ...healthCheckArguments(props),
      invertHealthcheck: props.inverted,
      disabled: props.disabled,
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }
}

function healthCheckArguments(props: HealthCheckProps): Route53HealthCheckConfig {
  switch (props.type) {
    case "calculated": {
      const children = Object.values(props.children).map((child) => child.id);
      return {
        type: "CALCULATED",
        childHealthchecks: children,
        childHealthThreshold: props.healthyThreshold ?? children.length,
      };
    }
    case "cloudwatch-alarm":
      return {
        type: "CLOUDWATCH_METRIC",
        cloudwatchAlarmName: props.alarmName,
        cloudwatchAlarmRegion: props.alarmRegion,
        insufficientDataHealthStatus: INSUFFICIENT_DATA[props.insufficientData ?? "last-known"],
      };
    case "tcp":
      return { type: "TCP", port: props.port, ...endpointArguments(props) };
    default:
      return {
        type: `${props.type.toUpperCase()}${props.searchString === undefined ? "" : "_STR_MATCH"}`,
        port: props.port ?? (props.type === "https" ? 443 : 80),
        resourcePath: props.path ?? "/",
        searchString: props.searchString,
        ...(props.type === "https" ? { enableSni: props.sni ?? true } : {}),
        ...endpointArguments(props),
      };
  }
}

function endpointArguments(props: HealthCheckEndpoint & EndpointCheckOptions): Partial<Route53HealthCheckConfig> {
  return {
    fqdn: props.fqdn,
    ipAddress: props.ipAddress,
    requestInterval: props.intervalSeconds ?? 30,
    failureThreshold: props.failureThreshold ?? 3,
    regions: props.regions && [...props.regions],
    measureLatency: props.measureLatency,
  };
}
