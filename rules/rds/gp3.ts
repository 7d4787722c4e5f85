import type { Estate } from "../estate";
import { format } from "../kinds";
import { engineOf, familyOf, INSTANCE } from "./engines";
import { storageType } from "./storage";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault, type ResourceRule } from "../rule";

const STORAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html";

/** From here on gp3 is striped over four volumes, and can be given more. */
const GP3_THRESHOLD: Readonly<Record<string, number>> = {
  db2: 400,
  mariadb: 400,
  mysql: 400,
  oracle: 200,
  postgres: 400,
};

export const rdsGp3Rules = [
  rule({
    id: "rds-gp3-threshold",
    types: [INSTANCE],
    title: "IOPS and throughput of gp3 are set from 400 GiB on (200 of Oracle); of SQL Server with every size",
    why: "Smaller storage has 3,000 IOPS and 125 MiB/s: AWS refuses to set them at apply.",
    fix: "Drop iops and storage_throughput, or allocate 400 GiB (200 of Oracle) or more.",
    source: STORAGE,
    severity: "error",
    check: (instance, estate) =>
      each(["iops", "storage_throughput"], (name) => {
        const { body } = instance;
        if (!body.has(name) || storageType(instance) !== "gp3") return undefined;
        const threshold = thresholdOf(instance, estate);
        const size = body.number("allocated_storage");
        if (threshold === undefined || size === undefined || size === 0 || size >= threshold) return undefined;
        return fault(body, name, `it is set from ${threshold} GiB on, this has ${format(size)}`);
      }),
  }),

  onGp3("rds-gp3-iops-range", "iops", "IOPS of gp3 are 12,000 to 64,000, of SQL Server 3,000 to 16,000", {
    striped: [12_000, 64_000],
    sqlServer: [3_000, 16_000],
  }),

  onGp3(
    "rds-gp3-throughput-range",
    "storage_throughput",
    "The throughput of gp3 is 500 to 4,000 MiB/s, of SQL Server 125 to 1,000",
    { striped: [500, 4_000], sqlServer: [125, 1_000] },
  ),

  rule({
    id: "rds-gp3-throughput-per-iops",
    types: [INSTANCE],
    title: "The throughput of gp3 is at most 0.25 MiB/s for each of its IOPS",
    why: "AWS refuses it at apply.",
    fix: "Raise iops to four times storage_throughput, or lower storage_throughput.",
    source: STORAGE,
    severity: "error",
    check: (instance) => {
      const { body } = instance;
      const throughput = body.number("storage_throughput");
      if (throughput === undefined || !body.has("iops") || storageType(instance) !== "gp3") return undefined;
      const most = (body.number("iops") ?? 0) / 4;
      if (throughput <= most) return undefined;
      return fault(body, "storage_throughput", `with these IOPS it is at most ${format(Math.floor(most))} MiB/s`);
    },
  }),
] as const;

function thresholdOf(instance: Resource, estate: Estate): number | undefined {
  const family = familyOf(engineOf(instance, estate));
  return family && GP3_THRESHOLD[family];
}

/** A rule on what gp3 can be given from its threshold on. */
function onGp3<const Id extends string>(
  id: Id,
  argument: string,
  title: string,
  ranges: { readonly striped: readonly [number, number]; readonly sqlServer: readonly [number, number] },
): ResourceRule<Id> {
  return rule<Id>({
    id,
    types: [INSTANCE],
    title,
    why: "AWS refuses it at apply.",
    fix: `Set ${argument} within the range, or leave it out.`,
    source: STORAGE,
    severity: "error",
    check: (instance, estate): Fault | undefined => {
      const { body } = instance;
      const value = body.number(argument);
      if (value === undefined || value === 0 || storageType(instance) !== "gp3") return undefined;
      const sqlServer = familyOf(engineOf(instance, estate)) === "sqlserver";
      const threshold = thresholdOf(instance, estate);
      if (!sqlServer && threshold === undefined) return undefined;
      // Below the threshold is another rule's.
      const size = sqlServer ? undefined : body.number("allocated_storage");
      if (size !== undefined && threshold !== undefined && size < threshold) return undefined;
      const [least, most] = sqlServer ? ranges.sqlServer : ranges.striped;
      if (value >= least && value <= most) return undefined;
      return fault(body, argument, `it is ${format(least)} to ${format(most)}`);
    },
  }) as ResourceRule<Id>;
}
