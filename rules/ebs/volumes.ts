import { UnknownValueError, type Block } from "../values/block";
import type { Resource } from "../resource";

/** Everything that describes an EBS volume: of its own, of an instance, of what launches instances. */
export const VOLUME_TYPES = [
  "aws_ebs_volume",
  "aws_instance",
  "aws_spot_instance_request",
  "aws_launch_template",
  "aws_launch_configuration",
  "aws_spot_fleet_request",
  "aws_ami",
];

/** Device names that images give their root volume. */
const ROOT_DEVICES = ["/dev/xvda", "/dev/sda1", "/dev/sda", "xvda"];

/** The blocks of a resource that describe a volume. */
export function volumes(resource: Resource): readonly Block[] {
  const known = blocksOf.get(resource);
  if (known) return known;
  const blocks = volumesOf(resource);
  blocksOf.set(resource, blocks);
  return blocks;
}

/** A third of all rules ask for them. */
const blocksOf = new WeakMap<Resource, readonly Block[]>();

function volumesOf({ type, body }: Resource): Block[] {
  switch (type) {
    case "aws_ebs_volume":
      return [body];
    case "aws_launch_template":
      return body.blocks("block_device_mappings").flatMap((mapping) => mapping.block("ebs") ?? []);
    case "aws_spot_fleet_request":
      return body.blocks("launch_specification").flatMap(ofInstance);
    default:
      return ofInstance(body);
  }
}

function ofInstance(body: Block): Block[] {
  return [...body.blocks("root_block_device"), ...body.blocks("ebs_block_device")];
}

/** The blocks that describe a root volume. */
export function rootVolumes({ type, body }: Resource): Block[] {
  switch (type) {
    case "aws_ebs_volume":
      return [];
    case "aws_launch_template":
      return body
        .blocks("block_device_mappings")
        .filter((mapping) => ROOT_DEVICES.includes(mapping.string("device_name") ?? ""))
        .flatMap((mapping) => mapping.block("ebs") ?? []);
    case "aws_spot_fleet_request":
      return body.blocks("launch_specification").flatMap((specification) => specification.blocks("root_block_device"));
    default:
      return body.blocks("root_block_device");
  }
}

/**
 * The root volume of what launches an instance.
 * @throws UnknownValueError when a launch template leaves it to the image
 */
export function rootVolume(machine: Resource): Block | undefined {
  const [root] = rootVolumes(machine);
  if (!root && machine.type === "aws_launch_template") throw new UnknownValueError("block_device_mappings");
  return root;
}

/** The blocks that name devices when an instance is launched. */
export function launchVolumes({ type, body }: Resource): Block[] {
  return type === "aws_launch_template"
    ? body.blocks("block_device_mappings")
    : [...body.blocks("ebs_block_device"), ...body.blocks("ephemeral_block_device")];
}

/** The device names of an instance or of an attachment, each to be read by itself. */
export function deviceNamesOf(resource: Resource): (() => string | undefined)[] {
  const blocks = resource.type === "aws_volume_attachment" ? [resource.body] : launchVolumes(resource);
  return blocks.map((block) => () => block.string("device_name"));
}

/**
 * What a volume of its own is unless it says so; elsewhere, the image and the provider have their own answer. Of something that
 * does not say it, nothing else is known.
 */
const DEFAULT_TYPE = "gp2";

/** The type of a volume, where it is known. @throws UnknownValueError */
export function volumeType(volume: Block): string | undefined {
  return volume.string(typeArgument(volume)) ?? (volume.path === "" ? DEFAULT_TYPE : undefined);
}

/** The name of the argument with the type. */
export function typeArgument(volume: Block): "type" | "volume_type" {
  return volume.path === "" ? "type" : "volume_type";
}

/** The name of the argument with the size in GiB. */
export function sizeArgument(volume: Block): "size" | "volume_size" {
  return volume.path === "" ? "size" : "volume_size";
}

/** Whether a volume is of one of these types. */
export function ofType(...types: readonly string[]): (volume: Block) => boolean {
  return (volume) => types.includes(volumeType(volume) ?? "");
}
