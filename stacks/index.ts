import type { App } from "cdktf";
import type { EnvironmentConfig } from "../environments/config";
import { DnsStack } from "./dns";
import { NetworkStack } from "./network";
import { ServersStack } from "./servers";

export { acknowledge, type AcknowledgeOptions } from "./acknowledge";
export { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
export { synth, type SynthOptions } from "./synth";

export interface EnvironmentSettings {
  /**
   * URL of an AWS emulator to work against.
   * @default none: AWS
   */
  readonly emulator?: string;
}

/** Everything in an environment, in the order in which it is applied: a stack takes what it needs from those above it. */
export function createEnvironment(app: App, environment: EnvironmentConfig, settings: EnvironmentSettings = {}): void {
  const props = { environment, ...settings };

  const { vpc } = new NetworkStack(app, props);
  if (holdsAny(environment.servers)) new ServersStack(app, { ...props, vpc });
  if (holdsAny(environment.zones)) new DnsStack(app, { ...props, vpc });
}

/** A stack that has nothing to hold is not made. */
function holdsAny(map: Readonly<Record<string, unknown>> | undefined): boolean {
  return Object.keys(map ?? {}).length > 0;
}
