import { CLUSTER_ENGINES, INSTANCE_ENGINES, SQL_SERVER_PORTS } from "../data/rds-engines";
import { range } from "../kinds";
import { CLUSTER, DATABASES, engineOf, factsOf, familyOf, INSTANCE, isAurora, isNew, MEMBER } from "./engines";
import { known } from "../values/certain";
import { literalsOf } from "../values/references";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const CREATE = `${API}/API_CreateDBInstance.html`;
const CREATE_CLUSTER = `${API}/API_CreateDBCluster.html`;
const MONITORING = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html";
const IAM = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html";
const CLASSES = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html";

const NAME = /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/;
/** What no expression beside it mends. */
const NEVER = /[^a-z0-9-]|.{64}/;
const CLASS = /^db\.(serverless|[a-z0-9-]+\.[a-z0-9.-]+)$/;
const LONGEST = 63;
const LONGEST_MULTI_AZ_CLUSTER = 52;
/** Terraform adds 26 characters to a prefix. */
const SUFFIX = 26;

export const databaseRules = [
  rule({
    id: "rds-engine",
    types: [INSTANCE, CLUSTER, MEMBER],
    title: `A DB instance is of ${INSTANCE_ENGINES.join(", ")}; a cluster of ${CLUSTER_ENGINES.join(", ")}`,
    why: "There are no others: AWS refuses it at apply. Aurora has instances in clusters only.",
    fix: "Name one of these engines; for Aurora, make an aws_rds_cluster with instances.",
    source: CREATE,
    severity: "error",
    check: ({ type, body }) => {
      const engine = body.string("engine")?.toLowerCase();
      if (engine === undefined || engine === "") return undefined;
      const engines = type === INSTANCE ? INSTANCE_ENGINES : CLUSTER_ENGINES;
      if (engines.includes(engine)) return undefined;
      if (type === INSTANCE && /^custom-(oracle|sqlserver)-/.test(engine)) return undefined;
      const what = type === INSTANCE ? "a DB instance" : "a cluster";
      return fault(body, "engine", `the engine of ${what} is one of ${engines.join(", ")}`);
    },
  }),

  rule({
    id: "rds-required",
    types: [INSTANCE],
    title: "A DB instance that is no replica and is not restored has an engine, storage, a master user and a password",
    why: "The provider refuses it at apply.",
    fix: "Set engine, allocated_storage, username and manage_master_user_password = true.",
    source: CREATE,
    severity: "error",
    check: (instance) => {
      const { body } = instance;
      if (!isNew(instance)) return undefined;
      const missing = each(["engine", "allocated_storage", "username"], (name) =>
        body.has(name) ? undefined : fault(body, name, `a new DB instance has ${name}`),
      );
      const passwords = ["manage_master_user_password", "password", "password_wo"];
      // A variable that is given as a password is one.
      if (passwords.some((name) => known(() => body.has(name)) ?? true)) return missing;
      return [...missing, fault(body, "manage_master_user_password", "a new DB instance has a password")];
    },
  }),

  rule({
    id: "rds-identifier",
    types: [INSTANCE, CLUSTER, MEMBER],
    title: `An identifier has at most ${LONGEST} lower-case letters, digits and single hyphens (${LONGEST_MULTI_AZ_CLUSTER} of a Multi-AZ DB cluster), and begins with a letter`,
    why: "AWS refuses it at apply.",
    fix: "Write lower-case letters, digits and single hyphens; shorten what is longer, with a hash of the rest at its end.",
    source: CREATE_CLUSTER,
    severity: "error",
    check: (database, estate) => {
      const { type, body } = database;
      const argument = type === CLUSTER ? "cluster_identifier" : "identifier";
      const rest = "lower-case letters, digits and single hyphens, and begins with a letter";
      if (NEVER.test(literalsOf(body.raw(argument)))) return fault(body, argument, `it has at most ${LONGEST} ${rest}`);
      const identifier = body.string(argument);
      if (identifier === undefined || identifier === "") return undefined;
      const isLong = identifier.length > LONGEST_MULTI_AZ_CLUSTER && type === CLUSTER;
      const longest = isLong && !isAurora(database, estate) ? LONGEST_MULTI_AZ_CLUSTER : LONGEST;
      if (NAME.test(identifier) && identifier.length <= longest) return undefined;
      return fault(body, argument, `it has at most ${longest} ${rest}`);
    },
  }),

  rule({
    id: "rds-identifier-prefix",
    types: [INSTANCE, CLUSTER, MEMBER],
    title: `The prefix of an identifier has at most ${LONGEST - SUFFIX} characters: Terraform adds ${SUFFIX}`,
    why: "AWS refuses the identifier that comes of it at apply.",
    fix: "Shorten the prefix.",
    source: CREATE,
    severity: "error",
    check: ({ type, body }) => {
      const argument = type === CLUSTER ? "cluster_identifier_prefix" : "identifier_prefix";
      const prefix = body.string(argument);
      if (prefix === undefined || prefix.length <= LONGEST - SUFFIX) return undefined;
      return fault(body, argument, `a prefix has at most ${LONGEST - SUFFIX} characters`);
    },
  }),

  rule({
    id: "rds-instance-class",
    types: [INSTANCE, CLUSTER, MEMBER],
    title: 'The class of an instance begins with "db.": "db.t4g.medium"',
    why: "AWS refuses it at apply, after other changes have been made.",
    fix: 'Write "db." before the family and the size.',
    source: CLASSES,
    severity: "error",
    check: ({ type, body }) => {
      const argument = type === CLUSTER ? "db_cluster_instance_class" : "instance_class";
      const written = body.string(argument);
      if (written === undefined || written === "" || CLASS.test(written)) return undefined;
      return fault(body, argument, 'the class of an instance begins with "db.": "db.t4g.medium"');
    },
  }),

  rule({
    id: "rds-instance-class-serverless",
    types: [INSTANCE],
    title: 'Only an instance of an Aurora cluster is "db.serverless"',
    why: "AWS refuses it for other databases at apply.",
    fix: "Name a class with a size, or make an Aurora cluster with instances.",
    source: CLASSES,
    severity: "error",
    check: ({ body }) =>
      body.string("instance_class") === "db.serverless"
        ? fault(body, "instance_class", "only an instance of an Aurora cluster is serverless")
        : undefined,
  }),

  range({
    id: "rds-port-range",
    types: DATABASES,
    argument: "port",
    what: "the port of a database",
    min: 1150,
    max: 65_535,
    source: CREATE,
  }),

  rule({
    id: "rds-port-sql-server",
    types: [INSTANCE],
    title: `The port of RDS for SQL Server is none of ${SQL_SERVER_PORTS.join(", ")}`,
    why: "AWS keeps these, and refuses them at apply.",
    fix: "Leave port out (1433), or take another.",
    source: CREATE,
    severity: "error",
    check: (instance, estate) => {
      const { body } = instance;
      const port = body.number("port");
      if (port === undefined || !SQL_SERVER_PORTS.includes(port)) return undefined;
      if (familyOf(engineOf(instance, estate)) !== "sqlserver") return undefined;
      return fault(body, "port", "RDS for SQL Server keeps this port for itself");
    },
  }),

  rule({
    id: "rds-iam-authentication",
    types: DATABASES,
    title: "IAM database authentication is of MySQL, MariaDB, PostgreSQL and Aurora",
    why: "AWS refuses it for other engines at apply.",
    fix: "Drop iam_database_authentication_enabled.",
    source: IAM,
    severity: "error",
    check: (database, estate) => {
      const { body } = database;
      if (body.boolean("iam_database_authentication_enabled") !== true) return undefined;
      if (factsOf(database, estate)?.iamAuthentication) return undefined;
      const message = `${engineOf(database, estate)} has no IAM database authentication`;
      return fault(body, "iam_database_authentication_enabled", message);
    },
  }),

  rule({
    id: "rds-log-exports",
    types: DATABASES,
    title: "A database exports logs that its engine has",
    why: "AWS refuses others at apply.",
    fix: "Name the logs of the engine in enabled_cloudwatch_logs_exports.",
    source: CREATE,
    severity: "error",
    check: (database, estate) =>
      each(database.body.list("enabled_cloudwatch_logs_exports"), ([list, index]) => {
        const log = list.string(index);
        const logs = factsOf(database, estate)?.logs;
        if (log === undefined || !logs || logs.includes(log)) return undefined;
        return fault(list, index, `${engineOf(database, estate)} has ${logs.join(", ")}`);
      }),
  }),

  rule({
    id: "rds-monitoring-role",
    types: [INSTANCE, CLUSTER, MEMBER],
    title: "Enhanced monitoring has an interval and a role, or neither",
    why: "AWS refuses the one without the other at apply.",
    fix: "Set monitoring_interval above 0 and monitoring_role_arn, or drop both.",
    source: MONITORING,
    severity: "error",
    check: ({ body }) => {
      const interval = body.number("monitoring_interval") ?? 0;
      const hasRole = body.has("monitoring_role_arn");
      if (interval > 0 && !hasRole)
        return fault(body, "monitoring_interval", "an interval above 0 needs monitoring_role_arn");
      if (interval === 0 && hasRole)
        return fault(body, "monitoring_role_arn", "a role needs a monitoring_interval above 0");
      return undefined;
    },
  }),

  rule({
    id: "rds-multi-az-zone",
    types: [INSTANCE],
    title: "A Multi-AZ DB instance names no availability zone",
    why: "AWS chooses both zones, and refuses one that is named at apply.",
    fix: "Drop availability_zone, or multi_az.",
    source: CREATE,
    severity: "error",
    check: ({ body }) => {
      if (!body.has("availability_zone") || body.boolean("multi_az") !== true) return undefined;
      return fault(body, "availability_zone", "AWS chooses the zones of a Multi-AZ DB instance");
    },
  }),
] as const;
