import type { App } from "cdktf";
import { Construct } from "constructs";
import { grant, Role } from "../../modules/iam";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { byAddress, plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

const READ = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::x/*"] };

/** The inline policies of two stacks that are made in this order, by stack and address. */
function policies(
  names: readonly [string, string],
  build: (stacks: Record<string, EnvironmentStack>) => void,
): Record<string, Json> {
  const documents = synthesizedApp((app: App) => {
    const stacks = names.map((name) => [name, new EnvironmentStack(app, name, { environment: plainEnvironment })]);
    build(Object.fromEntries(stacks) as Record<string, EnvironmentStack>);
  });
  return Object.fromEntries(
    Object.entries(documents).flatMap(([stack, json]) =>
      Object.entries(byAddress(json))
        .filter(([address]) => address.startsWith("aws_iam_role_policy."))
        .map(([address, body]) => [`${stack} ${address}`, body]),
    ),
  );
}

const grantAll = (stacks: Record<string, EnvironmentStack>): void => {
  const role = new Role(stacks["web"] as EnvironmentStack, "app", { service: "ec2.amazonaws.com" });
  for (const name of ["orders", "ledger"])
    grant(role, new Construct(stacks["data"] as EnvironmentStack, name), "read", READ);
};

describe("grant", () => {
  test("makes a policy at the role when that is in the later stack", () => {
    const found = policies(["data", "web"], grantAll);
    expect(Object.keys(found)).toEqual([
      "dev-web aws_iam_role_policy.app_read_data_ledger",
      "dev-web aws_iam_role_policy.app_read_data_orders",
    ]);
  });

  test("makes it at what is granted when that is in the later stack, under names that do not overwrite each other", () => {
    const found = policies(["web", "data"], grantAll);
    expect(Object.entries(found).map(([address, { name }]) => [address, name])).toEqual([
      ["dev-data aws_iam_role_policy.ledger_read_web_app", "read_data_ledger"],
      ["dev-data aws_iam_role_policy.orders_read_web_app", "read_data_orders"],
    ]);
  });

  test("given twice is given once", () => {
    const found = policies(["data", "web"], (stacks) => {
      const role = new Role(stacks["data"] as EnvironmentStack, "app", { service: "ec2.amazonaws.com" });
      const target = new Construct(stacks["data"] as EnvironmentStack, "orders");
      grant(role, target, "read", READ);
      grant(role, target, "read", READ);
    });
    expect(Object.values(found)).toEqual([
      {
        name: "read_orders",
        role: "${aws_iam_role.app.name}",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: READ.actions, Resource: READ.resources }],
        }),
      },
    ]);
  });

  test("has a name that IAM takes, however long the path and whatever the verb", () => {
    const found = policies(["data", "web"], (stacks) => {
      const role = new Role(stacks["data"] as EnvironmentStack, "app", { service: "ec2.amazonaws.com" });
      grant(role, new Construct(stacks["data"] as EnvironmentStack, "x".repeat(200)), "connect_*", READ);
    });
    const [name] = Object.values(found).map((body) => body["name"] as string);
    expect(name).toMatch(/^connect__+x+-[0-9a-f]{6}$/);
    expect(name).toHaveLength(128);
  });
});
