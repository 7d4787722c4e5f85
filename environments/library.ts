/* What other repositories use of this folder: `andamio/environments`. Which environments there are is theirs to say. */
export type {
  AssumeRoleConfig,
  BackendConfig,
  EnvironmentConfig,
  IngressConfig,
  LocalBackendConfig,
  NetworkConfig,
  S3BackendConfig,
  ServerConfig,
  ZoneConfig,
} from "./config";
export { defineEnvironment, type DeepPartial, type EnvironmentBase, type EnvironmentDefinition } from "./define";
export { InvalidEnvironmentsError, validateEnvironments } from "./validate";
