import { deepmergeCustom } from "deepmerge-ts";
import type { EnvironmentConfig } from "./config";

/** Whether `T` is one of several things: a text or an object, this shape or that. */
type IsChoice<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

/**
 * `T` with every key optional, at every depth. Lists stay whole: they are replaced, not merged. So does what says its own `type` (an endpoint), and
 * what is one of several things (a record of some type, what a database is restored from): half of one says nothing.
 */
export type DeepPartial<T> =
  true extends IsChoice<T>
    ? T
    : T extends readonly unknown[] | { readonly type: string }
      ? T
      : T extends object
        ? { readonly [K in keyof T]?: DeepPartial<Exclude<T[K], undefined>> }
        : T;

/** What environments have in common. */
export type EnvironmentBase = DeepPartial<EnvironmentConfig>;

/** What an environment says itself: what identifies it, and whatever else differs from the base. */
export type EnvironmentDefinition = EnvironmentBase &
  Pick<EnvironmentConfig, "name" | "tier" | "account" | "region"> & {
    readonly network: Pick<EnvironmentConfig["network"], "cidr">;
  };

/** Lists and scalars replace; a key that is undefined says nothing. */
const mergeByKey = deepmergeCustom({ mergeArrays: false });

/**
 * An environment: the base, with what the environment says itself on top. Maps merge by key, lists and scalars replace; there
 * is one level of inheritance. Whether all that is needed has been said is checked by `validateEnvironments`.
 */
export function defineEnvironment(base: EnvironmentBase, own: EnvironmentDefinition): EnvironmentDefinition {
  const environment = mergeByKey(base, own) as EnvironmentDefinition;
  // So that a finding can name the line of the key that caused it: read by stacks/configuration-lines.ts.
  const definedAt = {};
  Error.captureStackTrace(definedAt, defineEnvironment);
  Object.defineProperty(environment, DEFINED_AT, { value: definedAt });
  return environment;
}

const DEFINED_AT = Symbol.for("andamio/defined-at");
