import { autoscalingGroupRules } from "./groups";
import { launchTemplateRules } from "./launch-templates";
import { autoscalingMixedRules } from "./mixed-instances";
import { autoscalingPolicyRules } from "./policies";
import { autoscalingScheduleRules } from "./schedules";

/** Rules of Auto Scaling groups and launch templates. */
export const autoscalingRules = [
  ...launchTemplateRules,
  ...autoscalingGroupRules,
  ...autoscalingMixedRules,
  ...autoscalingPolicyRules,
  ...autoscalingScheduleRules,
] as const;
