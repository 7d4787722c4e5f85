import { oneOf, forbidden } from "./kinds";

const RUN_INSTANCES = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html";

export const ec2Rules = [
  oneOf({
    id: "ec2-shutdown-behavior",
    types: ["aws_instance", "aws_launch_template"],
    argument: "instance_initiated_shutdown_behavior",
    what: "what an instance does when it shuts itself down",
    values: ["stop", "terminate"],
    source: RUN_INSTANCES,
  }),

  forbidden({
    id: "ec2-spot-termination-protection",
    types: ["aws_instance", "aws_launch_template"],
    when: (instance) =>
      instance.boolean("disable_api_termination") === true &&
      instance.block("instance_market_options")?.string("market_type") === "spot",
    argument: "disable_api_termination",
    what: "termination protection",
    rule: "cannot be had for a spot instance",
    fix: "Drop disable_api_termination, or make it an on-demand instance.",
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html",
  }),
] as const;
