import { accessRules } from "./access";
import { capacityRules } from "./capacity";
import { elasticIpRules } from "./elastic-ips";
import { hibernationRules } from "./hibernation";
import { imageRules } from "./images";
import { instanceRules } from "./instances";
import { instanceOptionRules } from "./options";
import { placementRules } from "./placement";
import { placementGroupRules } from "./placement-groups";
import { schedulerRules } from "./scheduler";
import { stoppedRules } from "./stopped";

/** Rules of EC2 instances and Elastic IP addresses. */
export const ec2Rules = [
  ...elasticIpRules,
  ...instanceRules,
  ...capacityRules,
  ...instanceOptionRules,
  ...stoppedRules,
  ...hibernationRules,
  ...accessRules,
  ...imageRules,
  ...placementRules,
  ...placementGroupRules,
  ...schedulerRules,
] as const;
