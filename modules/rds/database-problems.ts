import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import { backupWindowOf, retentionDaysOf } from "./backup-options";
import { subnetProblems } from "./database-network";
import { multiAzOf, type DatabaseProps } from "./database-props";
import { DEFAULT_MAX_READ_REPLICAS, engineFacts, hasIamAuthentication, parameterGroupFamily } from "./engine";
import { maintenanceWindowOf } from "./maintenance-options";
import { passwordProblems } from "./master-password";
import { logExportProblems } from "./monitoring-options";
import { optionsOf } from "./option-group";
import { storageProblems } from "./storage-options";
import { windowProblems } from "./windows";

/** @throws InvalidConstructError with everything that is wrong with `props` */
export function checkDatabaseProps(scope: Construct, props: DatabaseProps): void {
  const problems = new Problems(scope, "Database");
  const found = [
    ...subnetProblems(props),
    ...engineProblems(props),
    ...storageProblems(props),
    ...windowProblems(backupWindowOf(props), maintenanceWindowOf(props)),
    ...passwordProblems(props),
    ...availabilityProblems(scope, props),
    ...blueGreenProblems(scope, props),
    ...backupCopyProblems(scope, props),
    ...replicaProblems(scope, props),
  ];
  for (const problem of found) problems.add(problem);
  problems.throwIfAny();
}

/** A version that the engine does not have, and what the engine cannot. */
function engineProblems(props: DatabaseProps): string[] {
  const { engine, engineVersion, options = {}, databaseName, licenseModel, iamAuthentication = false } = props;
  const facts = engineFacts(engine);
  const family = parameterGroupFamily(engine, engineVersion);
  const foreign = Object.keys(options).filter((option) => !(optionsOf(engine) as string[]).includes(option));
  const problems: (string | false)[] = [
    family === undefined &&
      `engineVersion must be one of ${engine}, got ${shown(engineVersion)}: write it as AWS does, see engineVersion`,
    family !== undefined &&
      ![undefined, family].includes(props.parameterGroupFamily) &&
      `parameterGroupFamily must be ${shown(family)} for ${engine} ${engineVersion}, got ${shown(props.parameterGroupFamily)}: leave it out`,
    foreign.length > 0 &&
      `options must be of ${engine}, got ${shown(foreign)}: it has ${optionsOf(engine).join(", ") || "none"}`,
    ...logExportProblems(engine, props),
    databaseName !== undefined &&
      !facts.databaseName &&
      `databaseName must be left out for ${engine}, got ${shown(databaseName)}: make databases in it afterwards`,
    licenseModel !== undefined &&
      !facts.licenseModels.includes(licenseModel) &&
      `licenseModel of ${engine} must be ${facts.licenseModels.join(" or ")}, got ${shown(licenseModel)}`,
    iamAuthentication &&
      family !== undefined &&
      !hasIamAuthentication(engine, engineVersion) &&
      `iamAuthentication must be left out: ${engine} ${engineVersion} has none`,
  ];
  return problems.filter((problem) => problem !== false);
}

function availabilityProblems(
  scope: Construct,
  { engine, multiAz = false, availabilityZone, readReplicas = {} }: DatabaseProps,
): string[] {
  const zones = [availabilityZone, ...Object.values(readReplicas).map((replica) => replica.availabilityZone)];
  return [
    ...(contextOf(scope).region === "" && zones.some((zone) => zone !== undefined)
      ? [
          "availabilityZone is a letter, and the region is not known: leave it out, or build it in an EnvironmentStack, or say where it is with provideContext",
        ]
      : []),
    ...(multiAz && !engineFacts(engine).multiAzInstance ? [`multiAz must be left out: ${engine} has none`] : []),
    ...(multiAz && availabilityZone !== undefined
      ? [`availabilityZone ${shown(availabilityZone)} and multiAz exclude each other: drop one of the two`]
      : []),
  ];
}

function blueGreenProblems(scope: Construct, props: DatabaseProps): string[] {
  const { engine, blueGreenUpdates = false, readReplicas = {} } = props;
  if (!blueGreenUpdates) return [];
  return [
    ...(engineFacts(engine).blueGreen ? [] : [`blueGreenUpdates must be left out: ${engine} has none`]),
    ...(retentionDaysOf(scope, props) > 0 ? [] : ["blueGreenUpdates needs backups: raise backupRetentionDays to 1"]),
    ...(Object.keys(readReplicas).length === 0
      ? []
      : ["blueGreenUpdates leaves the read replicas behind: switch it off while there are any"]),
  ];
}

function backupCopyProblems(scope: Construct, props: DatabaseProps): string[] {
  if (!props.copyBackupsTo || retentionDaysOf(scope, props) > 0) return [];
  return ["copyBackupsTo needs backups to copy, backupRetentionDays is 0: raise it to 1"];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html */
function replicaProblems(scope: Construct, props: DatabaseProps): string[] {
  const { engine, readReplicas = {} } = props;
  const names = Object.keys(readReplicas);
  const facts = engineFacts(engine);
  if (names.length === 0) return [];
  if (facts.maxReadReplicas === 0) return [`readReplicas must be left out: ${engine} has none, got ${shown(names)}`];
  const allowed = props.maxReadReplicas ?? Math.min(DEFAULT_MAX_READ_REPLICAS, facts.maxReadReplicas);
  return [
    ...(allowed > facts.maxReadReplicas
      ? [`maxReadReplicas of ${engine} must be at most ${facts.maxReadReplicas}, got ${allowed}`]
      : []),
    ...(names.length > allowed
      ? [
          `readReplicas must be at most ${allowed}, got ${names.length}: drop some` +
            (allowed < facts.maxReadReplicas ? `, or raise maxReadReplicas, up to ${facts.maxReadReplicas}` : ""),
        ]
      : []),
    ...(retentionDaysOf(scope, props) > 0
      ? []
      : ["readReplicas need a source with backups, backupRetentionDays is 0: raise it to 1"]),
    ...(engine.startsWith("sqlserver") && !multiAzOf(scope, props)
      ? [`readReplicas of ${engine} need a source that is Multi-AZ: say multiAz: true`]
      : []),
    ...names.flatMap((name) => oneReplicaProblems(scope, name, props)),
  ];
}

function oneReplicaProblems(scope: Construct, name: string, props: DatabaseProps): string[] {
  const { engine } = props;
  const facts = engineFacts(engine);
  const {
    multiAz = false,
    availabilityZone,
    otherRegion,
    backupRetentionDays = 0,
    ...replica
  } = props.readReplicas?.[name] ?? {};
  const region = otherRegion?.provider.region;
  const windows = windowProblems(
    replica.backupWindow ?? backupWindowOf(props),
    replica.maintenanceWindow ?? maintenanceWindowOf(props),
  );
  const problems: (string | false)[] = [
    !/^[a-z][a-z0-9_]*$/.test(name) && `${name} must be named in lower-case letters, digits and "_"`,
    replica.engineVersion !== undefined &&
      parameterGroupFamily(engine, replica.engineVersion) === undefined &&
      `${name} must have an engineVersion of ${engine}, got ${shown(replica.engineVersion)}: write it as AWS does`,
    multiAz && !facts.multiAzReplicas && `${name} cannot have multiAz: replicas of ${engine} have none`,
    multiAz && availabilityZone !== undefined && `${name} cannot have both availabilityZone and multiAz: drop one`,
    backupRetentionDays > 0 && !facts.replicaBackups && `${name} cannot have backups: replicas of ${engine} have none`,
    otherRegion !== undefined &&
      (region === undefined || region === contextOf(scope).region) &&
      `${name} needs in otherRegion the provider of another region, got that of ${shown(region)}: stack.providerIn("...")`,
    otherRegion !== undefined &&
      otherRegion.subnetIds.length < 2 &&
      `${name} needs in otherRegion subnets in at least 2 zones, got ${shown(otherRegion.subnetIds)}`,
    replica.replicaMode !== undefined &&
      !/^(?:oracle|db2)/.test(engine) &&
      `${name} cannot have a replicaMode: ${engine} has none`,
    ...(backupRetentionDays > 0 || replica.maintenanceWindow !== undefined
      ? windows.map((window) => `${name}: ${window}`)
      : []),
  ];
  return problems.filter((problem) => problem !== false).map((problem) => `read replica ${problem}`);
}
