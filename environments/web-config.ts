import type { AutoScalingGroupProps } from "../modules/autoscaling";
import type { HealthCheckOptions } from "../modules/elb";

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
  /** By a name of your own. One without `hosts` and `paths` takes whatever no other takes. */
  readonly services: Readonly<Record<string, ServiceConfig>>;
}

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
  | "instanceRefresh"
>;

export interface ServiceConfig extends GroupData {
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
  /** @default HTTP at "/", expecting 200 */
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
