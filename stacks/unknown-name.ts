import type { EnvironmentConfig } from "../environments/config";

/** The configuration names something that it does not say. */
export class UnknownNameError extends Error {
  readonly code = "UNKNOWN_NAME";
}

/**
 * What the configuration calls by a name.
 * @param key where the names are: `zones`
 * @throws UnknownNameError naming those that there are
 */
export function named<T>(
  map: Readonly<Record<string, T>>,
  name: string,
  environment: EnvironmentConfig,
  key: string,
): T {
  const found = map[name];
  if (found !== undefined) return found;
  throw new UnknownNameError(
    `${environment.name}: there is no ${JSON.stringify(name)} in ${key} to refer to: name one of ${Object.keys(map).join(", ") || "none"}, or add it`,
  );
}
