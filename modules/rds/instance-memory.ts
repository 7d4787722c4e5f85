/** GiB of memory for each vCPU, by the letter that an instance family begins with. https://aws.amazon.com/rds/instance-types/ */
const GIB_PER_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, z: 8, x: 16 };

/** Classes of burstable instances, which have two vCPUs up to `large`. */
const BURSTABLE_GIB: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16 };

/**
 * Memory of an instance class in GiB, from its name: an estimate for thresholds, which holds for the usual families.
 * @param instanceType `db.m7g.large`
 * @returns undefined for a class whose name does not say it
 */
export function memoryGib(instanceType: string): number | undefined {
  const [, family = "", size = ""] = /^db\.([a-z])\w*\.(?:tpc\d\.mem\dx\.)?(\w+)$/.exec(instanceType) ?? [];
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  if (family === "t") return multiple === undefined ? BURSTABLE_GIB[size] : 16 * Number(multiple);
  const vcpus = multiple === undefined ? { medium: 1, large: 2, xlarge: 4 }[size] : 4 * Number(multiple);
  const perVcpu = GIB_PER_VCPU[family];
  return vcpus === undefined || perVcpu === undefined ? undefined : vcpus * perVcpu;
}

/** Bytes of memory for each connection that the engine allows by default, and the most that it ever allows. */
const CONNECTIONS: Readonly<Record<string, { readonly bytes: number; readonly most: number }>> = {
  postgres: { bytes: 9_531_392, most: 5_000 },
  "aurora-postgresql": { bytes: 9_531_392, most: 5_000 },
  mysql: { bytes: 12_582_880, most: 100_000 },
  mariadb: { bytes: 12_582_880, most: 100_000 },
  "oracle-ee": { bytes: 9_868_951, most: 20_000 },
  "oracle-ee-cdb": { bytes: 9_868_951, most: 20_000 },
  "oracle-se2": { bytes: 9_868_951, most: 20_000 },
  "oracle-se2-cdb": { bytes: 9_868_951, most: 20_000 },
};

/**
 * Connections that an instance allows when its parameters say nothing, about: the engine is given a little less than all memory.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 * @returns undefined where neither the engine nor the class says it
 */
export function maxConnections(engine: string, instanceType: string): number | undefined {
  const gib = memoryGib(instanceType);
  const rule = CONNECTIONS[engine];
  return gib === undefined || !rule ? undefined : Math.min(Math.floor((gib * 2 ** 30) / rule.bytes), rule.most);
}
