import { checked, unchecked, unsetKeys } from "../support/environment-definition";

const POSTGRES = { engine: "postgres", engineVersion: "16", instanceType: "db.t4g.medium" } as const;
const AURORA = { engine: "aurora-mysql", engineVersion: "8.0", instances: { a: {} } } as const;

describe("databases in an environment", () => {
  test("say what they need, each missing key told with its path", () => {
    const unset = checked({
      databases: {
        orders: { engine: "postgres", dnsNames: { writer: "orders" } },
        shop: {
          ...POSTGRES,
          copyBackupsTo: { region: "eu-central-1" },
          readReplicas: { us: { otherRegion: { region: "us-east-1", subnetIds: ["subnet-1", "subnet-2"] } } },
        },
      },
      databaseClusters: { ledger: { engine: "postgres", engineVersion: "16.4" } },
      auroraClusters: {
        catalogue: {
          ...AURORA,
          serverless: { minCapacityAcu: 0 },
          readerScaling: { minReaders: 1 },
        },
        search: { engine: "aurora-mysql", engineVersion: "8.0" },
      },
    });
    const keys = unsetKeys(
      "databases.orders.engineVersion",
      "databases.orders.instanceType",
      "databases.orders.dnsNames.zone",
      "databases.shop.copyBackupsTo.kmsKeyArn",
      "databases.shop.readReplicas.us.otherRegion.kmsKeyArn",
      "databases.shop.readReplicas.us.otherRegion.securityGroupIds",
      "databaseClusters.ledger.instanceType",
      "auroraClusters.search.instances",
      "auroraClusters.catalogue.serverless.maxCapacityAcu",
      "auroraClusters.catalogue.readerScaling.target",
      "auroraClusters.catalogue.readerScaling.maxReaders",
    );
    expect(unset).toThrow(keys);
  });

  test("are refused with a name that another one has, and with what is no source, or more than one, to be restored from", () => {
    const contradictory = checked({
      databases: {
        orders: POSTGRES,
        shop: { ...POSTGRES, restoreFrom: unchecked({ database: "acme-dev-old" }) },
        blog: { ...POSTGRES, restoreFrom: unchecked({ time: "latest" }) },
        forum: { ...POSTGRES, restoreFrom: { snapshot: "old" } },
        wiki: { ...POSTGRES, restoreFrom: unchecked({ snapshot: "old", database: "acme-dev-old", time: "latest" }) },
      },
      auroraClusters: { orders: AURORA, search: { ...AURORA, restoreFrom: { cloneOf: "acme-dev-old" } } },
    });
    expect(contradictory).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - dev: auroraClusters.orders has the name of databases.orders: give one of the two another name
       - dev: databases.shop.restoreFrom.time is not set: "latest", or a time such as "2026-11-20T03:00:00Z"
       - dev: databases.blog.restoreFrom does not say from what: give a snapshot, or a source and a time
       - dev: databases.wiki.restoreFrom names several sources (snapshot, database): keep one, here or in the base"
    `);
  });

  test("may have parts that are complete, or none of them", () => {
    const otherRegion = { region: "us-east-1", kmsKeyArn: "k", subnetIds: ["s"], securityGroupIds: [] };
    const databases = { plain: POSTGRES, orders: { ...POSTGRES, readReplicas: { a: {}, us: { otherRegion } } } };
    expect(checked({ databases, auroraClusters: { catalogue: AURORA } })).not.toThrow();
  });

  /** Compiled by the type check; each line fails there when the mistake below it compiles. */
  test("with a mistake at any depth do not compile", () => {
    // @ts-expect-error -- no such key
    checked({ databases: { orders: { ...POSTGRES, storageGb: 20 } } });
    // @ts-expect-error -- no such engine
    checked({ databases: { orders: { ...POSTGRES, engine: "postgresql" } } });
    // @ts-expect-error -- a password is no text
    checked({ databases: { orders: { ...POSTGRES, masterPassword: "hunter22" } } });
    // @ts-expect-error -- what is made of other constructs is wired in a stack
    checked({ databases: { orders: { ...POSTGRES, securityGroup: {} } } });
    // @ts-expect-error -- no such window
    checked({ databases: { orders: { ...POSTGRES, backupWindow: "at night" } } });
    // @ts-expect-error -- no such key of a replica
    checked({ databases: { orders: { ...POSTGRES, readReplicas: { a: { instanceClass: "db.t4g.medium" } } } } });
    // @ts-expect-error -- no such key of another region
    checked({ databases: { orders: { ...POSTGRES, readReplicas: { a: { otherRegion: { subnets: [] } } } } } });
    // @ts-expect-error -- no such threshold
    checked({ databases: { orders: { ...POSTGRES, alarmThresholds: { cpu: 90 } } } });
    // @ts-expect-error -- half of what it is restored from
    checked({ databases: { orders: { ...POSTGRES, restoreFrom: { database: "acme-dev-old" } } } });
    // @ts-expect-error -- half of a directory
    checked({ databases: { orders: { ...POSTGRES, domain: { directoryId: "d-1234567890" } } } });
    // @ts-expect-error -- half of a parameter
    checked({ databases: { orders: { ...POSTGRES, parameters: { max_connections: { value: "200" } } } } });
    // @ts-expect-error -- no Multi-AZ cluster of MariaDB
    checked({ databaseClusters: { ledger: { ...POSTGRES, engine: "mariadb" } } });
    // @ts-expect-error -- no such key of an instance
    checked({ auroraClusters: { catalogue: { ...AURORA, instances: { a: { zone: "a" } } } } });
    // @ts-expect-error -- no such key of its capacity
    checked({ auroraClusters: { catalogue: { ...AURORA, serverless: { minCapacity: 0 } } } });
    // @ts-expect-error -- half of an endpoint says nothing
    checked({ auroraClusters: { catalogue: { ...AURORA, customEndpoints: { reports: { members: ["a"] } } } } });
    // @ts-expect-error -- no such metric
    checked({ auroraClusters: { catalogue: { ...AURORA, readerScaling: { target: { memoryPercent: 60 } } } } });
    expect(checked({})).not.toThrow();
  });
});

describe("zones and services in an environment", () => {
  /** Compiled by the type check; each line fails there when the mistake below it compiles. */
  test("with a mistake at any depth do not compile", () => {
    // @ts-expect-error -- no such choice
    checked({ zones: { main: { domainName: "acme.example", visibility: "internal" } } });
    // @ts-expect-error -- half of a target
    checked({ zones: { main: { aliases: { www: { name: "www", to: { dnsName: "alb.example.org" } } } } } });
    // @ts-expect-error -- a key without its ARN
    checked({ zones: { main: { dnssec: {} } } });
    // @ts-expect-error -- no such type of record
    checked({ zones: { main: { records: { apex: { name: "@", type: "ALIAS", value: "x" } } } } });
    // @ts-expect-error -- no such key of a zone above
    checked({ zones: { main: { parent: { zone: "Z1" } } } });
    // @ts-expect-error -- no such key
    checked({ web: { domains: { zone: "main" } } });
    // @ts-expect-error -- no such key of a service
    checked({ web: { services: { shop: { minimumSize: 1 } } } });
    // @ts-expect-error -- no such key of its other half
    checked({ web: { services: { shop: { green: { weight: 10 } } } } });
    expect(checked({})).not.toThrow();
  });
});
