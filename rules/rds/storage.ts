import { UnknownValueError } from "../values/block";
import type { Estate } from "../estate";
import { format } from "../kinds";
import { CLUSTER, DATABASES, engineOf, familyOf, INSTANCE, isAurora } from "./engines";
import type { Resource } from "../resource";
import { fault, rule, type Fault, type ResourceRule } from "../rule";

const CREATE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";
const STORAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html";
const SCALING = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html";

type Kind = "general" | "provisioned" | "magnetic";
const KINDS: Readonly<Record<string, Kind>> = {
  gp2: "general",
  gp3: "general",
  io1: "provisioned",
  io2: "provisioned",
  standard: "magnetic",
};
const SMALLEST: Readonly<Record<Kind, number>> = { general: 20, provisioned: 100, magnetic: 5 };
const MAGNETIC_SMALLEST: Readonly<Record<string, number>> = { oracle: 10, sqlserver: 20 };
/**
 * What AWS takes of gp2, and where no type is said: less than the 20 GiB of the document. It is what DescribeOrderableDBInstanceOptions answers,
 * and instances of 5 and 10 GiB are made.
 */
const GP2_SMALLEST: Readonly<Record<string, number>> = { mariadb: 5, mysql: 5, oracle: 10, postgres: 5 };
const LARGEST = 65_536;
const LARGEST_SQL_SERVER = 16_384;
const LARGEST_MAGNETIC = 3_072;
const LARGEST_MAGNETIC_SQL_SERVER = 1_024;
/** RDS Custom has rules of its own; the document has 40 GiB for SQL Server too, AWS takes 20. */
const CUSTOM_SMALLEST = 40;
const CUSTOM_SMALLEST_SQL_SERVER = 20;

export const rdsStorageRules = [
  rule({
    id: "rds-storage-size",
    types: DATABASES,
    title: `Storage is 20 to ${format(LARGEST)} GiB, of gp2 5 (Oracle 10) and more, of Provisioned IOPS 100 and more, of magnetic disks 5 to ${format(LARGEST_MAGNETIC)}; of SQL Server at most ${format(LARGEST_SQL_SERVER)}`,
    why: "AWS refuses it at apply.",
    fix: "Set allocated_storage to what the type of storage takes.",
    source: CREATE,
    severity: "error",
    check: (database, estate) => {
      const { body } = database;
      const size = body.number("allocated_storage");
      // 0 is what a replica and a snapshot leave to AWS; of Aurora is another rule's.
      if (size === undefined || size === 0 || isOfAurora(database, estate)) return undefined;
      const [smallest, largest] = sizes(database, estate);
      if (size >= smallest && size <= largest) return undefined;
      const type = storageType(database);
      return fault(body, "allocated_storage", `storage of ${type} is ${format(smallest)} to ${format(largest)} GiB`);
    },
  }),

  rule({
    id: "rds-storage-documented-size",
    types: DATABASES,
    title: `Storage of gp2 is ${SMALLEST.general} GiB and more: AWS documents no less`,
    why: "It takes less, and has done so for years; its documents promise nothing of it.",
    fix: `Set allocated_storage to ${SMALLEST.general} or more; acknowledge it where AWS has taken it.`,
    source: CREATE,
    severity: "warning",
    check: (database, estate) => {
      const { body } = database;
      const size = body.number("allocated_storage");
      if (size === undefined || size >= SMALLEST.general || isOfAurora(database, estate)) return undefined;
      // What AWS does not take is another rule's.
      if (storageType(database) !== "gp2" || size < sizes(database, estate)[0]) return undefined;
      return fault(body, "allocated_storage", `AWS documents at least ${SMALLEST.general} GiB`);
    },
  }),

  rule({
    id: "rds-iops-required",
    types: DATABASES,
    title: "Storage of io1 and io2 says its IOPS",
    why: "AWS refuses it without at apply.",
    fix: 'Set iops, or storage_type = "gp3".',
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      const type = body.string("storage_type");
      if (type === undefined || KINDS[type] !== "provisioned" || body.has("iops")) return undefined;
      return fault(body, "storage_type", `${type} needs iops`);
    },
  }),

  onIops(
    "rds-iops-range",
    "Storage of io1 and io2 has 1,000 to 256,000 IOPS, of SQL Server at most 64,000",
    (iops, { sqlServer }) => {
      const largest = sqlServer() ? 64_000 : 256_000;
      return iops >= 1_000 && iops <= largest ? undefined : `it has 1,000 to ${format(largest)} IOPS`;
    },
  ),

  onIops(
    "rds-iops-ratio",
    "IOPS are 0.5 to 50 for each GiB of io1, 1 to 50 of SQL Server, and at most 1,000 of io2",
    (iops, { sqlServer, type, database: { body } }) => {
      const size = body.number("allocated_storage");
      if (size === undefined || size === 0) return undefined;
      const most = type === "io2" ? 1_000 : 50;
      const least = sqlServer() ? 1 : 0.5;
      const ratio = iops / size;
      if (ratio >= least && ratio <= most) return undefined;
      return `for ${format(size)} GiB of ${type} it is ${format(Math.ceil(size * least))} to ${format(size * most)}`;
    },
  ),

  rule({
    id: "rds-iops-storage-type",
    types: DATABASES,
    title: "IOPS are of io1, io2 and gp3 only",
    why: "AWS refuses them for other storage at apply.",
    fix: "Drop iops, or take storage of gp3, io1 or io2.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      // An instance without a type that says its IOPS gets io1.
      if (!body.has("iops") || !body.has("storage_type")) return undefined;
      const type = body.string("storage_type");
      if (type !== "gp2" && type !== "standard") return undefined;
      return fault(body, "iops", `storage of ${type} has no IOPS to set`);
    },
  }),

  rule({
    id: "rds-throughput-storage-type",
    types: [INSTANCE],
    title: "Throughput is of gp3 only",
    why: "AWS refuses it for other storage at apply.",
    fix: 'Drop storage_throughput, or set storage_type = "gp3".',
    source: CREATE,
    severity: "error",
    check: (instance) => {
      const { body } = instance;
      if (!body.has("storage_throughput") || !body.has("storage_type") || storageType(instance) === "gp3")
        return undefined;
      return fault(body, "storage_throughput", `storage of ${storageType(instance)} has no throughput to set`);
    },
  }),

  rule({
    id: "rds-max-storage",
    types: [INSTANCE],
    title: "Storage that grows by itself may grow by a tenth or more; 0, or as much as there is, stops it",
    why: "AWS refuses a smaller maximum at apply.",
    fix: "Set max_allocated_storage to 26 percent more than allocated_storage or higher, or to 0.",
    source: SCALING,
    severity: "error",
    check: ({ body }) => {
      const max = body.number("max_allocated_storage");
      if (max === undefined || max === 0) return undefined;
      const size = body.number("allocated_storage");
      if (size === undefined || size === 0 || max === size || max * 10 >= size * 11) return undefined;
      const least = format(Math.ceil((size * 11) / 10));
      return fault(body, "max_allocated_storage", `with ${format(size)} GiB it is ${least} or more, or 0`);
    },
  }),

  rule({
    id: "rds-max-storage-headroom",
    types: [INSTANCE],
    title: "Storage that grows by itself may grow by 26 percent or more",
    why: "With less, AWS warns from the first day on that the maximum is near.",
    fix: "Set max_allocated_storage to 26 percent more than allocated_storage or higher.",
    source: SCALING,
    severity: "warning",
    check: ({ body }) => {
      const max = body.number("max_allocated_storage");
      if (max === undefined || max === 0) return undefined;
      const size = body.number("allocated_storage");
      if (size === undefined || size === 0 || max * 10 < size * 11 || max * 100 >= size * 126) return undefined;
      return fault(body, "max_allocated_storage", `AWS recommends ${format(Math.ceil(size * 1.26))} GiB or more`);
    },
  }),
] as const;

/** Aurora has storage of its own kind. @throws UnknownValueError */
function isOfAurora(database: Resource, estate: Estate): boolean {
  return database.type === CLUSTER && isAurora(database, estate);
}

/** The type of storage; without one, AWS takes io1 where the IOPS are said, else one of the general types. @throws UnknownValueError */
export function storageType({ type, body }: Resource): string {
  const written = body.string("storage_type");
  if (written !== undefined && written !== "") return written;
  if (type === CLUSTER) return "io1";
  return body.has("iops") ? "io1" : "gp2";
}

/** The smallest and the largest size, as far as they are certain. @throws UnknownValueError */
function sizes(database: Resource, estate: Estate): [number, number] {
  const engine = engineOf(database, estate);
  const family = familyOf(engine) ?? "";
  const sqlServer = /^(custom-)?sqlserver/.test(engine);
  const type = storageType(database);
  const kind = KINDS[type];
  // A type that is unheard of may have any size.
  if (kind === undefined) throw new UnknownValueError("storage_type");
  const largest = sqlServer ? LARGEST_SQL_SERVER : LARGEST;
  if (engine.startsWith("custom-")) return [sqlServer ? CUSTOM_SMALLEST_SQL_SERVER : CUSTOM_SMALLEST, largest];
  if (type === "gp2") return [GP2_SMALLEST[family] ?? SMALLEST.general, largest];
  if (kind !== "magnetic") return [SMALLEST[kind], largest];
  return [MAGNETIC_SMALLEST[family] ?? SMALLEST.magnetic, sqlServer ? LARGEST_MAGNETIC_SQL_SERVER : LARGEST_MAGNETIC];
}

interface Provisioned {
  readonly database: Resource;
  readonly type: string;
  /** @throws UnknownValueError */
  readonly sqlServer: () => boolean;
}

/** A rule on the IOPS of io1 and io2. */
function onIops<const Id extends string>(
  id: Id,
  title: string,
  judge: (iops: number, provisioned: Provisioned) => string | undefined,
): ResourceRule<Id> {
  return rule<Id>({
    id,
    types: DATABASES,
    title,
    why: "AWS refuses it at apply.",
    fix: "Change iops, or allocated_storage.",
    source: STORAGE,
    severity: "error",
    check: (database, estate): Fault | undefined => {
      const { body } = database;
      const iops = body.number("iops");
      if (iops === undefined || iops === 0 || isOfAurora(database, estate)) return undefined;
      const type = storageType(database);
      if (KINDS[type] !== "provisioned") return undefined;
      const sqlServer = (): boolean => familyOf(engineOf(database, estate)) === "sqlserver";
      const message = judge(iops, { database, type, sqlServer });
      return message === undefined ? undefined : fault(body, "iops", message);
    },
  }) as ResourceRule<Id>;
}
