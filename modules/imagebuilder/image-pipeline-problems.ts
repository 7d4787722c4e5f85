import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import { architectureOf } from "../ec2/machine-image";
import { isVersion } from "./image-component";
import { checkDistributions } from "./image-distribution";
import type { ImagePipelineProps } from "./image-pipeline-props";
import { parentArchitecture, parentRootDevice } from "./parent-image";

/** Refuses what decides the structure of a pipeline and is wrong: all of it at once. */
export function checkImagePipeline(construct: Construct, props: ImagePipelineProps): void {
  const problems = new Problems(construct, "ImagePipeline");
  const { region } = contextOf(construct);
  const { components, version = "1.0.0", testTimeoutMinutes = 720, rootVolume, distributeTo } = props;
  problems.require(
    region !== "",
    "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
  );
  problems.require(components.length > 0, "components must name at least one, got none");
  problems.require(isVersion(version), `version must be like "1.0.0", got ${shown(version)}`);
  problems.require(
    testTimeoutMinutes >= 60 && testTimeoutMinutes <= 1440,
    `testTimeoutMinutes must be 60 to 1440, got ${shown(testTimeoutMinutes)}`,
  );
  checkPlace(problems, props);
  checkParentImage(problems, props);
  if (distributeTo) checkDistributions(problems, distributeTo, { region, kmsKeyArn: rootVolume?.kmsKeyArn });
  problems.throwIfAny();
}

function checkPlace(problems: Problems, { vpc, subnets = "private", availabilityZone }: ImagePipelineProps): void {
  const zone = availabilityZone ?? vpc.availabilityZones[0];
  problems.require(
    zone !== undefined && vpc.subnets[subnets]?.[zone] !== undefined,
    `the VPC has no ${subnets} subnet in zone ${shown(zone)}: name another tier or zone`,
  );
}

function checkParentImage(problems: Problems, props: ImagePipelineProps): void {
  const { parentImage, rootDevice } = props;
  const instanceTypes: readonly string[] = props.instanceTypes ?? [];
  problems.require(
    (rootDevice ?? parentRootDevice(parentImage)) !== undefined,
    'rootDevice must name the root volume of an AMI by its id, got none: "/dev/xvda" for Amazon Linux, "/dev/sda1" for most others',
  );
  const architecture = parentArchitecture(parentImage);
  for (const type of instanceTypes) {
    problems.require(
      architecture === undefined || architectureOf(type) === architecture,
      `instanceTypes must be ${architecture}, as the parent image is, got ${shown(type)}`,
    );
  }
  problems.require(
    architecture !== undefined || instanceTypes.length > 0,
    "instanceTypes must be named where the parent image does not say its architecture, got none",
  );
}
