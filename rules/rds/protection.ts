import { UnknownValueError } from "../values/block";
import { mayExclude } from "../values/certain";
import { UNENCRYPTED_CLASSES } from "../data/rds-engines";
import { CLUSTER, DATABASES, INSTANCE, isReplica, isRestored, sourceOf } from "./engines";
import { placeKey } from "../place";
import type { Resource, Tier } from "../resource";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const DELETE = `${API}/API_DeleteDBInstance.html`;
const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const ENCRYPTION = `${GUIDE}/Overview.Encryption.html`;
const PROTECTION = `${GUIDE}/USER_DeleteInstance.html`;
const BACKUPS = `${GUIDE}/USER_WorkingWithAutomatedBackups.html`;
const MULTI_AZ = `${GUIDE}/Concepts.MultiAZ.html`;

/** The fewest days that backups are kept. */
const RETENTION: Readonly<Record<Tier, number>> = { sandbox: 1, development: 3, staging: 7, production: 14 };

export const rdsProtectionRules = [
  rule({
    id: "rds-final-snapshot",
    types: DATABASES,
    title: "A database names its final snapshot, or says that it leaves none",
    why: "Terraform cannot delete it otherwise: it finds out when it is asked to.",
    fix: "Set final_snapshot_identifier, or skip_final_snapshot = true where the data may go.",
    source: DELETE,
    severity: "error",
    check: (database) => {
      const { body } = database;
      // A replica has none.
      if (body.has("final_snapshot_identifier") || body.boolean("skip_final_snapshot") === true) return undefined;
      if (body.has("replicate_source_db")) return undefined;
      return fault(body, "final_snapshot_identifier", "without it, skip_final_snapshot is true");
    },
  }),

  rule({
    id: "rds-final-snapshot-unique",
    types: DATABASES,
    title: "No two databases leave final snapshots of one name",
    why: "Whichever is deleted later cannot be: the snapshot is there already.",
    fix: "Put the identifier of the database into the name.",
    source: DELETE,
    severity: "error",
    checkEnvironment: (databases) => {
      const first = new Map<string, Resource>();
      return each(databases, (database) => {
        const { body, type, copies } = database;
        if (body.boolean("skip_final_snapshot") === true) return undefined;
        const name = body.string("final_snapshot_identifier");
        if (name === undefined || name === "") return undefined;
        // Snapshots of clusters are another kind.
        const key = [type, ...placeKey(database, "region"), name.toLowerCase()].join(" ");
        const other = first.get(key);
        first.set(key, other ?? database);
        if (other && mayExclude(database, other)) throw new UnknownValueError("count");
        const twice = other?.address ?? (copies !== undefined && copies > 1 ? "each of its copies" : undefined);
        if (twice === undefined) return undefined;
        const message = `${twice} leaves a snapshot of this name too`;
        return { resource: database, ...fault(body, "final_snapshot_identifier", message) };
      });
    },
  }),

  rule({
    id: "rds-kms-key-encrypted",
    types: DATABASES,
    title: "A database with a KMS key is encrypted",
    why: "AWS refuses a key for what is not encrypted at apply.",
    fix: "Set storage_encrypted = true, or drop kms_key_id.",
    source: ENCRYPTION,
    severity: "error",
    check: (database) => {
      const { body } = database;
      if (!body.has("kms_key_id") || body.boolean("storage_encrypted") === true) return undefined;
      // These are encrypted as what they come from; a serverless cluster of the first version always.
      if (isReplica(database) || isRestored(database) || body.string("engine_mode") === "serverless") return undefined;
      return fault(body, "kms_key_id", "a key is for a database with storage_encrypted = true");
    },
  }),

  rule({
    id: "rds-encryption-class",
    types: [INSTANCE],
    title: "An encrypted instance is not of class db.t2.micro, db.m1, db.m2, db.cr1 or db.t1",
    why: "These cannot encrypt: AWS refuses it at apply.",
    fix: 'Take a newer class: "db.t4g.micro".',
    source: ENCRYPTION,
    severity: "error",
    check: ({ body }) => {
      const instanceClass = body.string("instance_class");
      if (instanceClass === undefined || !UNENCRYPTED_CLASSES.test(instanceClass)) return undefined;
      if (body.boolean("storage_encrypted") !== true) return undefined;
      return fault(body, "instance_class", "this class cannot encrypt its storage");
    },
  }),

  rule({
    id: "rds-encrypted",
    types: DATABASES,
    title: "Databases are encrypted",
    why: "Snapshots and disks can be read by whoever gets at them, and it cannot be switched on afterwards.",
    fix: "Set storage_encrypted = true: it replaces the database, so restore an encrypted copy of a snapshot.",
    source: ENCRYPTION,
    severity: { sandbox: "medium", development: "high", staging: "high", production: "high" },
    check: (database, estate) => {
      const { body } = database;
      if (body.boolean("storage_encrypted") === true || body.string("engine_mode") === "serverless") return undefined;
      // What comes from an encrypted source is encrypted.
      if (body.has("kms_key_id") && (isReplica(database) || isRestored(database))) return undefined;
      if (sourceOf(database, estate)?.body.boolean("storage_encrypted") === true) return undefined;
      if (isRestored(database) || body.has("replication_source_identifier"))
        throw new UnknownValueError("storage_encrypted");
      return fault(body, "storage_encrypted", "a database is encrypted");
    },
  }),

  rule({
    id: "rds-deletion-protection",
    types: DATABASES,
    title: "In production and staging, databases are protected from deletion",
    why: "A wrong destroy, or a change that replaces it, takes the data with it.",
    fix: "Set deletion_protection = true.",
    source: PROTECTION,
    severity: { sandbox: "off", development: "off", staging: "medium", production: "high" },
    check: (database) => {
      const { body } = database;
      if (body.boolean("deletion_protection") === true || isReplica(database)) return undefined;
      return fault(body, "deletion_protection", "a database is protected from deletion");
    },
  }),

  rule({
    id: "rds-final-snapshot-kept",
    types: DATABASES,
    title: "In production and staging, a database that is deleted leaves a snapshot",
    why: "Its automated backups go with it.",
    fix: "Set final_snapshot_identifier in place of skip_final_snapshot.",
    source: DELETE,
    severity: { sandbox: "off", development: "off", staging: "medium", production: "high" },
    check: (database) => {
      const { body } = database;
      if (body.boolean("skip_final_snapshot") !== true || isReplica(database)) return undefined;
      return fault(body, "skip_final_snapshot", "a database leaves a final snapshot");
    },
  }),

  rule({
    id: "rds-backup-retention",
    types: DATABASES,
    title: `Backups are kept for ${RETENTION.development} days in development, ${RETENTION.staging} in staging, ${RETENTION.production} in production, or longer`,
    why: "What is found out later than that cannot be undone.",
    fix: "Raise backup_retention_period, at most to 35.",
    source: BACKUPS,
    severity: { sandbox: "off", development: "low", staging: "medium", production: "high" },
    check: (database) => {
      const { type, body, stack } = database;
      if (isReplica(database)) return undefined;
      const days = body.number("backup_retention_period");
      if (days === undefined && isRestored(database)) throw new UnknownValueError("backup_retention_period");
      // Without it, Terraform asks for none, and of a cluster AWS keeps one day.
      const kept = days ?? (type === CLUSTER ? 1 : 0);
      const least = RETENTION[stack.tier];
      // A cluster cannot do without: that is another rule's.
      if (kept >= least || (type === CLUSTER && kept < 1)) return undefined;
      return fault(body, "backup_retention_period", `in tier ${stack.tier} it is ${least} or more`);
    },
  }),

  rule({
    id: "rds-multi-az",
    types: [INSTANCE],
    title: "In production and staging, a DB instance has a standby in a second availability zone",
    why: "When the zone of the only instance fails, the database is gone until the zone is back.",
    fix: "Set multi_az = true.",
    source: MULTI_AZ,
    severity: { sandbox: "off", development: "off", staging: "low", production: "medium" },
    check: (database) => {
      const { body } = database;
      if (isReplica(database) || body.boolean("multi_az") === true) return undefined;
      // SQL Server Express has none.
      if (body.string("engine")?.toLowerCase() === "sqlserver-ex") return undefined;
      return fault(body, "multi_az", "a DB instance has a standby in another zone");
    },
  }),
] as const;
