export { Alarm, type AlarmComparison, type AlarmProps, type MissingData } from "./alarm";
export { AnomalyAlarm, type AnomalyAlarmProps } from "./anomaly-alarm";
export { CompositeAlarm, type AlarmCondition, type CompositeAlarmProps } from "./composite-alarm";
export { Dashboard, type DashboardProps, type MetricWidget, type TextWidget, type Widget } from "./dashboard";
export { LogGroup, type LogGroupProps, type LogRetentionDays } from "./log-group";
export type { Metric, MetricMath } from "./metric";
export { MetricFilter, type MetricFilterProps } from "./metric-filter";
