import type { App } from "cdktf";
import type { EnvironmentConfig } from "../environments/config";
import { AlarmsStack } from "./alarms";
import { DataStack } from "./data";
import { DnsStack } from "./dns";
import { NetworkStack } from "./network";
import { ServersStack } from "./servers";
import { WebStack } from "./web";

export { acknowledge, type AcknowledgeOptions } from "./acknowledge";
export type { AnyDatabase } from "./data";
export { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
export { synth, type SynthOptions } from "./synth";
export { AlarmsStack, DataStack, DnsStack, NetworkStack, ServersStack, WebStack };

export interface EnvironmentSettings {
  /**
   * URL of an AWS emulator to work against.
   * @default none: AWS
   */
  readonly emulator?: string;
}

/** The stacks of an environment, for those that are made after them. One that has nothing to hold is not there. */
export interface EnvironmentStacks {
  readonly network: NetworkStack;
  readonly alarms: AlarmsStack | undefined;
  readonly dns: DnsStack | undefined;
  readonly data: DataStack | undefined;
  readonly servers: ServersStack | undefined;
  readonly web: WebStack | undefined;
}

/** Everything in an environment, in the order in which it is applied: a stack takes what it needs from those above it. */
export function createEnvironment(
  app: App,
  environment: EnvironmentConfig,
  settings: EnvironmentSettings = {},
): EnvironmentStacks {
  const props = { environment, ...settings };

  const network = new NetworkStack(app, props);
  const { vpc } = network;
  const alarms = environment.alarms && new AlarmsStack(app, props);
  const alarmTopic = alarms?.topic;
  const dns = holdsAny(environment.zones) ? new DnsStack(app, { ...props, vpc }) : undefined;
  const zones = dns?.zones ?? {};
  const data = holdsDatabases(environment) ? new DataStack(app, { ...props, vpc, zones, alarmTopic }) : undefined;
  const { databases, widgets } = data ?? {};
  const servers = holdsAny(environment.servers) ? new ServersStack(app, { ...props, vpc, databases }) : undefined;
  const web = holdsAny(environment.web?.services)
    ? new WebStack(app, { ...props, vpc, zones, databases, widgets, alarmTopic })
    : undefined;
  return { network, alarms, dns, data, servers, web };
}

function holdsDatabases({ databases, databaseClusters, auroraClusters }: EnvironmentConfig): boolean {
  return [databases, databaseClusters, auroraClusters].some(holdsAny);
}

/** A stack that has nothing to hold is not made. */
function holdsAny(map: Readonly<Record<string, unknown>> | undefined): boolean {
  return Object.keys(map ?? {}).length > 0;
}
