import type { EnvironmentDefinition } from "./define";

const MAPS = ["databases", "databaseClusters", "auroraClusters"] as const;

/** What is wrong with databases as data: names that two of them have, and a `restoreFrom` that is not one source. */
export function contradictoryDatabases(definition: EnvironmentDefinition): string[] {
  return [...sharedDatabaseNames(definition), ...MAPS.flatMap((map) => wrongRestores(definition, map))];
}

/** They stand side by side in one stack, and clients name them without saying of which kind they are. */
function sharedDatabaseNames(definition: EnvironmentDefinition): string[] {
  return MAPS.flatMap((map, index) =>
    Object.keys(definition[map] ?? {}).flatMap((key) => {
      const other = MAPS.slice(0, index).find((before) => key in (definition[before] ?? {}));
      return other
        ? [`${definition.name}: ${map}.${key} has the name of ${other}.${key}: give one of the two another name`]
        : [];
    }),
  );
}

const SOURCES = ["snapshot", "cloneOf", "database", "cluster", "resourceId", "automatedBackups"];

/**
 * A snapshot and a clone are as they are; all else is restored to a time. The types say so too, but not for a program that nobody checks the types
 * of, nor for two sources that come together, one from the base.
 */
function wrongRestores(definition: EnvironmentDefinition, map: (typeof MAPS)[number]): string[] {
  return Object.entries(definition[map] ?? {}).flatMap(([key, { restoreFrom }]) => {
    if (!restoreFrom) return [];
    const path = `${definition.name}: ${map}.${key}.restoreFrom`;
    const given = SOURCES.filter((source) => source in restoreFrom);
    if (given.length === 0) return [`${path} does not say from what: give a snapshot, or a source and a time`];
    if (given.length > 1) return [`${path} names several sources (${given.join(", ")}): keep one, here or in the base`];
    if ("snapshot" in restoreFrom || "cloneOf" in restoreFrom) return [];
    return "time" in restoreFrom ? [] : [`${path}.time is not set: "latest", or a time such as "2026-11-20T03:00:00Z"`];
  });
}
