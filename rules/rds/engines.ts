import { UnknownValueError, type Block } from "../values/block";
import { certain, known } from "../values/certain";
import { ENGINES, type EngineFacts, type EngineFamily } from "../data/rds-engines";
import type { Estate } from "../estate";
import { followName } from "../named";
import type { Resource } from "../resource";

export const INSTANCE = "aws_db_instance";
export const CLUSTER = "aws_rds_cluster";
/** An instance of an Aurora cluster. */
export const MEMBER = "aws_rds_cluster_instance";

/** What holds data of its own: an instance of a cluster holds none. */
export const DATABASES: readonly string[] = [INSTANCE, CLUSTER];

const FAMILIES = Object.keys(ENGINES) as EngineFamily[];

/**
 * The engine of a database, in lower case: its own, its cluster's or its source's.
 * @throws UnknownValueError when only Terraform or AWS can tell, as of what is restored from a snapshot
 */
export function engineOf(database: Resource, estate: Estate, seen: readonly Resource[] = []): string {
  const { type, stack, body } = database;
  // `${aws_rds_cluster.main.engine}` is how an instance mostly says it; a version that is looked up has an engine too.
  const named = estate.target(stack, body.raw("engine"));
  const own = named ? undefined : body.string("engine")?.toLowerCase();
  if (own !== undefined && own !== "") return own;
  const isOfOne = named && (named.body.raw("engine") !== undefined || [...DATABASES, MEMBER].includes(named.type));
  const other = isOfOne ? named : type === MEMBER ? clusterOf(database, estate) : sourceOf(database, estate);
  if (!other || seen.includes(other)) throw new UnknownValueError("engine");
  return engineOf(other, estate, [...seen, database]);
}

/** Which of the engines it is of. Undefined for one that is unheard of, and for RDS Custom. */
export function familyOf(engine: string): EngineFamily | undefined {
  return FAMILIES.filter((family) => engine === family || engine.startsWith(`${family}-`)).sort(
    (one, other) => other.length - one.length,
  )[0];
}

/** What is known of the engine of a database. @throws UnknownValueError */
export function factsOf(database: Resource, estate: Estate): EngineFacts | undefined {
  const family = familyOf(engineOf(database, estate));
  return family && ENGINES[family];
}

/** Whether a cluster is of Aurora; else it is a Multi-AZ DB cluster. @throws UnknownValueError */
export function isAurora(cluster: Resource, estate: Estate): boolean {
  return engineOf(cluster, estate).startsWith("aurora");
}

/** Whether it replicates another database. @throws UnknownValueError */
export function isReplica({ body }: Resource): boolean {
  return certain(["replicate_source_db", "replication_source_identifier"], (name) => body.has(name));
}

/** Whether what it begins with is a backup: its engine, its users and its encryption are those of the backup. @throws UnknownValueError */
export function isRestored({ body }: Resource): boolean {
  return certain(["snapshot_identifier", "restore_to_point_in_time"], (name) => body.has(name));
}

/** Whether it begins empty, or with files of S3: AWS has to be told all of it. @throws UnknownValueError */
export function isNew(database: Resource): boolean {
  return !certain([isReplica, isRestored], (test) => test(database));
}

/** The cluster that an instance is of. @throws UnknownValueError when it is not here */
export function clusterOf(member: Resource, estate: Estate): Resource | undefined {
  return followName(member, member.body, "cluster_identifier", CLUSTER, estate, "cluster_identifier");
}

/** The instances of an Aurora cluster that are here. */
export function membersOf(cluster: Resource, estate: Estate): Resource[] {
  const referring = estate.attached(cluster, MEMBER, "cluster_identifier");
  const naming = estate.ofType(MEMBER).filter((member) => known(() => clusterOf(member, estate)) === cluster);
  return [...new Set([...referring, ...naming])];
}

/**
 * The database that one replicates, by reference, by identifier or by ARN.
 * @returns undefined when it replicates none
 * @throws UnknownValueError when it is not here
 */
export function sourceOf(replica: Resource, estate: Estate): Resource | undefined {
  const { stack, body } = replica;
  const written = body.raw("replicate_source_db");
  if (written === undefined || written === "") return undefined;
  const target = estate.target(stack, written);
  if (target && DATABASES.includes(target.type)) return target;
  const name = body.string("replicate_source_db")?.toLowerCase() ?? "";
  const [, region, account, identifier] = /^arn:[^:]+:rds:([^:]+):(\d+):db:(.+)$/.exec(name) ?? [];
  const found = estate
    .ofType(INSTANCE)
    .find(
      (other) =>
        other !== replica &&
        other.stack.environment === stack.environment &&
        other.body.raw("identifier") === (identifier ?? name) &&
        other.region === (region ?? replica.region) &&
        other.account === (account ?? replica.account),
    );
  if (!found) throw new UnknownValueError("replicate_source_db");
  return found;
}

/** The replicas of a database that are here. */
export function replicasOf(source: Resource, estate: Estate): Resource[] {
  return estate.attached(source, INSTANCE, "replicate_source_db");
}

/** What the master user and the first database are called in: an instance and a cluster name them differently. */
export function credentialsOf({ type, body }: Resource): {
  readonly body: Block;
  readonly username: string;
  readonly passwords: readonly string[];
  readonly databaseName: string;
} {
  return type === CLUSTER
    ? {
        body,
        username: "master_username",
        passwords: ["master_password", "master_password_wo"],
        databaseName: "database_name",
      }
    : { body, username: "username", passwords: ["password", "password_wo"], databaseName: "db_name" };
}
