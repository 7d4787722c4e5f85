import type { Metric, Widget } from "../cloudwatch";

/** What a dashboard shows of a group, by title. */
export function groupWidgets(groupName: string): Record<string, Widget> {
  const metric = (namespace: string, name: string, statistic: string): Metric => ({
    namespace,
    name,
    statistic,
    dimensions: { AutoScalingGroupName: groupName },
  });
  const ofInstances = (name: string, statistic = "Average"): Metric => metric("AWS/EC2", name, statistic);
  const ofGroup = (name: string): Metric => metric("AWS/AutoScaling", name, "Average");
  return {
    CPU: {
      metrics: {
        average: ofInstances("CPUUtilization"),
        highest: ofInstances("CPUUtilization", "Maximum"),
      },
    },
    Instances: {
      metrics: {
        desired: ofGroup("GroupDesiredCapacity"),
        "in service": ofGroup("GroupInServiceInstances"),
        most: ofGroup("GroupMaxSize"),
      },
    },
    Traffic: { metrics: { in: ofInstances("NetworkIn", "Sum"), out: ofInstances("NetworkOut", "Sum") } },
  };
}
