import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import type { InstanceProps } from "./instance";

/** Ids that an instance's own parts have: a data volume of the same name would have their place. */
const OWN_PARTS = ["role", "profile", "image", "security_group", "elastic_ip", "elastic_ip_association", "Resource"];

/** Refuses what decides the structure of an instance and is wrong: all of it at once. */
export function checkInstanceProps(construct: Construct, props: InstanceProps): void {
  const problems = new Problems(construct, "Instance");
  const { vpc, subnets = "private", availabilityZone = vpc.availabilityZones[0], dataVolumes = {} } = props;
  problems.require(contextOf(construct).region !== "", "it needs a region, got none: put it into an EnvironmentStack");
  problems.require(
    availabilityZone !== undefined && vpc.availabilityZones.includes(availabilityZone),
    `availabilityZone must be one of the VPC's ${shown(vpc.availabilityZones)}, got ${shown(availabilityZone)}`,
  );
  problems.require(
    availabilityZone === undefined || vpc.subnets[subnets][availabilityZone] !== undefined,
    `the VPC has no ${subnets} subnet in zone ${shown(availabilityZone)}: name another tier, or add it to subnetTiers`,
  );
  problems.require(
    !props.elasticIp || subnets === "public",
    `elasticIp needs subnets "public", got ${shown(subnets)}: nobody could reach the address`,
  );
  for (const name of Object.keys(dataVolumes)) {
    problems.require(
      !OWN_PARTS.includes(name),
      `dataVolumes.${name} has the name of one of the instance's own parts: rename it`,
    );
  }
  problems.throwIfAny();
}
