import { AuroraCluster, DatabaseCluster, type AuroraClusterProps, type DatabaseClusterProps } from "../../modules/rds";
import type { EnvironmentConfig } from "../../environments/config";
import type { EnvironmentStack } from "../../stacks/environment-stack";
import { synthesized, type Json } from "./synthesized";
import { vpcWith } from "./vpc-like";

const vpc = vpcWith(["a", "b", "c"], ["private", "isolated"]);

/** Aurora PostgreSQL with two instances, and what is changed. */
export function auroraIn(stack: EnvironmentStack, props: Partial<AuroraClusterProps>): AuroraCluster {
  return new AuroraCluster(stack, "orders", {
    vpc,
    engine: "aurora-postgresql",
    engineVersion: "16.4",
    instanceType: "db.r7g.large",
    instances: { a: {}, b: {} },
    ...props,
  });
}

/** A Multi-AZ DB cluster of PostgreSQL, and what is changed. */
export function clusterIn(stack: EnvironmentStack, props: Partial<DatabaseClusterProps>): DatabaseCluster {
  return new DatabaseCluster(stack, "orders", {
    vpc,
    engine: "postgres",
    engineVersion: "16.4",
    instanceType: "db.m6gd.large",
    ...props,
  });
}

type Resources = Readonly<Record<string, Json>>;

export function aurora(props: Partial<AuroraClusterProps> = {}, environment?: Partial<EnvironmentConfig>): Resources {
  return synthesized((stack) => void auroraIn(stack, props), environment).resources;
}

export function cluster(
  props: Partial<DatabaseClusterProps> = {},
  environment?: Partial<EnvironmentConfig>,
): Resources {
  return synthesized((stack) => void clusterIn(stack, props), environment).resources;
}

/** All but these. */
export function without(resources: Resources, ...addresses: readonly string[]): Resources {
  return Object.fromEntries(Object.entries(resources).filter(([address]) => !addresses.includes(address)));
}
