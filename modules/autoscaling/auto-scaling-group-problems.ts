import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import type { AutoScalingGroupProps } from "./auto-scaling-group-props";
import { IN_SERVICE } from "./group-alarms";
import type { LaunchTemplateOptions } from "./launch-template";
import { stepProblems } from "./scaling-steps";

/** What describes a template: with a template from outside, it has no effect. */
const TEMPLATE_OPTIONS = [
  "instanceType",
  "image",
  "ignoreImageChanges",
  "rootVolume",
  "rootDeviceName",
  "blockDevices",
  "keyPair",
  "userData",
  "role",
  "sessionManager",
  "securityGroup",
  "detailedMonitoring",
  "cpuCredits",
  "metadataHopLimit",
  "instanceMetadataTags",
  "placementGroup",
  "placementPartitionNumber",
  "tenancy",
] as const satisfies readonly (keyof LaunchTemplateOptions)[];

/** Refuses what decides the structure of a group and is wrong: all of it at once. */
export function checkAutoScalingGroupProps(construct: Construct, props: AutoScalingGroupProps): void {
  const problems = new Problems(construct, "AutoScalingGroup");
  problems.require(
    contextOf(construct).region !== "",
    "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
  );
  checkSizes("", props, problems);
  checkZones(props, problems);
  checkTemplate(props, problems);
  checkScaling(props, problems);
  checkSchedules(props, problems);
  const { alarms, metrics } = props;
  problems.require(
    !alarms || !metrics || metrics.includes(IN_SERVICE),
    `alarms watch the metric ${IN_SERVICE}, and metrics leave it out: add it, or drop alarms`,
  );
  problems.throwIfAny();
}

interface Sizes {
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly desiredSize?: number;
}

function checkSizes(path: string, { minSize, maxSize, desiredSize }: Sizes, problems: Problems): void {
  const atMost = (lower: string, low: number | undefined, upper: string, high: number | undefined): void =>
    problems.require(
      low === undefined || high === undefined || low <= high,
      `${path}${lower} must be at most ${upper}, got ${low} and ${high}: lower the one or raise the other`,
    );
  for (const [name, size] of Object.entries({ minSize, maxSize, desiredSize })) {
    problems.require(
      size === undefined || (Number.isInteger(size) && size >= 0),
      `${path}${name} must be a whole number of instances, 0 or more, got ${shown(size)}`,
    );
  }
  atMost("minSize", minSize, "maxSize", maxSize);
  atMost("minSize", minSize, "desiredSize", desiredSize);
  atMost("desiredSize", desiredSize, "maxSize", maxSize);
}

function checkZones({ vpc, subnets = "private", availabilityZones }: AutoScalingGroupProps, problems: Problems): void {
  const zones = availabilityZones ?? vpc.availabilityZones;
  problems.require(zones.length > 0, "availabilityZones must name at least one zone, got none");
  for (const zone of zones) {
    if (!vpc.availabilityZones.includes(zone)) {
      problems.add(
        `availabilityZones must be of the VPC's ${shown(vpc.availabilityZones)}, got ${shown(zone)}: drop it`,
      );
    } else if (vpc.subnets[subnets]?.[zone] === undefined) {
      problems.add(
        `the VPC has no ${subnets} subnet in zone ${shown(zone)}: name another tier, or add it to subnetTiers`,
      );
    }
  }
}

function checkTemplate(props: AutoScalingGroupProps, problems: Problems): void {
  const { launchTemplate, instanceType, instanceTypes, instanceRequirements, image } = props;
  problems.require(
    !instanceTypes || Object.keys(instanceTypes).length > 0,
    "instanceTypes must name at least one type, got none: add one, or give instanceType",
  );
  problems.require(
    !instanceTypes || !instanceRequirements,
    "instanceTypes and instanceRequirements exclude each other: name the types, or say what they must have",
  );
  if (launchTemplate) {
    const given = TEMPLATE_OPTIONS.filter((option) => props[option] !== undefined);
    problems.require(
      given.length === 0,
      `launchTemplate is from outside, so ${given.join(", ")} would have no effect: say it there, or drop launchTemplate`,
    );
    return;
  }
  problems.require(
    instanceType !== undefined || instanceTypes !== undefined || instanceRequirements !== undefined,
    'it needs an instanceType such as "t4g.small", got none; or give instanceTypes or instanceRequirements',
  );
  problems.require(
    !instanceRequirements || instanceType === undefined,
    `instanceRequirements choose the type, so instanceType ${shown(instanceType)} would have no effect: drop one of the two`,
  );
  problems.require(
    !instanceRequirements || image !== undefined,
    "instanceRequirements leave the architecture to the image, got none: give image",
  );
}

function checkScaling({ scaling = {} }: AutoScalingGroupProps, problems: Problems): void {
  for (const [name, options] of Object.entries(scaling)) {
    if (options.type !== "step") continue;
    for (const problem of stepProblems(`scaling.${name}.steps`, options.steps)) problems.add(problem);
  }
}

function checkSchedules({ schedules = {} }: AutoScalingGroupProps, problems: Problems): void {
  for (const [name, schedule] of Object.entries(schedules)) {
    const { minSize, maxSize, desiredSize, recurrence, startTime } = schedule;
    const path = `schedules.${name}`;
    problems.require(
      [minSize, maxSize, desiredSize].some((size) => size !== undefined),
      `${path} must change something, got no size: give minSize, maxSize or desiredSize`,
    );
    problems.require(
      recurrence !== undefined || startTime !== undefined,
      `${path} must say when, got neither: give recurrence or startTime`,
    );
    checkSizes(`${path}.`, schedule, problems);
  }
}
