import { Construct } from "constructs";
import { AutoscalingNotification } from "@cdktf/provider-aws/lib/autoscaling-notification";

/** What a topic is told of: instances that were started or terminated, and failures to do so. */
export type GroupEvent = "launch" | "launch-error" | "terminate" | "terminate-error";

/** Who is told what. https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html */
export interface GroupNotificationOptions {
  /** SNS topic. Changing it replaces the notification. */
  readonly topic: { readonly arn: string };
  /** @default all four */
  readonly events?: readonly GroupEvent[];
}

/** Who is told of what, and of which group. */
export interface GroupNotificationProps extends GroupNotificationOptions {
  /** Name of the group. */
  readonly groupName: string;
}

const EVENTS: Readonly<Record<GroupEvent, string>> = {
  launch: "autoscaling:EC2_INSTANCE_LAUNCH",
  "launch-error": "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
  terminate: "autoscaling:EC2_INSTANCE_TERMINATE",
  "terminate-error": "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
};

/** Tells a topic what happens in a group. Made by `AutoScalingGroup`. Replaced by: a change of topic. Costs: nothing but the topic's messages. */
export class GroupNotification extends Construct {
  readonly resource: AutoscalingNotification;

  constructor(scope: Construct, id: string, props: GroupNotificationProps) {
    super(scope, id);
    const events = props.events ?? (Object.keys(EVENTS) as GroupEvent[]);
    this.resource = new AutoscalingNotification(this, "Resource", {
      groupNames: [props.groupName],
      topicArn: props.topic.arn,
      notifications: events.map((event) => EVENTS[event]),
    });
  }
}
