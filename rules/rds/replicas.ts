import { UnknownValueError } from "../values/block";
import { ENGINES } from "../data/rds-engines";
import { keyRegion } from "../ebs/encryption";
import type { Estate } from "../estate";
import { quota } from "../quotas";
import { engineOf, factsOf, familyOf, INSTANCE, isNew, replicasOf, sourceOf } from "./engines";
import { referenceOf } from "../values/references";
import type { Resource } from "../resource";
import { fault, rule, type Fault } from "../rule";

const CREATE_REPLICA = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html";
const REPLICAS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html";
const SECRETS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html";
const DELETE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html";

const TYPES = [INSTANCE];
const SOURCE = "replicate_source_db";

export const rdsReplicaRules = [
  rule({
    id: "rds-replica-source-backups",
    types: TYPES,
    title: "The source of a read replica keeps automated backups",
    why: "AWS refuses the replica at apply.",
    fix: "Set backup_retention_period of the source to 1 or more.",
    source: CREATE_REPLICA,
    severity: "error",
    check: (replica, estate) => {
      const source = sourceOf(replica, estate);
      if (!source || source.type !== INSTANCE) return undefined;
      const days = source.body.number("backup_retention_period");
      // What is restored keeps the backups of its snapshot, unless it says otherwise.
      if (days === undefined && !isNew(source) && !source.body.has(SOURCE))
        throw new UnknownValueError("backup_retention_period");
      if ((days ?? 0) > 0) return undefined;
      return fault(replica.body, SOURCE, `${source.address} keeps no backups: backup_retention_period is 0`);
    },
  }),

  rule({
    id: "rds-replica-count",
    types: TYPES,
    title: "A database has at most 15 read replicas; of Oracle and SQL Server 5, of Db2 3",
    why: "AWS refuses what is more at apply, and raises it for nobody.",
    fix: "Make fewer replicas, or replicas of a replica.",
    source: CREATE_REPLICA,
    severity: "error",
    check: (source, estate) => {
      const replicas = replicasOf(source, estate);
      if (replicas.length === 0) return undefined;
      const count = replicas.reduce((sum, { copies }) => sum + (copies ?? 0), 0);
      const family = familyOf(engineOf(source, estate));
      const most = family && ENGINES[family].replicas;
      if (most === undefined) return undefined;
      if (count > most) return fault(source.body, "identifier", `it has ${count} read replicas, at most are ${most}`);
      if (replicas.some(({ copies }) => copies === undefined)) throw new UnknownValueError("count");
      return undefined;
    },
  }),

  quota({
    id: "rds-replica-quota",
    quota: "readReplicasPerDatabase",
    types: TYPES,
    when: ({ body }) => body.raw(SOURCE) !== undefined && body.raw(SOURCE) !== "",
    within: sourceOf,
    argument: SOURCE,
    fewer: "Make fewer replicas, of a larger class",
  }),

  rule({
    id: "rds-replica-encryption",
    types: TYPES,
    title: "A read replica is encrypted as its source is",
    why: "AWS refuses an encrypted replica of what is not encrypted at apply.",
    fix: "Encrypt the source: restore an encrypted copy of a snapshot of it.",
    source: CREATE_REPLICA,
    severity: "error",
    check: (replica, estate) => {
      const { body } = replica;
      const argument = body.has("kms_key_id") ? "kms_key_id" : "storage_encrypted";
      if (argument === "storage_encrypted" && body.boolean("storage_encrypted") !== true) return undefined;
      const source = sourceOf(replica, estate);
      if (!source || isEncrypted(source)) return undefined;
      return fault(body, argument, `${source.address} is not encrypted`);
    },
  }),

  rule({
    id: "rds-replica-source-name",
    types: TYPES,
    title: "A read replica names its source by the identifier in one region, and by the ARN from another one",
    why: "AWS looks for an identifier in the replica's own region only, finds no such database, and refuses it at apply.",
    fix: "Set replicate_source_db to the identifier of the source, or to its arn where the source is in another region.",
    source: CREATE_REPLICA,
    severity: "error",
    check: (replica, estate) => {
      const source = sourceOf(replica, estate);
      const reference = referenceOf(String(replica.body.raw(SOURCE)));
      // What an output of another stack holds, its name does not tell.
      if (!source || source.type !== INSTANCE || !reference || reference.remoteState !== undefined) return undefined;
      const { attribute } = reference;
      if (["id", "resource_id"].includes(attribute))
        return fault(replica.body, SOURCE, `${attribute} of ${source.address} is neither its identifier nor its ARN`);
      if (attribute !== "identifier") return undefined;
      if (source.region === undefined || replica.region === undefined) throw new UnknownValueError("region");
      if (source.region === replica.region) return undefined;
      const message = `${source.address} is in ${source.region}: from ${replica.region} its ARN names it`;
      return fault(replica.body, SOURCE, message);
    },
  }),

  rule({
    id: "rds-replica-kms-key",
    types: TYPES,
    title: "A read replica of an encrypted source names a KMS key in another region, and none in the same",
    why: "In one region a replica has its source's key; in another one, that key is not there. AWS refuses the rest at apply.",
    fix: "Drop kms_key_id in the same region; in another region, set it to a key of that region.",
    source: CREATE_REPLICA,
    severity: "error",
    check: (replica, estate) => {
      const { body } = replica;
      const source = sourceOf(replica, estate);
      if (!source) return undefined;
      // A key for what is not encrypted is another rule's.
      if (!isEncrypted(source)) return undefined;
      if (source.region === undefined || replica.region === undefined) throw new UnknownValueError("region");
      const isNear = source.region === replica.region;
      if (isNear === !body.has("kms_key_id")) return isNear ? undefined : keyOfAnotherRegion(replica, estate);
      const message = isNear
        ? `it has the key of ${source.address}, which is in ${source.region} too`
        : `it is in ${replica.region}, the key of ${source.address} in ${source.region}`;
      return fault(body, "kms_key_id", message);
    },
  }),

  rule({
    id: "rds-replica-managed-password",
    types: TYPES,
    title: "The source of a read replica does not have its password managed by RDS, but for SQL Server",
    why: "AWS makes no replicas of a database whose password it keeps in Secrets Manager, and refuses it at apply.",
    fix: "Give the source password_wo of an ephemeral value in place of manage_master_user_password.",
    source: SECRETS,
    severity: "error",
    check: (replica, estate) => {
      const source = sourceOf(replica, estate);
      if (!source || source.body.boolean("manage_master_user_password") !== true) return undefined;
      if (familyOf(engineOf(source, estate)) === "sqlserver") return undefined;
      return fault(replica.body, SOURCE, `RDS manages the password of ${source.address}`);
    },
  }),

  rule({
    id: "rds-replica-final-snapshot",
    types: TYPES,
    title: "A read replica leaves no final snapshot when it is deleted",
    why: "AWS makes none of a replica: Terraform cannot delete it.",
    fix: "Set skip_final_snapshot = true.",
    source: DELETE,
    severity: "error",
    check: ({ body }) => {
      if (!body.has(SOURCE) || body.boolean("skip_final_snapshot") === true) return undefined;
      return fault(body, "skip_final_snapshot", "a replica skips its final snapshot");
    },
  }),

  rule({
    id: "rds-replica-engine",
    types: TYPES,
    title: "A read replica is of its source's engine",
    why: "Terraform replaces the replica at every apply, or AWS refuses it.",
    fix: "Drop engine: a replica has that of its source.",
    source: REPLICAS,
    severity: "error",
    check: (replica, estate) => {
      const engine = replica.body.string("engine")?.toLowerCase();
      if (engine === undefined || engine === "") return undefined;
      const source = sourceOf(replica, estate);
      if (!source || !factsOf(replica, estate)) return undefined;
      const other = engineOf(source, estate);
      return engine === other ? undefined : fault(replica.body, "engine", `${source.address} is of ${other}`);
    },
  }),
] as const;

/** @throws UnknownValueError */
function keyOfAnotherRegion(replica: Resource, estate: Estate): Fault | undefined {
  const region = keyRegion(replica, replica.body, estate);
  if (region === undefined || region === replica.region) return undefined;
  return fault(replica.body, "kms_key_id", `it is in ${replica.region}, this key in ${region}`);
}

/** @throws UnknownValueError */
function isEncrypted(source: Resource): boolean {
  if (source.body.raw("storage_encrypted") === undefined && !isNew(source))
    throw new UnknownValueError("storage_encrypted");
  return source.body.boolean("storage_encrypted") === true;
}
