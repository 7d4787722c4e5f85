import type { EnvironmentConfig } from "../environments/config";

/** The configuration names something that it does not say. */
export class UnknownNameError extends Error {
  readonly code = "UNKNOWN_NAME";
}

/** Where a name stands in the configuration, and where what it names should be. */
export interface Reference {
  readonly environment: EnvironmentConfig;
  /** Key that holds the name: `web.services.shop.databases`. */
  readonly from: string;
  /** Key whose entries may be named: `databases`. */
  readonly to: string;
}

/**
 * What the configuration calls by a name.
 * @throws UnknownNameError naming those that there are
 */
export function named<T>(map: Readonly<Record<string, T>>, name: string, { environment, from, to }: Reference): T {
  const found = Object.hasOwn(map, name) ? map[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(map);
  const error = new UnknownNameError(
    `${environment.name}: ${from} names ${JSON.stringify(name)}, and there is none of that name in ${to}: ` +
      (names.length === 0 ? "add it there" : `name one of ${names.join(", ")}, or add it there`),
  );
  // The line that is reported is the one that followed the name.
  Error.captureStackTrace(error, named);
  throw error;
}
