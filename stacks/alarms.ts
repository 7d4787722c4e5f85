import type { Construct } from "constructs";
import { Topic } from "../modules/sns";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

/** Where the environment's alarms go: other stacks hand them this topic. */
export class AlarmsStack extends EnvironmentStack {
  readonly topic: Topic;

  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, "alarms", props);
    const { emails } = props.environment.alarms ?? {};
    this.topic = this.configuredBy("alarms", new Topic(this, "topic", { emails }));
    this.output("topic_arn", this.topic.arn, "ARN of the topic that alarms go to");
  }
}
