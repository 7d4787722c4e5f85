import type { App } from "cdktf";
import type { EnvironmentConfig } from "../environments/config";
import { AlarmsStack } from "./alarms";
import { DataStack } from "./data";
import { DnsStack } from "./dns";
import { NetworkStack } from "./network";
import { ServersStack } from "./servers";
import { WebStack } from "./web";

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
  const alarmTopic = environment.alarms && new AlarmsStack(app, props).topic;
  const zones = holdsAny(environment.zones) ? new DnsStack(app, { ...props, vpc }).zones : {};
  const data = holdsDatabases(environment) ? new DataStack(app, { ...props, vpc, zones, alarmTopic }) : undefined;
  const { databases, widgets } = data ?? {};
  if (holdsAny(environment.servers)) new ServersStack(app, { ...props, vpc, databases });
  if (holdsAny(environment.web?.services)) new WebStack(app, { ...props, vpc, zones, databases, widgets, alarmTopic });
}

function holdsDatabases({ databases, databaseClusters, auroraClusters }: EnvironmentConfig): boolean {
  return [databases, databaseClusters, auroraClusters].some(holdsAny);
}

/** A stack that has nothing to hold is not made. */
function holdsAny(map: Readonly<Record<string, unknown>> | undefined): boolean {
  return Object.keys(map ?? {}).length > 0;
}
