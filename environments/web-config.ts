import type { AutoScalingGroupProps } from "../modules/autoscaling";
import type { HealthCheckOptions, TargetGroupOptions } from "../modules/elb";

/** One load balancer, the name that leads to it, and the services behind it. */
export interface WebConfig {
  /**
   * Name that clients use: it gets a certificate and an alias record.
   * @default none: HTTP at the load balancer's own name
   */
  readonly domain?: DomainConfig;
  /**
   * Reachable from the internet. Changing it replaces the load balancer.
   * @default true
   */
  readonly internetFacing?: boolean;
  /**
   * Write each request into a bucket.
   * @default false
   */
  readonly accessLogs?: boolean;
  /**
   * Show the load balancer and the groups on a CloudWatch dashboard. An account has three for nothing; more are paid for by the month.
   * https://aws.amazon.com/cloudwatch/pricing/
   * @default false
   */
  readonly dashboard?: boolean;
  /**
   * TLS versions and ciphers of the HTTPS listener, by the name of AWS's policy.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   * @default "ELBSecurityPolicy-TLS13-1-2-2021-06": TLS 1.2 and 1.3
   */
  readonly tlsPolicy?: string;
  /**
   * A WAF web ACL (WAFv2, of the same region) that requests pass first.
   * @default none
   */
  readonly webAclArn?: string;
  /** By a name of your own. One without `hosts` and `paths` takes whatever no other takes. */
  readonly services: Readonly<Record<string, ServiceConfig>>;
}

/** A name in a zone of the environment. */
export interface DomainConfig {
  /** Name of a public zone in `zones`. */
  readonly zone: string;
  /**
   * Name in the zone: `www`.
   * @default the zone's own
   */
  readonly name?: string;
}

/** What an environment says of a group as data. */
type GroupData = Pick<
  AutoScalingGroupProps,
  | "instanceType"
  | "image"
  | "ignoreImageChanges"
  | "rootVolume"
  | "minSize"
  | "maxSize"
  | "desiredSize"
  | "ignoreDesiredSize"
  | "subnets"
  | "scaling"
  | "schedules"
  | "instanceTypes"
  | "spot"
  | "instanceRefresh"
  | "warmupSeconds"
  | "warmPool"
  | "maxInstanceLifetimeDays"
>;

/** What an environment says of a service's target groups as data. */
type TargetGroupData = Pick<TargetGroupOptions, "stickiness" | "slowStartSeconds" | "deregistrationDelaySeconds">;

/** A group of instances, and the requests that are theirs. */
export interface ServiceConfig extends GroupData, TargetGroupData {
  /** Type of its instances: `t4g.small`. A change rolls through the group. */
  readonly instanceType: string;
  /** Port that its instances listen on. */
  readonly port: number;
  /**
   * Script that runs as root when an instance starts. A change rolls through the group.
   * @default none
   */
  readonly userData?: string;
  /**
   * Host names that are its.
   * @default all
   */
  readonly hosts?: readonly string[];
  /**
   * Paths that are its: `/api/*`.
   * @default all
   */
  readonly paths?: readonly string[];
  /**
   * Databases that it works with, by their names in the environment (clusters too): it reaches them, and may read the secret with their password.
   * @default none
   */
  readonly databases?: readonly string[];
  /**
   * How the load balancer finds out which instances answer.
   * @default HTTP at "/", expecting 200
   */
  readonly healthCheck?: HealthCheckOptions;
  /**
   * A second group beside the first, for what comes next, and how much of the traffic it gets.
   * @default none
   */
  readonly green?: GreenConfig;
}

/** What differs in the green group. */
export interface GreenConfig extends Partial<
  Pick<ServiceConfig, "image" | "instanceType" | "userData" | "minSize" | "maxSize">
> {
  /** Share of the requests that it gets, 0 to 100: the one number of a blue/green shift. */
  readonly percent: number;
}
