import { shown } from "../core";
import type { AutoScalingGroupProps } from "./auto-scaling-group-props";
import { countsRequests } from "./scaling-options";

/**
 * Why it is not clear whose requests the policies of a group count.
 * @param known target groups that the group belongs to
 * @param made policies that there are: those whose target group a load balancer sends to, and those that count no requests
 */
export function requestSourceProblems(
  scaling: AutoScalingGroupProps["scaling"] = {},
  known: readonly string[],
  made: readonly string[],
): string[] {
  return Object.entries(scaling).flatMap(([name, options]) => {
    if (!countsRequests(options)) return [];
    const { targetGroup = known[0] } = options;
    if (known.length === 0)
      return `scaling.${name} counts the requests of a target group, got none: alb.forward("…", { to: group }), or scale on something else`;
    if (options.targetGroup === undefined && known.length > 1)
      return `scaling.${name} counts the requests of one target group, got ${shown(known)}: say which one, targetGroup: ${shown(known[0])}`;
    if (targetGroup !== undefined && !known.includes(targetGroup))
      return `scaling.${name}.targetGroup must be one of ${shown(known)}, got ${shown(targetGroup)}`;
    if (!made.includes(name))
      return `scaling.${name} counts the requests of target group ${shown(targetGroup)}, to which no load balancer sends: alb.forward("…", { to: targetGroup })`;
    return [];
  });
}
