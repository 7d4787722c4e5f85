import { VERSIONS, VERSIONS_AS_OF, type VersionSupport } from "../data/rds-versions";
import type { EngineFamily } from "../data/rds-engines";
import type { Estate } from "../estate";
import { CLUSTER, clusterOf, DATABASES, engineOf, familyOf, INSTANCE, MEMBER } from "./engines";
import { followName } from "../named";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const EXTENDED = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html";
const CREATE_GROUP = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html";

const DISABLED = "open-source-rds-extended-support-disabled";
/** Where an argument names a group of parameters, and of what type that is. */
const GROUPS: Readonly<Record<string, readonly (readonly [argument: string, type: string])[]>> = {
  [INSTANCE]: [["parameter_group_name", "aws_db_parameter_group"]],
  [CLUSTER]: [
    ["db_cluster_parameter_group_name", "aws_rds_cluster_parameter_group"],
    ["db_instance_parameter_group_name", "aws_db_parameter_group"],
  ],
  [MEMBER]: [["db_parameter_group_name", "aws_db_parameter_group"]],
};

export const rdsVersionRules = [
  rule({
    id: "rds-engine-version-ended",
    types: DATABASES,
    title: "AWS still makes databases of the version of an engine",
    why: "Support has ended for good: AWS refuses it at apply, or upgrades it by itself.",
    fix: "Name a later major version in engine_version.",
    source: EXTENDED,
    severity: "error",
    check: (database, estate) => {
      const version = supportOf(database, estate);
      if (!version || lastDay(version) >= VERSIONS_AS_OF) return undefined;
      return fault(database.body, "engine_version", `support of ${version.name} ended on ${lastDay(version)}`);
    },
  }),

  rule({
    id: "rds-engine-version-supported",
    types: DATABASES,
    title: "The version of an engine is in standard support",
    why: "AWS charges extended support for each vCPU and hour, more from year to year.",
    fix: "Upgrade to a later major version.",
    source: EXTENDED,
    severity: { sandbox: "low", development: "medium", staging: "high", production: "high" },
    check: (database, estate) => {
      const version = supportOf(database, estate);
      // What AWS makes no more is another rule's, and so is what it refuses because extended support is disabled.
      if (!version || !isExtended(version)) return undefined;
      if (database.body.string("engine_lifecycle_support") === DISABLED) return undefined;
      const message = `standard support of ${version.name} ended on ${version.standard}`;
      return fault(database.body, "engine_version", message);
    },
  }),

  rule({
    id: "rds-extended-support-disabled",
    types: DATABASES,
    title: "Without extended support, the version of an engine is in standard support",
    why: "AWS refuses it at apply.",
    fix: "Upgrade to a later major version, or drop engine_lifecycle_support.",
    source: EXTENDED,
    severity: "error",
    check: (database, estate) => {
      const { body } = database;
      if (body.string("engine_lifecycle_support") !== DISABLED) return undefined;
      const version = supportOf(database, estate);
      if (!version || !isExtended(version)) return undefined;
      const message = `${version.name} is in extended support only, since ${version.standard}`;
      return fault(body, "engine_lifecycle_support", message);
    },
  }),

  rule({
    id: "rds-parameter-group-family",
    types: Object.keys(GROUPS),
    title: "A parameter group is of the engine and the major version of the database that uses it",
    why: "AWS refuses another at apply.",
    fix: "Take a group whose family is the engine and its major version: postgres16, mysql8.0, aurora-postgresql16.",
    source: CREATE_GROUP,
    severity: "error",
    check: (database, estate) =>
      each(GROUPS[database.type] ?? [], ([argument, type]) => {
        const { body } = database;
        if (!body.has(argument)) return undefined;
        // AWS has a group of each family of its own: default.postgres16.
        const written = /^default\.([^${}]+)$/.exec(String(body.raw(argument)))?.[1];
        const group = written === undefined ? followName(database, body, argument, type, estate) : undefined;
        const family = written ?? group?.body.string("family");
        const engine = familyOf(engineOf(database, estate));
        if (family === undefined || engine === undefined || !(engine in VERSIONS)) return undefined;
        const major = majorOf(engine, versionOf(database, estate));
        const expected = major === undefined ? undefined : `${engine}${major}`;
        if (expected === undefined ? new RegExp(`^${engine}\\d`).test(family) : family === expected) return undefined;
        const what = expected ?? `${engine} and a version`;
        return fault(body, argument, `${group?.address ?? "it"} is of ${family}, the database needs ${what}`);
      }),
  }),
] as const;

interface NamedSupport extends VersionSupport {
  /** `postgres 12`. */
  readonly name: string;
}

/** What is known of the support of a version that a database names. @throws UnknownValueError */
function supportOf(database: Resource, estate: Estate): NamedSupport | undefined {
  const written = database.body.string("engine_version");
  if (written === undefined || written === "") return undefined;
  const family = familyOf(engineOf(database, estate));
  const major = family && majorOf(family, written);
  const support = family && VERSIONS[family]?.[major ?? ""];
  return support && { ...support, name: `${family} ${major}` };
}

/** Whether standard support is over, and AWS goes on for money. */
function isExtended({ standard, extended = "" }: VersionSupport): boolean {
  return standard < VERSIONS_AS_OF && extended >= VERSIONS_AS_OF;
}

function lastDay({ standard, extended }: VersionSupport): string {
  return extended ?? standard;
}

/** The version that a database or its cluster names. @throws UnknownValueError */
function versionOf(database: Resource, estate: Estate): string | undefined {
  const { type, stack, body } = database;
  const cluster = type === MEMBER ? clusterOf(database, estate) : undefined;
  const isClusters = cluster !== undefined && estate.target(stack, body.raw("engine_version")) === cluster;
  const own = isClusters ? undefined : body.string("engine_version");
  return own === undefined || own === "" ? cluster?.body.string("engine_version") : own;
}

/** `16` of 16.4, `8.0` of 8.0.mysql_aurora.3.08.0, `9.6` of 9.6.24. */
function majorOf(family: EngineFamily, version: string | undefined): string | undefined {
  const [, first, second] = /^(\d+)(?:\.(\d+))?/.exec(version ?? "") ?? [];
  if (first === undefined) return undefined;
  if (family.includes("postgres")) return first === "9" ? `9.${second ?? ""}` : first;
  return second === undefined ? undefined : `${first}.${second}`;
}
