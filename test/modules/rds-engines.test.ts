import fc from "fast-check";
import {
  engineFacts,
  hasIamAuthentication,
  majorVersion,
  parameterGroupFamily,
  type Engine,
} from "../../modules/rds/engine";
import { maxConnections, memoryGib } from "../../modules/rds/instance-memory";
import { windowProblems } from "../../modules/rds/windows";

describe("an engine's version", () => {
  test.each<[Engine, string, string, string]>([
    ["postgres", "16.4", "16", "postgres16"],
    ["postgres", "17", "17", "postgres17"],
    ["postgres", "9.6.24", "9.6", "postgres9.6"],
    ["mysql", "8.0.39", "8.0", "mysql8.0"],
    ["mysql", "8.4.3", "8.4", "mysql8.4"],
    ["mariadb", "10.11.9", "10.11", "mariadb10.11"],
    ["mariadb", "11.4", "11.4", "mariadb11.4"],
    ["oracle-ee", "19.0.0.0.ru-2024-10.rur-2024-10.r1", "19", "oracle-ee-19"],
    ["oracle-ee-cdb", "21.0.0.0.ru-2024-10.rur-2024-10.r1", "21", "oracle-ee-cdb-21"],
    ["oracle-se2", "19", "19", "oracle-se2-19"],
    ["oracle-se2-cdb", "19.0.0.0.ru-2023-04.rur-2023-04.r1", "19", "oracle-se2-cdb-19"],
    ["sqlserver-ee", "15.00.4236.7.v1", "15.00", "sqlserver-ee-15.0"],
    ["sqlserver-se", "16.00", "16.00", "sqlserver-se-16.0"],
    ["sqlserver-ex", "14.00.3471.2.v1", "14.00", "sqlserver-ex-14.0"],
    ["sqlserver-web", "15.00.4236.7.v1", "15.00", "sqlserver-web-15.0"],
    ["db2-se", "11.5.9.0.sb00000000.r1", "11.5", "db2-se-11.5"],
    ["db2-ae", "12.1.2.0.sb00000000.r1", "12.1", "db2-ae-12.1"],
    ["aurora-mysql", "8.0.mysql_aurora.3.08.0", "8.0", "aurora-mysql8.0"],
    ["aurora-postgresql", "16.4", "16", "aurora-postgresql16"],
  ])("of %s %s says that its major version is %s and its family %s", (engine, version, major, family) => {
    expect(majorVersion(engine, version)).toBe(major);
    expect(parameterGroupFamily(engine, version)).toBe(family);
  });

  test.each<[Engine, string]>([
    ["postgres", "8.0.39"],
    ["postgres", "latest"],
    ["mysql", "8"],
    ["mariadb", "11"],
    ["sqlserver-se", "2019"],
    ["db2-se", "11"],
    ["oracle-ee", ""],
  ])("of %s is not %s", (engine, version) => {
    expect(parameterGroupFamily(engine, version)).toBeUndefined();
  });
});

describe("an engine's facts", () => {
  test("say which versions let clients log in with IAM", () => {
    expect(hasIamAuthentication("postgres", "16")).toBe(true);
    expect(hasIamAuthentication("mysql", "8.4.3")).toBe(true);
    expect(hasIamAuthentication("mariadb", "10.6.20")).toBe(false);
    expect(hasIamAuthentication("mariadb", "10.11.9")).toBe(true);
    expect(hasIamAuthentication("mariadb", "11.4.4")).toBe(true);
    expect(hasIamAuthentication("oracle-ee", "19")).toBe(false);
  });

  test("say how many read replicas AWS allows", () => {
    const replicas = (engine: Engine): number => engineFacts(engine).maxReadReplicas;
    expect([replicas("postgres"), replicas("mysql"), replicas("mariadb")]).toEqual([15, 15, 15]);
    expect([replicas("oracle-ee"), replicas("oracle-se2")]).toEqual([5, 0]);
    expect([replicas("sqlserver-ee"), replicas("sqlserver-se"), replicas("sqlserver-ex")]).toEqual([5, 0, 0]);
    expect(replicas("db2-se")).toBe(3);
  });
});

describe("an instance class", () => {
  test.each<[string, number | undefined]>([
    ["db.t4g.micro", 1],
    ["db.t3.2xlarge", 32],
    ["db.m7g.large", 8],
    ["db.r6g.4xlarge", 128],
    ["db.x2g.large", 32],
    ["db.r5.6xlarge.tpc2.mem4x", undefined],
    ["db.serverless", undefined],
  ])("%s has %s GiB of memory", (instanceType, gib) => {
    expect(memoryGib(instanceType)).toBe(gib);
  });

  test("allows as many connections as the engine counts for its memory, up to the engine's most", () => {
    expect(maxConnections("postgres", "db.m7g.large")).toBe(901);
    expect(maxConnections("postgres", "db.r6g.16xlarge")).toBe(5000);
    expect(maxConnections("mysql", "db.t4g.micro")).toBe(85);
    expect(maxConnections("db2-se", "db.m6i.large")).toBeUndefined();
  });
});

describe("backup and maintenance windows", () => {
  test.each<[string, string]>([
    ["02:00-03:00", "sun:03:00-sun:04:00"],
    ["23:30-00:30", "mon:00:30-mon:01:30"],
    ["00:00-00:30", "sun:23:00-mon:00:00"],
  ])("%s and %s stand beside each other", (backup, maintenance) => {
    expect(windowProblems(backup, maintenance)).toEqual([]);
  });

  test.each<[string, string]>([
    ["02:00-03:00", "sun:02:30-sun:03:30"],
    ["23:30-00:30", "mon:00:00-mon:01:00"],
    ["23:30-00:30", "sun:23:45-mon:00:15"],
    ["00:00-01:00", "sun:23:30-mon:00:30"],
    ["04:00-05:00", "sat:23:00-sun:23:00"],
  ])("%s and %s overlap", (backup, maintenance) => {
    expect(windowProblems(backup, maintenance)).toEqual([
      `backupWindow ${backup} and maintenanceWindow ${maintenance} must not overlap: move one of the two`,
    ]);
  });

  test("last half an hour at least, and are times", () => {
    expect(windowProblems("02:00-02:15", "sun:03:00-sun:03:29")).toEqual([
      "backupWindow must be 30 minutes or longer, got 15: let it end later",
      "maintenanceWindow must be 30 minutes or longer, got 29: let it end later",
    ]);
    expect(windowProblems("25:00-26:00", "someday:03:00-sun:03:29")).toEqual([
      'backupWindow must be "hh:mm-hh:mm" in UTC, got "25:00-26:00"',
      'maintenanceWindow must be "ddd:hh:mm-ddd:hh:mm" in UTC, got "someday:03:00-sun:03:29"',
    ]);
  });

  test("overlap exactly when they have a minute in common, whatever the day", () => {
    const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const time = (minute: number): string =>
      `${String(Math.floor((minute % 1440) / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const moment = (minute: number): string => `${days[Math.floor(minute / 1440) % 7]}:${time(minute)}`;
    const length = fc.integer({ min: 30, max: 300 });
    fc.assert(
      fc.property(fc.nat(1439), length, fc.nat(10_079), length, (backup, backupLength, maintenance, itsLength) => {
        const found = windowProblems(
          `${time(backup)}-${time(backup + backupLength)}`,
          `${moment(maintenance)}-${moment(maintenance + itsLength)}`,
        );
        const inBackup = (minute: number): boolean => (minute - backup + 1440 * 9) % 1440 < backupLength;
        const minutes = Array.from({ length: itsLength }, (_, offset) => maintenance + offset);
        expect(found.length > 0).toBe(minutes.some(inBackup));
      }),
    );
  });
});
