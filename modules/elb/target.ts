import type { TerraformResource } from "cdktf";
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
  /**
   * Calls back with the first listener or rule that sends to the group: at once if there is one already, else when it is made. Until there is one,
   * the group belongs to no load balancer, and AWS refuses whatever counts on that.
   */
  whenUsed(use: (sender: TargetGroupSender) => void): void;
}

/** What makes a target group belong to a load balancer. */
export interface TargetGroupSender {
  readonly type: "application" | "network";
  readonly loadBalancer: Construct;
  /** The listener or the rule: what counts on the load balancer's requests depends on it. */
  readonly resource: TerraformResource;
}
