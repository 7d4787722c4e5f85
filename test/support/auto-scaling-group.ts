import { AutoScalingGroup, type AutoScalingGroupProps } from "../../modules/autoscaling";
import type { Vpc } from "../../modules/vpc";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Json, type Synthesized } from "./synthesized";
import { vpcIn } from "./vpc-in";

export { vpcIn };

/** What a stack with a group `web` is written as. */
export function web(
  props: Partial<AutoScalingGroupProps> = {},
  use: (group: AutoScalingGroup, stack: EnvironmentStack, vpc: Vpc) => void = () => undefined,
  environment = {},
): Synthesized["resources"] {
  const small = { instanceType: "t4g.small", minSize: 2, maxSize: 6 };
  return synthesized((stack) => {
    const vpc = vpcIn(stack);
    use(new AutoScalingGroup(stack, "web", { ...small, vpc, ...props }), stack, vpc);
  }, environment).resources;
}

/** What the group `web` itself is written as. */
export function group(props: Partial<AutoScalingGroupProps> = {}, environment = {}): Json {
  return web(props, undefined, environment)["aws_autoscaling_group.web"] ?? {};
}
