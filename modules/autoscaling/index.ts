export { AutoScalingGroup } from "./auto-scaling-group";
export type {
  AutoScalingGroupProps,
  GroupMetricName,
  MaintenanceOptions,
  ScalingProcess,
} from "./auto-scaling-group-props";
export type { BlockDeviceOptions } from "./block-devices";
export type { GroupAlarmsOptions } from "./group-alarms";
export { GroupNotification, type GroupEvent, type GroupNotificationOptions } from "./group-notification";
export type { InstanceRefreshOptions } from "./instance-refresh";
export type { Inclusion, InstanceRequirements, Range, RangeFrom } from "./instance-requirements";
export {
  LaunchTemplate,
  type LaunchTemplateLike,
  type LaunchTemplateOptions,
  type LaunchTemplateProps,
} from "./launch-template";
export { LifecycleHook, type LifecycleHookOptions } from "./lifecycle-hook";
export type { InstanceTypeOptions, MixedInstancesOptions, SpotOptions } from "./mixed-instances";
export type {
  CpuScaling,
  MetricScaling,
  NetworkScaling,
  PredictiveScaling,
  RequestScaling,
  ScalingMetric,
  ScalingOptions,
  ScalingStep,
  SimpleScaling,
  StepScaling,
} from "./scaling-options";
export { ScalingPolicy } from "./scaling-policy";
export { ScheduledAction, type ScheduleOptions } from "./scheduled-action";
export type { WarmPoolOptions } from "./warm-pool";
