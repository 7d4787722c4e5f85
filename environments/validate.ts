import { Address4 } from "ip-address";
import type { EnvironmentConfig } from "./config";
import type { EnvironmentDefinition } from "./define";
import { contradictoryDatabases } from "./validate-databases";
import { contradictoryServers } from "./validate-servers";

type ZoneDefinition = NonNullable<EnvironmentDefinition["zones"]>[string];

/** What is wrong with the environments: every problem of all of them at once, each with its key, the value and the fix. */
export class InvalidEnvironmentsError extends Error {
  readonly code = "INVALID_ENVIRONMENTS";

  constructor(readonly problems: readonly string[]) {
    super(`The environments are invalid:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "InvalidEnvironmentsError";
    // The line that is reported is the one that asked for the check.
    Error.captureStackTrace(this, validateEnvironments);
  }
}

/** Keys that must have been set by the base or by the environment. `*` stands for each key of a map, `?` follows a key that need not be there. */
const REQUIRED_KEYS = [
  "project",
  "assumeRole?.name",
  "backend.type",
  "network.availabilityZones",
  "network.ownTiers.*.routing",
  "network.peerings.*.vpcId",
  "network.peerings.*.cidr",
  ...["network.ownTiers.*", "network.tierOptions.*"].flatMap(requiredOfTier),
  "alarms?.emails",
  "zones.*.domainName",
  "zones.*.visibility",
  "zones.*.records.*.name",
  "zones.*.aliases.*.name",
  "zones.*.aliases.*.to",
  "zones.*.parent?.zoneId",
  "zones.*.parent?.domainName",
  "zones.*.vpcs.*.id",
  "web?.domain?.zone",
  "web.services.*.instanceType",
  "web.services.*.minSize",
  "web.services.*.maxSize",
  "web.services.*.port",
  "web.services.*.green?.percent",
  "databases.*.engine",
  "databases.*.engineVersion",
  "databases.*.instanceType",
  "databases.*.dnsNames?.zone",
  "databases.*.copyBackupsTo?.region",
  "databases.*.copyBackupsTo?.kmsKeyArn",
  "databases.*.readReplicas.*.otherRegion?.region",
  "databases.*.readReplicas.*.otherRegion?.kmsKeyArn",
  "databases.*.readReplicas.*.otherRegion?.subnetIds",
  "databases.*.readReplicas.*.otherRegion?.securityGroupIds",
  "databaseClusters.*.engine",
  "databaseClusters.*.engineVersion",
  "databaseClusters.*.instanceType",
  "databaseClusters.*.dnsNames?.zone",
  "auroraClusters.*.engine",
  "auroraClusters.*.engineVersion",
  "auroraClusters.*.instances",
  "auroraClusters.*.serverless?.minCapacityAcu",
  "auroraClusters.*.serverless?.maxCapacityAcu",
  "auroraClusters.*.readerScaling?.target",
  "auroraClusters.*.readerScaling?.maxReaders",
  "auroraClusters.*.dnsNames?.zone",
  "servers.*.instanceType",
  "servers.*.dataVolumes.*.deviceName",
  "servers.*.dataVolumes.*.sizeGib",
  "servers.*.overrides.*.dataVolumes.*.deviceName",
  "servers.*.overrides.*.dataVolumes.*.sizeGib",
  "servers.*.keyPair?.name",
  "servers.*.placementGroup?.name",
  "servers.*.snapshots.*.keep",
  "servers.*.ingress.*.cidr",
  "servers.*.ingress.*.port",
];

function requiredOfTier(tier: string): string[] {
  const rules = ["networkAcl?.ingress", "networkAcl?.egress"];
  const ofRule = ["number", "action", "cidr", "port"];
  return [
    ...["destination", "via"].map((key) => `${tier}.routes.*.${key}`),
    ...rules
      .flatMap((direction) => [direction, ...ofRule.map((key) => `${direction}.*.${key}`)])
      .map((key) => `${tier}.${key}`),
  ];
}

const NAME = /^[a-z][a-z0-9]{0,19}$/;
const PROJECT = /^[a-z][a-z0-9-]{0,19}$/;
const ACCOUNT = /^\d{12}$/;
const ACCOUNT_RULE = "a twelve-digit AWS account id, written as a string";
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * Checks the environments, each by itself and all together, and returns them complete.
 * @throws InvalidEnvironmentsError
 */
export function validateEnvironments(definitions: readonly EnvironmentDefinition[]): EnvironmentConfig[] {
  const problems = [
    ...definitions.flatMap(missingKeys),
    ...definitions.flatMap(wrongValues),
    ...definitions.flatMap(wrongShares),
    ...definitions.flatMap(wrongAcknowledgements),
    ...definitions.flatMap(contradictoryServers),
    ...definitions.flatMap(contradictoryDatabases),
    ...sharedNames(definitions),
    ...overlappingCidrs(definitions),
    ...sharedProductionAccounts(definitions),
  ];
  if (problems.length > 0) throw new InvalidEnvironmentsError(problems);
  return definitions as unknown as EnvironmentConfig[];
}

function missingKeys(definition: EnvironmentDefinition): string[] {
  return REQUIRED_KEYS.flatMap((key) => unsetPaths(definition, key.split("."), [])).map(
    (path) =>
      `${definition.name}: ${path} is not set: set it in environments/base.ts for all, or in environments/${definition.name}.ts`,
  );
}

/** The paths that `keys` leads to and where nothing is set. A map that is not there at all needs none of its keys. */
function unsetPaths(value: unknown, keys: readonly string[], path: readonly string[]): string[] {
  const [key, ...rest] = keys;
  if (key === undefined) return value === undefined ? [path.join(".")] : [];
  if (key === "*") {
    return Object.entries((value ?? {}) as object).flatMap(([name, entry]) => unsetPaths(entry, rest, [...path, name]));
  }
  const name = key.replace("?", "");
  const child = (value as Record<string, unknown> | undefined)?.[name];
  if (child === undefined && (name !== key || rest.includes("*"))) return [];
  return unsetPaths(child, rest, [...path, name]);
}

function wrongValues({ name, project, account, network, zones, ...regions }: EnvironmentDefinition): string[] {
  const problems: string[] = [];
  const check = (valid: boolean, key: string, value: unknown, rule: string): void => {
    if (!valid) problems.push(`${name}: ${key} must be ${rule}, got ${JSON.stringify(value)}`);
  };
  check(NAME.test(name), "name", name, "1 to 20 lower-case letters and digits, a letter first (it starts stack names)");
  if (project !== undefined) {
    check(PROJECT.test(project), "project", project, "1 to 20 lower-case letters, digits and hyphens, a letter first");
  }
  check(ACCOUNT.test(account), "account", account, ACCOUNT_RULE);
  for (const [key, other] of Object.entries(zones ?? {}).flatMap(accountsOfZone)) {
    check(other === undefined || ACCOUNT.test(other), key, other, ACCOUNT_RULE);
  }
  for (const [key, region] of [["region", regions.region], ...Object.entries(regions.otherRegions ?? {})] as const) {
    const path = key === "region" ? key : `otherRegions.${key}`;
    check(REGION.test(region), path, region, 'an AWS region such as "eu-west-1", without a zone letter');
  }
  check(isBlock(network.cidr), "network.cidr", network.cidr, 'an IPv4 block such as "10.0.0.0/16"');
  return problems;
}

/** The accounts of others that a zone reaches into, by the keys that hold them. */
function accountsOfZone([name, zone]: [string, ZoneDefinition]): [key: string, account: string | undefined][] {
  const ofVpcs = Object.entries(zone?.vpcs ?? {}).map(([vpc, config]): [string, string | undefined] => [
    `zones.${name}.vpcs.${vpc}.account`,
    config?.account,
  ]);
  return [[`zones.${name}.parent.account`, zone?.parent?.account], ...ofVpcs];
}

/** What is not green is blue, so that the two are always the whole. */
function wrongShares({ name, web }: EnvironmentDefinition): string[] {
  return Object.entries(web?.services ?? {}).flatMap(([service, config]) => {
    const percent = config?.green?.percent;
    if (percent === undefined || (Number.isInteger(percent) && percent >= 0 && percent <= 100)) return [];
    return [
      `${name}: web.services.${service}.green.percent must be a whole number, 0 to 100, got ${JSON.stringify(percent)}`,
    ];
  });
}

function wrongAcknowledgements({ name, policy }: EnvironmentDefinition): string[] {
  return (policy?.acknowledge ?? []).flatMap(({ path, expires }, index) => {
    const key = `${name}: policy.acknowledge.${index}`;
    const isPath = /^[^/]+(\/[^/]+)*$/.test(path);
    return [
      ...(isPath
        ? []
        : [`${key}.path must be construct ids joined by "/", such as "${name}-data/*", got ${JSON.stringify(path)}`]),
      ...(expires === undefined || isDay(expires)
        ? []
        : [`${key}.expires must be a day such as "2027-01-31", got ${JSON.stringify(expires)}`]),
    ];
  });
}

function isDay(text: string): boolean {
  // A 30th of February is parsed as a day of March.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

function sharedNames(definitions: readonly EnvironmentDefinition[]): string[] {
  const names = definitions.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => `two environments are named "${name}": their stacks would share states`);
}

/** Networks that may be joined one day (peering, VPN) must not overlap: afterwards it cannot be mended. */
function overlappingCidrs(definitions: readonly EnvironmentDefinition[]): string[] {
  return pairs(definitions.filter(({ network }) => isBlock(network.cidr))).flatMap(([one, other]) =>
    overlap(one.network.cidr, other.network.cidr)
      ? [
          `${other.name}: network.cidr "${other.network.cidr}" overlaps "${one.network.cidr}" of ${one.name}: ` +
            "give each environment a block of its own",
        ]
      : [],
  );
}

/** What is tried out must not be able to reach production by a mistake in its permissions. */
function sharedProductionAccounts(definitions: readonly EnvironmentDefinition[]): string[] {
  return pairs(definitions).flatMap(([one, other]) => {
    const mixes = (one.tier === "production") !== (other.tier === "production");
    return mixes && one.account === other.account
      ? [
          `${other.name}: account ${other.account} is also that of ${one.name}: ` +
            "production needs an account of its own",
        ]
      : [];
  });
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other): [T, T] => [one, other]));
}

function isBlock(cidr: string): boolean {
  return cidr.includes("/") && Address4.isValid(cidr);
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [new Address4(one), new Address4(other)];
  return a.isInSubnet(b) || b.isInSubnet(a);
}
