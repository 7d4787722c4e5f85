import { dev } from "./dev";
import { prod } from "./prod";
import { staging } from "./staging";
import { validateEnvironments } from "./validate";

export type { AssumeRoleConfig, BackendConfig, EnvironmentConfig, NetworkConfig, ZoneConfig } from "./config";
export { defineEnvironment, type EnvironmentBase, type EnvironmentDefinition } from "./define";
export { InvalidEnvironmentsError, validateEnvironments } from "./validate";

/** Every environment, checked, in the order of promotion. */
export const environments = validateEnvironments([dev, staging, prod]);
