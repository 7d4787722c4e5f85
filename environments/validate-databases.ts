import type { EnvironmentDefinition } from "./define";

const MAPS = ["databases", "databaseClusters", "auroraClusters"] as const;

/** What is wrong with databases as data: names that two of them have, and halves of a `restoreFrom`. */
export function contradictoryDatabases(definition: EnvironmentDefinition): string[] {
  return [...sharedDatabaseNames(definition), ...MAPS.flatMap((map) => incompleteRestores(definition, map))];
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

const SOURCES = ["database", "cluster", "resourceId", "automatedBackups"];

/** A snapshot and a clone are as they are; all else is restored to a time. */
function incompleteRestores(definition: EnvironmentDefinition, map: (typeof MAPS)[number]): string[] {
  return Object.entries(definition[map] ?? {}).flatMap(([key, { restoreFrom }]) => {
    if (!restoreFrom || "snapshot" in restoreFrom || "cloneOf" in restoreFrom) return [];
    const path = `${definition.name}: ${map}.${key}.restoreFrom`;
    if (!SOURCES.some((source) => source in restoreFrom))
      return [`${path} does not say from what: give a snapshot, or a source and a time`];
    return "time" in restoreFrom ? [] : [`${path}.time is not set: "latest", or a time such as "2026-11-20T03:00:00Z"`];
  });
}
