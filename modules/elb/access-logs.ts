import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { sameStack } from "../core";
import { LogBucket, type LoadBalancerType } from "../s3";

/** A bucket that load balancers may be let write to: `LogBucket` of modules/s3 is one. */
export interface LoadBalancerLogBucket {
  /** Name of the bucket. */
  readonly bucket: string;
  /** What gives the permission: AWS tries it when logging is switched on. */
  readonly policy: TerraformResource;
  /** Lets the account's load balancers write below `prefix`. */
  allowLoadBalancerLogs(prefix?: string, type?: LoadBalancerType): void;
}

/** A bucket for logs, made elsewhere. */
export interface LogDestination {
  readonly bucket: LoadBalancerLogBucket;
  /**
   * Folder in the bucket, without `/` at its ends.
   * @default "access" for access logs, "connection" for connection logs
   */
  readonly prefix?: string;
}

/** Where logs go: nowhere, to a bucket of the load balancer's own, or to one made elsewhere. */
export type Logs = boolean | LogDestination;

/** Which of its logs a load balancer writes, by what the resource calls them. */
export interface LogProps {
  readonly accessLogs?: Logs;
  readonly connectionLogs?: Logs;
}

interface LogArguments {
  readonly bucket: string;
  readonly prefix: string;
  readonly enabled: true;
}

/**
 * The logs as the resource takes them. The permission is given first: in the same stack by a dependency, in an earlier one by the order of the
 * stacks.
 */
export function logArguments(
  scope: Construct,
  props: LogProps,
  type: LoadBalancerType,
): { accessLogs?: LogArguments; connectionLogs?: LogArguments; dependsOn?: TerraformResource[] } {
  const policies = new Set<TerraformResource>();
  const argumentsOf = (logs: Logs | undefined, defaultPrefix: string): LogArguments | undefined => {
    if (!logs) return undefined;
    const { bucket, prefix = defaultPrefix } = logs === true ? { bucket: ownBucket(scope) } : logs;
    bucket.allowLoadBalancerLogs(prefix, type);
    if (sameStack(bucket.policy, scope)) policies.add(bucket.policy);
    return { bucket: bucket.bucket, prefix, enabled: true };
  };
  const accessLogs = argumentsOf(props.accessLogs, "access");
  const connectionLogs = argumentsOf(props.connectionLogs, "connection");
  return { accessLogs, connectionLogs, ...(policies.size > 0 ? { dependsOn: [...policies] } : {}) };
}

/** One for all logs of a load balancer. */
function ownBucket(scope: Construct): LoadBalancerLogBucket {
  return (scope.node.tryFindChild("logs") as LogBucket | undefined) ?? new LogBucket(scope, "logs");
}
