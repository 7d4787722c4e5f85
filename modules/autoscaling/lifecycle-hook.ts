import { Construct } from "constructs";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { awsName } from "../core";
import { Role } from "../iam";

/** A pause in an instance's life, in which something of yours is done. https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks.html */
export interface LifecycleHookOptions {
  /** When: before an instance comes into service, or before it is terminated. */
  readonly transition: "launching" | "terminating";
  /**
   * How long it may take, in seconds, 30 to 7,200.
   * @default 3600
   */
  readonly timeoutSeconds?: number;
  /**
   * What happens when the time is over: `abandon` terminates an instance that is being launched.
   * @default "abandon"
   */
  readonly defaultResult?: "continue" | "abandon";
  /**
   * SNS topic or SQS queue that is told; a role that may do so is made.
   * @default none: EventBridge is told in any case
   */
  readonly notify?: { readonly arn: string };
  /**
   * Text that is sent along, at most 1,023 characters.
   * @default none
   */
  readonly metadata?: string;
}

/** A pause, and whose instances make it. */
export interface LifecycleHookProps extends LifecycleHookOptions {
  /** Name of the group. Changing it replaces the hook. */
  readonly groupName: string;
}

/**
 * A lifecycle hook of a group, as a resource of its own: it comes and goes without touching the group. The instances that a new group starts
 * with may be there before it.
 *
 * Replaced by: nothing but another group. Costs: nothing.
 */
export class LifecycleHook extends Construct {
  readonly name: string;
  readonly resource: AutoscalingLifecycleHook;

  constructor(scope: Construct, id: string, props: LifecycleHookProps) {
    super(scope, id);
    this.resource = new AutoscalingLifecycleHook(this, "Resource", {
      name: awsName(this, "lifecycleHook"),
      autoscalingGroupName: props.groupName,
      lifecycleTransition: `autoscaling:EC2_INSTANCE_${props.transition.toUpperCase()}`,
      heartbeatTimeout: props.timeoutSeconds ?? 3600,
      defaultResult: (props.defaultResult ?? "abandon").toUpperCase(),
      notificationMetadata: props.metadata,
      ...(props.notify ? { notificationTargetArn: props.notify.arn, roleArn: this.createRole(props.notify.arn) } : {}),
    });
    this.name = this.resource.name;
  }

  private createRole(targetArn: string): string {
    const role = new Role(this, "role", { service: "autoscaling.amazonaws.com" });
    role.grant("notify", { actions: ["sns:Publish", "sqs:GetQueueUrl", "sqs:SendMessage"], resources: [targetArn] });
    return role.arn;
  }
}
