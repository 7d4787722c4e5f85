import type { Construct } from "constructs";
import type { SecurityGroupLike } from "../ec2";

/**
 * What a load balancer can forward to: an `AutoScalingGroup`, or anything else that knows how to join a target group. The rule that lets
 * the load balancer in is made by `allow`, from its security group to this one.
 */
export interface LoadBalancerTarget {
  readonly securityGroup: SecurityGroupLike;
  /**
   * The port that it listens on, when it knows.
   * @default none: `forward` must say it
   */
  readonly targetPort?: number;
  /**
   * Joins the group. Whatever this makes goes into the later of the two stacks (its own, and that of `targetGroup.scope`), so that no
   * order of calls can form a cycle.
   */
  attachToTargetGroup(targetGroup: TargetGroupAttachment): void;
}

/** What a target needs to know of the group that it joins. */
export interface TargetGroupAttachment {
  readonly arn: string;
  readonly targetType: "instance" | "ip" | "lambda" | "alb";
  /**
   * The port that the group's targets listen on, unless one of them says otherwise.
   * @default none: a Lambda function has no port
   */
  readonly port?: number;
  /** The target group itself: its stack, and where resources are put when that stack is the later one. */
  readonly scope: Construct;
  /** `targetgroup/<name>/<id>`: dimension `TargetGroup` of the metrics. */
  readonly arnSuffix: string;
  /** `app/<name>/<id>`: dimension `LoadBalancer` of the metrics, and with `arnSuffix` the label of requests per target. */
  readonly loadBalancerArnSuffix: string;
}
