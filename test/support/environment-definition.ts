import type { EnvironmentBase, EnvironmentDefinition } from "../../environments/define";
import { defineEnvironment } from "../../environments/define";
import { validateEnvironments } from "../../environments/validate";

/** A base that says no more than it must. */
export const plainBase: EnvironmentBase = {
  project: "acme",
  backend: { type: "s3" },
  network: { availabilityZones: ["a", "b"] },
};

/** What an environment must say itself, and no more. */
export const plainDefinition: EnvironmentDefinition = {
  name: "dev",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16" },
};

/** The check of an environment that says this as well, to be called. */
export function checked(own: Partial<EnvironmentDefinition>): () => unknown {
  return () => validateEnvironments([defineEnvironment(plainBase, { ...plainDefinition, ...own })]);
}

/** For each key the sentence that says that nobody set it. */
export function unsetKeys(...keys: readonly string[]): string {
  const told = " is not set: set it in environments/base.ts for all, or in environments/dev.ts";
  return ["The environments are invalid:", ...keys.map((key) => `  - dev: ${key}${told}`)].join("\n");
}

/** A value as a program may give it whose types nobody checks: they are not checked when it runs. */
export function unchecked(value: unknown): never {
  return value as never;
}
