import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import { asksForPublicIp } from "./instance-arguments";
import type { InstanceProps } from "./instance";
import { spotOptionsOf } from "./purchasing";

/** Ids that an instance's own parts have: a data volume of the same name would have their place. */
const OWN_PARTS = [
  "role",
  "profile",
  "image",
  "security_group",
  "elastic_ip",
  "elastic_ip_association",
  "market",
  "state",
  "user_data",
  "root",
  "Resource",
];

/** Tiers without a route in from the internet. */
const UNREACHABLE_TIERS = ["private", "isolated"];

/** Refuses what decides the structure of an instance and is wrong: all of it at once. */
export function checkInstanceProps(construct: Construct, props: InstanceProps): void {
  const problems = new Problems(construct, "Instance");
  problems.require(
    contextOf(construct).region !== "",
    "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
  );
  checkPlace(problems, props);
  checkAddresses(problems, props);
  checkHardware(problems, props);
  checkStopping(problems, props);
  problems.require(
    props.role !== "none" || props.sessionManager !== true,
    'sessionManager needs a role, got role "none": drop one of the two',
  );
  checkInstanceProfile(problems, props);
  for (const name of Object.keys(props.dataVolumes ?? {})) {
    problems.require(
      !OWN_PARTS.includes(name),
      `dataVolumes.${name} has the name of one of the instance's own parts: rename it`,
    );
  }
  problems.throwIfAny();
}

/** Of a profile alone nobody knows the role: what is granted would go to another one. */
export function checkInstanceProfile(
  problems: Problems,
  { instanceProfile, role }: Pick<InstanceProps, "instanceProfile" | "role">,
): void {
  if (instanceProfile !== undefined && typeof role !== "object")
    problems.add(`instanceProfile needs the role that it hands over, got role ${shown(role)}: give both`);
}

function checkPlace(problems: Problems, props: InstanceProps): void {
  const { vpc, subnets = "private", availabilityZone = vpc.availabilityZones[0] } = props;
  problems.require(
    availabilityZone !== undefined && vpc.availabilityZones.includes(availabilityZone),
    `availabilityZone must be one of the VPC's ${shown(vpc.availabilityZones)}, got ${shown(availabilityZone)}`,
  );
  problems.require(
    availabilityZone === undefined || vpc.subnets[subnets]?.[availabilityZone] !== undefined,
    `the VPC has no ${subnets} subnet in zone ${shown(availabilityZone)}: name another tier, or add it to subnetTiers`,
  );
}

function checkAddresses(problems: Problems, props: InstanceProps): void {
  const { elasticIp, publicIp, subnets = "private" } = props;
  const unreachable = UNREACHABLE_TIERS.includes(subnets);
  problems.require(
    !elasticIp || !unreachable,
    `elasticIp needs subnets "public", got ${shown(subnets)}: nobody could reach the address`,
  );
  problems.require(
    !publicIp || !unreachable,
    `publicIp needs subnets "public", got ${shown(subnets)}: nobody could reach the address`,
  );
  problems.require(
    !elasticIp || publicIp !== false,
    "publicIp false contradicts elasticIp: the provider takes the Elastic IP for an address that was not asked for, and replaces the " +
      "instance in each plan; drop publicIp",
  );
}

function checkHardware(problems: Problems, props: InstanceProps): void {
  const { vpc, availabilityZone = vpc.availabilityZones[0], capacityReservation, tenancy } = props;
  const inZone = (option: string, zone: string | undefined): void =>
    problems.require(
      zone === undefined || zone === availabilityZone,
      `${option} is in zone ${shown(zone)}, the instance in ${shown(availabilityZone)}: name the same availabilityZone`,
    );
  if (typeof tenancy === "object") inZone("the dedicated host", tenancy.host.availabilityZone);
  if (typeof capacityReservation === "object") inZone("capacityReservation", capacityReservation.availabilityZone);
  problems.require(
    props.placementPartitionNumber === undefined || props.placementGroup !== undefined,
    `placementPartitionNumber ${props.placementPartitionNumber} needs a placementGroup, got none: give the group that has partitions`,
  );
}

function checkStopping(problems: Problems, props: InstanceProps): void {
  if (props.state !== "stopped") return;
  for (const problem of whyNotStopped(props)) problems.add(`state "stopped": ${problem}`);
}

/** What keeps an instance from being stopped by Terraform, or by a schedule, without harm. */
export function whyNotStopped(props: InstanceProps): string[] {
  const losesAddress = asksForPublicIp(props) && !props.elasticIp;
  const spot = spotOptionsOf(props.purchasing);
  return [
    ...(losesAddress
      ? [
          "the instance loses its public address, and the provider replaces it in the next plan for not having one; " +
            "give it an elasticIp, or publicIp false",
        ]
      : []),
    ...(spot && (spot.interruption ?? "terminate") === "terminate"
      ? ['a spot instance can be stopped only when its request is persistent; give spot.interruption "stop"']
      : []),
    ...(props.stopProtection ? ["stopProtection refuses it; drop one of the two"] : []),
  ];
}
