export { AuroraCluster, type CustomEndpoint } from "./aurora-cluster";
export type {
  AuroraClusterProps,
  AuroraInstanceOptions,
  CustomEndpointOptions,
  ServerlessCapacity,
} from "./aurora-cluster-props";
export { ReaderScaling, type ReaderMetric, type ReaderScalingOptions } from "./aurora-cluster-scaling";
export type { BackupCopyOptions, DatabaseBackupOptions, RestoreSource, RestoreTime } from "./backup-options";
export { Database } from "./database";
export type { DatabaseAlarmOptions } from "./database-alarms";
export { DatabaseCluster, type ClusterStorageType, type DatabaseClusterProps } from "./database-cluster";
export type { ClusterBackupOptions, ClusterOptions, ClusterRestoreSource } from "./database-cluster-options";
export type { DatabaseDnsNames } from "./database-dns";
export { DatabaseEvents, type DatabaseEventCategory, type DatabaseEventsProps } from "./database-events";
export type { DatabaseNetworkOptions } from "./database-network";
export type { DatabaseProps } from "./database-props";
export { DatabaseProxy } from "./database-proxy";
export type {
  ClientPasswordType,
  ConnectionPoolOptions,
  DatabaseProxyProps,
  ProxySecret,
  ProxyTarget,
} from "./database-proxy-props";
export {
  DatabaseSnapshot,
  DatabaseSnapshotCopy,
  type DatabaseSnapshotCopyProps,
  type DatabaseSnapshotProps,
} from "./database-snapshot";
export {
  engineFacts,
  parameterGroupFamily,
  type AuroraEngine,
  type Engine,
  type EngineFacts,
  type EngineParameter,
  type InstanceEngine,
  type LicenseModel,
  type LogExport,
} from "./engine";
export type { DatabaseEngineOptions, DomainOptions } from "./engine-options";
export type { CertificateAuthority, DatabaseMaintenanceOptions } from "./maintenance-options";
export type { DatabaseCredentialOptions, MasterPassword } from "./master-password";
export type { DatabaseMonitoringOptions } from "./monitoring-options";
export type { MonitoringInterval } from "./monitoring-role";
export type { DatabaseOptions, OptionName, OptionSettings } from "./option-group";
export type { ParameterValue } from "./parameter-group";
export type { PerformanceInsightsOptions } from "./performance-insights";
export type { ReadReplicaOptions, ReplicaRegion } from "./read-replica-options";
export type { DatabaseStorageOptions, DatabaseStorageType } from "./storage-options";
export type { BackupWindow, MaintenanceWindow } from "./windows";
