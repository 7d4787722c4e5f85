import type { EnvironmentDefinition } from "./define";

/** What one instance only can have. Addresses can be said in `overrides`; zones are in `instancesPerZone`. */
const OF_ONE_INSTANCE = ["availabilityZone", "privateIp", "secondaryPrivateIps"] as const;
/** What only several instances can have. */
const OF_SEVERAL = ["overrides", "formerServer"] as const;

type ServerDefinition = NonNullable<NonNullable<EnvironmentDefinition["servers"]>[string]>;

/** What servers say that contradicts itself: each problem with its key and the fix. */
export function contradictoryServers({ name: environment, servers = {} }: EnvironmentDefinition): string[] {
  return Object.entries(servers).flatMap(([name, server]) => {
    const key = `${environment}: servers.${name}`;
    const problems: string[] = [];
    if (server?.publicKey !== undefined && server.keyPair !== undefined)
      problems.push(`${key} has publicKey and keyPair, which are two keys: drop one of the two`);
    if (server?.snapshots !== undefined && !hasDataVolumes(server))
      problems.push(`${key}.snapshots are of data volumes, and there are none: give dataVolumes, or drop it`);
    if (server?.instancesPerZone === undefined) {
      for (const option of OF_SEVERAL.filter((one) => server?.[one] !== undefined))
        problems.push(`${key}.${option} is for several instances: give instancesPerZone, or drop it`);
      return problems;
    }
    for (const option of OF_ONE_INSTANCE.filter((one) => server[one] !== undefined))
      problems.push(`${key}.${option} is for one instance, and instancesPerZone makes several: drop it`);
    return problems;
  });
}

function hasDataVolumes({ dataVolumes, overrides }: ServerDefinition): boolean {
  const all = [dataVolumes, ...Object.values(overrides ?? {}).map((one) => one?.dataVolumes)];
  return all.some((volumes) => Object.keys(volumes ?? {}).length > 0);
}
