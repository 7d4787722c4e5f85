import { Database, type DatabaseProps } from "../../modules/rds";
import type { EnvironmentStack } from "../../stacks";
import { synthesized, type Synthesized } from "./synthesized";
import { vpcIn } from "./vpc-in";

export { vpcIn };

/** `orders`, a PostgreSQL database unless told otherwise. */
export function ordersIn(stack: EnvironmentStack, props: Partial<DatabaseProps> = {}): Database {
  const vpc = props.vpc ?? vpcIn(stack);
  const plain = { vpc, engine: "postgres", engineVersion: "16.4", instanceType: "db.m7g.large" } as const;
  return new Database(stack, "orders", { ...plain, ...props });
}

/** What `orders` is written as, by address. */
export function orders(props: Partial<DatabaseProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => {
    ordersIn(stack, props);
  }, environment).resources;
}

/** The primary of `orders`. */
export function primaryOf(props: Partial<DatabaseProps> = {}, environment = {}): Record<string, unknown> {
  return orders(props, environment)["aws_db_instance.orders"] ?? {};
}
