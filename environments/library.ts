/* What other repositories use of this folder: `andamio/environments`. Which environments there are is theirs to say. */
export type {
  AlarmsConfig,
  AssumeRoleConfig,
  BackendConfig,
  EnvironmentConfig,
  LocalBackendConfig,
  PathAcknowledgement,
  PolicyConfig,
  S3BackendConfig,
} from "./config";
export type {
  AuroraClusterConfig,
  BackupCopyConfig,
  DatabaseClusterConfig,
  DatabaseConfig,
  DatabaseNamesConfig,
  ReadReplicaConfig,
  ReplicaRegionConfig,
} from "./database-config";
export type { NetworkConfig } from "./network-config";
export type { IngressConfig, ServerConfig } from "./server-config";
export type { DomainConfig, GreenConfig, ServiceConfig, WebConfig } from "./web-config";
export type {
  AliasConfig,
  DelegationConfig,
  HealthCheckConfig,
  ParentZoneConfig,
  RecordConfig,
  ZoneConfig,
  ZoneVpcConfig,
} from "./zone-config";
export { defineEnvironment, type DeepPartial, type EnvironmentBase, type EnvironmentDefinition } from "./define";
export { InvalidEnvironmentsError, validateEnvironments } from "./validate";
