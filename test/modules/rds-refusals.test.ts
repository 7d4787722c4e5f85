import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Role } from "../../modules/iam";
import { AuroraCluster, Database, DatabaseProxy, type DatabaseProps } from "../../modules/rds";
import { Vpc } from "../../modules/vpc";
import { ordersIn } from "../support/databases";
import { synthesized, synthesizedApp } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

/** The problems with `orders`, one a line. */
function refusal(props: Partial<DatabaseProps>, environment = {}): string {
  try {
    synthesized((stack) => void ordersIn(stack, props), environment);
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing is refused";
}

/** As many replicas as are asked for. */
function replicas(count: number): DatabaseProps["readReplicas"] {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index + 1}`, {}]));
}

describe("a database is refused", () => {
  test("with all that is wrong at once", () => {
    expect(
      refusal({
        maxStorageGib: 20,
        backupWindow: "04:30-05:30",
        backupRetentionDays: 0,
        parameterGroupFamily: "postgres15",
        readReplicas: { a: {} },
      }),
    ).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - parameterGroupFamily must be "postgres16" for postgres 16.4, got "postgres15": leave it out
       - maxStorageGib must be more than the 20 GiB that are allocated, got 20: raise it, at least to 26, or leave it out
       - backupWindow 04:30-05:30 and maintenanceWindow sun:04:00-sun:05:00 must not overlap: move one of the two
       - readReplicas need a source with backups, backupRetentionDays is 0: raise it to 1"
    `);
  });

  test("when its version is not one of the engine, and when it has what the engine has not", () => {
    expect(refusal({ engineVersion: "8.0.39" })).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - engineVersion must be one of postgres, got "8.0.39": write it as AWS does, see engineVersion"
    `);
    expect(refusal({ options: { TDE: {} }, logExports: ["slowquery"], licenseModel: "license-included" }))
      .toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - options must be of postgres, got ["TDE"]: it has none
       - logExports must be of postgres, got ["slowquery"]: it has postgresql, upgrade, iam-db-auth-error
       - licenseModel of postgres must be postgresql-license, got "license-included""
    `);
    expect(
      refusal({
        engine: "sqlserver-ex",
        engineVersion: "15.00.4236.7.v1",
        databaseName: "orders",
        iamAuthentication: true,
        multiAz: true,
        options: { APEX: {} },
      }),
    ).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - options must be of sqlserver-ex, got ["APEX"]: it has MSDTC, OLEDB_ORACLE, SQLSERVER_AUDIT, SQLSERVER_BACKUP_RESTORE, SSAS, SSIS, SSRS, TDE
       - databaseName must be left out for sqlserver-ex, got "orders": make databases in it afterwards
       - iamAuthentication must be left out: sqlserver-ex 15.00.4236.7.v1 has none
       - multiAz must be left out: sqlserver-ex has none"
    `);
  });

  test("in fewer than two zones", () => {
    synthesized((stack) => {
      const props = { engine: "postgres", engineVersion: "16.4", instanceType: "db.m7g.large" } as const;
      const small = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a"], natGateways: "none" });
      expect(() => new Database(stack, "orders", { ...props, vpc: small })).toThrowErrorMatchingInlineSnapshot(`
       "Database "dev-test/orders" is invalid:
         - subnets must be a tier with subnets in at least 2 availability zones, "isolated" is in ["a"]: add a zone to the tier, or name another tier"
      `);
    });
  });

  test("with both a zone and a standby", () => {
    expect(refusal({ multiAz: true, availabilityZone: "a" })).toContain(
      'availabilityZone "a" and multiAz exclude each other: drop one of the two',
    );
  });

  test("with backups that are copied, and none that are made", () => {
    const copyBackupsTo = { provider: new AwsProvider(new TerraformStack(new App(), "other"), "aws"), kmsKeyArn: "k" };
    expect(refusal({ backupRetentionDays: 0, copyBackupsTo })).toContain(
      "copyBackupsTo needs backups to copy, backupRetentionDays is 0: raise it to 1",
    );
  });

  test("with blue/green updates that AWS has not, or that leave replicas behind", () => {
    expect(
      refusal({
        blueGreenUpdates: true,
        masterPassword: "rds-managed",
        backupRetentionDays: 0,
        engine: "oracle-se2",
        engineVersion: "19",
      }),
    ).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - masterPassword "rds-managed" allows no blueGreenUpdates: say masterPassword: "generated"
       - blueGreenUpdates must be left out: oracle-se2 has none
       - blueGreenUpdates needs backups: raise backupRetentionDays to 1"
    `);
    expect(refusal({ blueGreenUpdates: true, readReplicas: { a: {} } })).toContain(
      "blueGreenUpdates leaves the read replicas behind: switch it off while there are any",
    );
  });
});

test("a number for the password is refused where RDS changes the password by itself", () => {
  expect(refusal({ passwordVersion: 2 })).toMatchInlineSnapshot(`
   "Database "dev-test/orders" is invalid:
     - passwordVersion has no effect on a password that RDS manages, got 2: drop it, or say masterPassword: "generated""
  `);
  expect(refusal({ passwordVersion: 2, masterPassword: "generated" })).toBe("nothing is refused");
});

describe("read replicas are refused", () => {
  test("beyond five, unless more are allowed, and beyond what AWS allows", () => {
    expect(refusal({ readReplicas: replicas(5) })).toBe("nothing is refused");
    expect(refusal({ readReplicas: replicas(6) })).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - readReplicas must be at most 5, got 6: drop some, or raise maxReadReplicas, up to 15"
    `);
    expect(refusal({ readReplicas: replicas(15), maxReadReplicas: 15 })).toBe("nothing is refused");
    expect(refusal({ readReplicas: replicas(16), maxReadReplicas: 16 })).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - maxReadReplicas of postgres must be at most 15, got 16"
    `);
    const db2 = { engine: "db2-se", engineVersion: "11.5.9.0.sb00000000.r1" } as const;
    expect(refusal({ ...db2, readReplicas: replicas(4) })).toContain(
      "readReplicas must be at most 3, got 4: drop some",
    );
  });

  test("with a version that is not one of the engine", () => {
    expect(refusal({ readReplicas: { a: { engineVersion: "newest" } } })).toContain(
      'read replica a must have an engineVersion of postgres, got "newest": write it as AWS does',
    );
  });

  test("where the engine has none", () => {
    for (const engine of ["sqlserver-se", "sqlserver-ex", "sqlserver-web"] as const)
      expect(refusal({ engine, engineVersion: "15.00.4236.7.v1", readReplicas: { a: {} } })).toContain(
        `readReplicas must be left out: ${engine} has none, got ["a"]`,
      );
    expect(refusal({ engine: "oracle-se2", engineVersion: "19", readReplicas: { a: {} } })).toContain(
      'readReplicas must be left out: oracle-se2 has none, got ["a"]',
    );
  });

  test("of a source whose password RDS manages, except of SQL Server, which must be Multi-AZ", () => {
    expect(refusal({ masterPassword: "rds-managed", readReplicas: { a: {} } })).toContain(
      'masterPassword "rds-managed" allows no read replicas of postgres: say masterPassword: "generated"',
    );
    expect(refusal({ engine: "sqlserver-ee", engineVersion: "15.00.4236.7.v1", readReplicas: { a: {} } }))
      .toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - readReplicas of sqlserver-ee need a source that is Multi-AZ: say multiAz: true"
    `);
  });

  test("that ask for what replicas of their engine have not", () => {
    expect(
      refusal({
        readReplicas: {
          A: { multiAz: true, availabilityZone: "a" },
          b: { replicaMode: "mounted", maintenanceWindow: "sun:02:00-sun:02:45" },
        },
      }),
    ).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - read replica A must be named in lower-case letters, digits and "_"
       - read replica A cannot have both availabilityZone and multiAz: drop one
       - read replica b cannot have a replicaMode: postgres has none
       - read replica b: backupWindow 02:00-03:00 and maintenanceWindow sun:02:00-sun:02:45 must not overlap: move one of the two"
    `);
    expect(
      refusal({
        engine: "sqlserver-ee",
        engineVersion: "15.00.4236.7.v1",
        multiAz: true,
        readReplicas: { a: { multiAz: true, backupRetentionDays: 1 } },
      }),
    ).toMatchInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - read replica a cannot have multiAz: replicas of sqlserver-ee have none
       - read replica a cannot have backups: replicas of sqlserver-ee have none"
    `);
  });

  test("in another region without a provider of it, or in one zone there", () => {
    expect(() =>
      synthesized((stack) => {
        const kmsKeyArn = "arn:aws:kms:eu-west-1:111111111111:key/1";
        const provider = stack.providerIn("eu-west-1");
        const otherRegion = { provider, kmsKeyArn, subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
        ordersIn(stack, { readReplicas: { us: { otherRegion } } });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Database "dev-test/orders" is invalid:
       - read replica us needs in otherRegion the provider of another region, got that of "eu-west-1": stack.providerIn("...")
       - read replica us needs in otherRegion subnets in at least 2 zones, got ["subnet-1"]"
    `);
  });
});

test("under somebody else's stack a zone and grants of a log-in are refused, because the region is not known", () => {
  synthesizedApp((app) => {
    const stack = new TerraformStack(app, "shop-prod");
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    const props = { engine: "postgres", engineVersion: "16", instanceType: "db.m7g.large" } as const;
    const vpc = vpcWith(["a", "b"], ["isolated"]);
    expect(() => new Database(stack, "orders", { ...props, vpc, availabilityZone: "a" })).toThrow(
      "availabilityZone is a letter, and the region is not known: leave it out, or build it in an EnvironmentStack, or say where it is with provideContext",
    );
    const users = new Database(stack, "users", { ...props, vpc, multiAz: false });
    const aurora = { engine: "aurora-postgresql", engineVersion: "16.4", instanceType: "db.r7g.large" } as const;
    const carts = new AuroraCluster(stack, "carts", { ...aurora, vpc, instances: { a: {} } });
    const proxy = new DatabaseProxy(stack, "proxy", { vpc, target: users, iamAuthentication: "required" });
    const role = new Role(stack, "app", { service: "ec2.amazonaws.com" });
    for (const target of [users, carts, proxy])
      expect(() => target.grantConnect(role, "app_user")).toThrow(
        `Whom "${target.node.path}" lets in is said with its region and account: use an EnvironmentStack, or say where it is with provideContext.`,
      );
  });
});

test("a password that is written down does not compile", () => {
  // @ts-expect-error a literal is no secret
  const props: Partial<DatabaseProps> = { masterPassword: "hunter2" };
  expect(props).toBeDefined();
});
