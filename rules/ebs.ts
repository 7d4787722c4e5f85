import type { Block } from "./block";
import type { Estate } from "./estate";
import { range } from "./kinds";
import type { Resource } from "./resource";
import { fault, rule } from "./rule";

const CREATE_VOLUME = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html";
const ATTACH_VOLUME = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html";

/** Everything that describes an EBS volume: of its own, of an instance, of a launch template. */
const VOLUME_TYPES = ["aws_ebs_volume", "aws_instance", "aws_launch_template"];

/** The blocks of a resource that describe a volume. */
export function volumes({ type, body }: Resource): Block[] {
  switch (type) {
    case "aws_ebs_volume":
      return [body];
    case "aws_instance":
      return [...body.blocks("root_block_device"), ...body.blocks("ebs_block_device")];
    default:
      return body.blocks("block_device_mappings").flatMap((mapping) => mapping.blocks("ebs"));
  }
}

/** `type` of a volume of its own, `volume_type` elsewhere. AWS's default is gp2; where it is not said, nothing is known. */
export function volumeType(volume: Block): string | undefined {
  return volume.string(volume.path === "" ? "type" : "volume_type");
}

const ofType =
  (...types: readonly string[]) =>
  (volume: Block): boolean =>
    types.includes(volumeType(volume) ?? "");

export const ebsRules = [
  range({
    id: "ebs-gp3-iops-range",
    types: VOLUME_TYPES,
    blocks: volumes,
    when: ofType("gp3"),
    argument: "iops",
    what: "the IOPS of a gp3 volume",
    min: 3_000,
    max: 80_000,
    source: CREATE_VOLUME,
  }),

  rule({
    id: "ebs-attachment-same-zone",
    types: ["aws_volume_attachment"],
    title: "A volume and the instance that it is attached to are in the same availability zone",
    why: "A volume exists in one zone only: AWS refuses the attachment at apply, when both have been made.",
    fix: "Take the volume's availability_zone from the instance.",
    source: ATTACH_VOLUME,
    severity: "error",
    check: (attachment, estate) => {
      const { body } = attachment;
      const volume = estate.follow(attachment, body, "volume_id");
      const instance = estate.follow(attachment, body, "instance_id");
      if (!volume || !instance || sameExpression(volume, instance, estate)) return undefined;
      const zone = volume.body.string("availability_zone");
      const other = zoneOf(instance, estate);
      if (zone === undefined || other === undefined || zone === other) return undefined;
      return fault(body, "volume_id", `the volume is in ${zone}, the instance in ${other}`);
    },
  }),
] as const;

/** Whether the volume takes its zone from the instance: then it is right, whatever it is. */
function sameExpression(volume: Resource, instance: Resource, estate: Estate): boolean {
  const zone = volume.body.raw("availability_zone");
  return estate.target(volume.stack, zone) === instance;
}

/** The zone that an instance says, or that of its subnet. */
function zoneOf(instance: Resource, estate: Estate): string | undefined {
  if (instance.body.has("availability_zone")) return instance.body.string("availability_zone");
  return estate.follow(instance, instance.body, "subnet_id")?.body.string("availability_zone");
}

