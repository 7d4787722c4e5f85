import {
  familyName,
  familyOf,
  INSTANCES,
  isPersistent,
  isSpot,
  LAUNCH_TYPES,
  MACHINE_TYPES,
  placement,
  spotOptions,
  tenancyArgument,
} from "./machines";
import { forbidden, oneOf, pattern } from "../kinds";
import type { Block } from "../values/block";
import { known } from "../values/certain";
import type { Estate } from "../estate";
import { deviceNamesOf, launchVolumes } from "../ebs/volumes";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const RUN_INSTANCES = `${API}/API_RunInstances.html`;
const SPOT_OPTIONS = `${API}/API_SpotMarketOptions.html`;
const PLACEMENT = `${API}/API_Placement.html`;
const BURSTABLE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html";
const T3_HOSTS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-t3.html";
const INSTANCE_TYPES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html";
const DEVICE_NAMES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html";
const TERMINATION = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html";

/** Sizes as AWS names them. */
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9a-z]+)?)$/;

export const instanceRules = [
  oneOf({
    id: "ec2-shutdown-behavior",
    types: MACHINE_TYPES,
    argument: "instance_initiated_shutdown_behavior",
    what: "what an instance does when it shuts itself down",
    values: ["stop", "terminate"],
    source: RUN_INSTANCES,
  }),

  pattern({
    id: "ec2-instance-type",
    types: [...LAUNCH_TYPES, "aws_ec2_host", "aws_autoscaling_group", "aws_spot_fleet_request"],
    blocks: instanceTypes,
    argument: "instance_type",
    what: "an instance type",
    matches: INSTANCE_TYPE,
    rule: 'is a family, a dot and a size: "t4g.small", "m7i.2xlarge", "c7g.metal"',
    fix: "Name an instance type that AWS has.",
    source: INSTANCE_TYPES,
  }),

  forbidden({
    id: "ec2-spot-termination-protection",
    types: MACHINE_TYPES,
    when: (body, machine) => body.boolean("disable_api_termination") === true && isSpot(machine),
    argument: "disable_api_termination",
    what: "termination protection",
    rule: "cannot be had for a spot instance",
    fix: "Drop disable_api_termination, or make it an on-demand instance.",
    source: TERMINATION,
  }),

  rule({
    id: "ec2-spot-persistent",
    types: MACHINE_TYPES,
    title: "A spot instance that is stopped or hibernated when interrupted is asked for persistently",
    why: "AWS refuses a one-time request for it at apply.",
    fix: 'Make the request persistent (spot_instance_type = "persistent"), or let it be terminated.',
    source: SPOT_OPTIONS,
    severity: "error",
    check: (machine) => {
      const options = spotOptions(machine);
      const behavior = options?.string("instance_interruption_behavior") ?? "terminate";
      if (!options || behavior === "terminate" || isPersistent(machine)) return undefined;
      const message = `"${behavior}" on interruption needs a persistent spot request`;
      return fault(options, "instance_interruption_behavior", message);
    },
  }),

  rule({
    id: "ec2-host-tenancy",
    types: MACHINE_TYPES,
    title: "What is placed on a dedicated host has the tenancy host",
    why: "AWS refuses a host for any other tenancy at apply.",
    fix: 'Set tenancy to "host", or drop the host.',
    source: PLACEMENT,
    severity: "error",
    check: (machine) => {
      const place = placement(machine);
      if (!place) return undefined;
      return each(["host_id", "host_resource_group_arn"], (name) => {
        if (!place.has(name)) return undefined;
        const tenancy = place.string("tenancy") ?? "";
        // A host resource group brings its tenancy along.
        if (tenancy === "host" || (tenancy === "" && name === "host_resource_group_arn")) return undefined;
        return fault(
          place,
          name,
          `a dedicated host needs the tenancy "host", not ${JSON.stringify(tenancy || "default")}`,
        );
      });
    },
  }),

  rule({
    id: "ec2-t2-tenancy",
    types: LAUNCH_TYPES,
    title: "T2 instances run on shared hardware only",
    why: "AWS refuses them with another tenancy at apply.",
    fix: "Take a t3 or larger, or drop the tenancy.",
    source: BURSTABLE,
    severity: "error",
    check: (machine, estate) => {
      const place = placement(machine);
      const name = tenancyArgument(machine);
      const tenancy = place?.string(name) ?? "default";
      const isDedicated = place !== undefined && ["dedicated", "host"].includes(tenancy);
      const vpc = isDedicated ? undefined : known(() => dedicatedVpcOf(machine, estate));
      if (!isDedicated && !vpc) return undefined;
      if (familyName(machine.body.string("instance_type") ?? "") !== "t2") return undefined;
      const message = "a T2 instance runs on shared hardware only";
      if (place && isDedicated) return fault(place, name, message);
      return fault(machine.body, "subnet_id", `${message}, ${vpc?.address} has the tenancy "dedicated"`);
    },
  }),

  rule({
    id: "ec2-cpu-credits-burstable",
    types: MACHINE_TYPES,
    title: "Only burstable instances (T2, T3, T3a, T4g) have CPU credits",
    why: "AWS refuses a credit option for other types when a launch template starts one; of an instance, the provider leaves it out.",
    fix: "Drop credit_specification, or take a burstable instance type.",
    source: BURSTABLE,
    severity: "error",
    check: (machine) => {
      const credits = machine.body.block("credit_specification");
      if (!credits?.has("cpu_credits")) return undefined;
      const family = familyOf(machine);
      if (!family || family.burstable) return undefined;
      return fault(credits, "cpu_credits", `${machine.body.string("instance_type")} has no CPU credits`);
    },
  }),

  rule({
    id: "ec2-cpu-credits-dedicated-host",
    types: MACHINE_TYPES,
    title: "T3 instances on a dedicated host have standard CPU credits",
    why: "AWS does not support unlimited credits there, and refuses it at apply.",
    fix: 'Set cpu_credits to "standard".',
    source: T3_HOSTS,
    severity: "error",
    check: (machine) => {
      const credits = machine.body.block("credit_specification");
      if (credits?.string("cpu_credits") !== "unlimited") return undefined;
      if (placement(machine)?.string("tenancy") !== "host") return undefined;
      if (familyName(machine.body.string("instance_type") ?? "") !== "t3") return undefined;
      return fault(credits, "cpu_credits", "a T3 instance on a dedicated host has standard credits only");
    },
  }),

  rule({
    id: "ec2-device-name-unique",
    types: [...LAUNCH_TYPES, "aws_ami", "aws_volume_attachment"],
    title: "The devices of an instance have different names",
    why: "AWS refuses the second at apply.",
    fix: "Give it a device name that is free: /dev/sdf to /dev/sdp.",
    source: DEVICE_NAMES,
    severity: "error",
    check: (resource, estate) => {
      if (resource.type !== "aws_volume_attachment") return each(launchVolumes(resource), repeated());
      const { body } = resource;
      const name = body.string("device_name");
      const instance = estate.follow(resource, body, "instance_id", ...INSTANCES);
      if (!instance || resource.copies !== 1 || instance.copies !== 1) return undefined;
      const attachments = estate.attached(instance, "aws_volume_attachment", "instance_id");
      const taken = (holder: string): ReturnType<typeof fault> =>
        fault(body, "device_name", `${holder} has this device name already`);
      return each([instance, ...attachments.slice(0, attachments.indexOf(resource))], (other) =>
        deviceNamesOf(other).some((read) => read() === name) ? taken(other.address) : undefined,
      );
    },
  }),
] as const;

/** The VPC of an instance, where all that runs in it is on hardware of one's own. @throws UnknownValueError */
function dedicatedVpcOf(machine: Resource, estate: Estate): Resource | undefined {
  const subnet = estate.follow(machine, machine.body, "subnet_id", "aws_subnet");
  const vpc = subnet && estate.follow(subnet, subnet.body, "vpc_id", "aws_vpc");
  return vpc?.body.string("instance_tenancy") === "dedicated" ? vpc : undefined;
}

/** The blocks that name an instance type: of a group, those that take its template's place. */
function instanceTypes({ type, body }: Resource): readonly Block[] {
  if (type === "aws_spot_fleet_request") return body.blocks("launch_specification");
  if (type !== "aws_autoscaling_group") return [body];
  return body
    .blocks("mixed_instances_policy")
    .flatMap((policy) => policy.blocks("launch_template"))
    .flatMap((template) => template.blocks("override"));
}

/** Faults the second block with a device name. */
function repeated(): (block: ReturnType<typeof launchVolumes>[number]) => ReturnType<typeof fault> | undefined {
  const seen = new Set<string>();
  return (block) => {
    const name = block.string("device_name");
    if (name === undefined) return undefined;
    if (seen.has(name)) return fault(block, "device_name", "another device of the instance has this name");
    seen.add(name);
    return undefined;
  };
}
