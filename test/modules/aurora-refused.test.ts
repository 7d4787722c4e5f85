import type { AuroraClusterProps } from "../../modules/rds";
import { aurora } from "../support/clusters";
import { vpcWith } from "../support/vpc-like";

/** What is said when a cluster with these props is refused. */
function refusal(props: Partial<AuroraClusterProps>): string {
  try {
    aurora(props);
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing is refused";
}

describe("an Aurora cluster is refused", () => {
  test("with all that is wrong at once", () => {
    expect(
      refusal({
        engineVersion: "seven",
        backupWindow: "04:30-05:30",
        logExports: ["slowquery"],
        instanceType: undefined,
        instances: { a: {}, "B-1": { instanceType: "db.serverless", availabilityZone: "f" } },
        readerScaling: { minReaders: 4, maxReaders: 2, target: { cpuPercent: 60 } },
        customEndpoints: { reports: { type: "any", members: ["c"], exclude: ["a"] } },
        databaseInsights: "advanced",
        performanceInsights: { retentionDays: 7 },
      }),
    ).toMatchInlineSnapshot(`
     "AuroraCluster "dev-test/orders" is invalid:
       - engineVersion must be one of aurora-postgresql, got "seven": write it as AWS does
       - logExports must be of aurora-postgresql, got ["slowquery"]: it has postgresql, iam-db-auth-error
       - backupWindow 04:30-05:30 and maintenanceWindow sun:04:00-sun:05:00 must not overlap: move one of the two
       - databaseInsights "advanced" keeps measurements for at least 465 days, performanceInsights.retentionDays is 7: raise it, or leave it out
       - instance "a" needs an instanceType: give it one, or give one to the cluster
       - instance "B-1" must be named in lower-case letters, digits and "_"
       - instance "B-1" is db.serverless: give the cluster its capacity with serverless
       - instance "B-1" must stand in a zone of the isolated subnets, ["a","b","c"], got "f"
       - readerScaling must go from minReaders to at most 15 maxReaders, got 4 to 2
       - custom endpoint "reports" cannot have both members and exclude: drop one
       - custom endpoint "reports" must name instances, ["a","B-1"], got ["c"]"
    `);
  });

  test("without an instance, and with more than sixteen", () => {
    expect(refusal({ instances: {} })).toMatchInlineSnapshot(`
     "AuroraCluster "dev-test/orders" is invalid:
       - instances must be 1 to 16, got 0: { a: {}, b: {} }"
    `);
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`i${index}`, {}]));
    expect(refusal({ instances: many })).toContain("instances must be 1 to 16, got 17");
  });

  test("in fewer than two zones", () => {
    expect(refusal({ vpc: vpcWith(["a"], ["isolated"]) })).toMatchInlineSnapshot(`
     "AuroraCluster "dev-test/orders" is invalid:
       - subnets must be a tier with subnets in at least 2 availability zones, "isolated" is in ["a"]: add a zone to the tier, or name another tier"
    `);
  });

  test("in the advanced mode of Database Insights without measurements", () => {
    expect(refusal({ databaseInsights: "advanced", performanceInsights: false })).toMatchInlineSnapshot(`
     "AuroraCluster "dev-test/orders" is invalid:
       - databaseInsights "advanced" needs Performance Insights: leave performanceInsights out"
    `);
  });

  test("with a number for a password that RDS changes by itself", () => {
    expect(refusal({ passwordVersion: 2 })).toMatchInlineSnapshot(`
     "AuroraCluster "dev-test/orders" is invalid:
       - passwordVersion has no effect on a password that RDS manages, got 2: drop it, or say masterPassword: "generated""
    `);
    expect(refusal({ passwordVersion: 2, masterPassword: "generated" })).toBe("nothing is refused");
  });

  test("when more readers are asked for than there can be", () => {
    const readerScaling = { maxReaders: 16, target: { cpuPercent: 60 } };
    expect(refusal({ readerScaling })).toMatchInlineSnapshot(`
     "AuroraCluster "dev-test/orders" is invalid:
       - readerScaling must go from minReaders to at most 15 maxReaders, got 1 to 16"
    `);
  });
});
