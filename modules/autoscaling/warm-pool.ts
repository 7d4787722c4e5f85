import type { AutoscalingGroupWarmPool } from "@cdktf/provider-aws/lib/autoscaling-group";

/**
 * Instances that are ready and wait, for applications that take long to start. Not with Spot or several instance types.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
export interface WarmPoolOptions {
  /**
   * Fewest instances that wait.
   * @default 0
   */
  readonly minSize?: number;
  /**
   * Most instances in pool and group together.
   * @default the group's maxSize
   */
  readonly maxPreparedSize?: number;
  /**
   * How they wait: a stopped or hibernated instance costs only its volumes.
   * @default "Stopped"
   */
  readonly state?: "Stopped" | "Running" | "Hibernated";
  /**
   * Put instances back when the group becomes smaller, instead of terminating them.
   * @default false
   */
  readonly reuseOnScaleIn?: boolean;
}

/** The pool as the provider takes it. */
export function warmPoolBlock(pool: WarmPoolOptions): AutoscalingGroupWarmPool {
  return {
    minSize: pool.minSize,
    maxGroupPreparedCapacity: pool.maxPreparedSize,
    poolState: pool.state ?? "Stopped",
    instanceReusePolicy: pool.reuseOnScaleIn === undefined ? undefined : { reuseOnScaleIn: pool.reuseOnScaleIn },
  };
}
