import { UnknownValueError, type Block } from "../values/block";
import { INSTANCE_FAMILIES, type InstanceFamily } from "../data/instance-families";
import type { Resource } from "../resource";

export const INSTANCES: readonly string[] = ["aws_instance", "aws_spot_instance_request"];
/** What describes an instance. */
export const MACHINE_TYPES: readonly string[] = [...INSTANCES, "aws_launch_template"];

/** Launch configurations as well, which AWS has replaced by launch templates. */
export const LAUNCH_TYPES: readonly string[] = [...MACHINE_TYPES, "aws_launch_configuration"];

/** Whether it is a spot instance. @throws UnknownValueError */
export function isSpot({ type, body }: Resource): boolean {
  if (type === "aws_spot_instance_request") return true;
  const market = body.block("instance_market_options");
  return market !== undefined && (market.string("market_type") ?? "spot") === "spot";
}

/** The block that says how a spot instance is asked for. @throws UnknownValueError */
export function spotOptions({ type, body }: Resource): Block | undefined {
  if (type === "aws_spot_instance_request") return body;
  const market = body.block("instance_market_options");
  return market && (market.string("market_type") ?? "spot") === "spot" ? market.block("spot_options") : undefined;
}

/** Whether AWS keeps the request of a spot instance after the instance. @throws UnknownValueError */
export function isPersistent(instance: Resource): boolean {
  const options = spotOptions(instance);
  return instance.type === "aws_spot_instance_request"
    ? (options?.string("spot_type") ?? "persistent") === "persistent"
    : options?.string("spot_instance_type") === "persistent";
}

/** The block that says where it is placed: tenancy, host. */
export function placement({ type, body }: Resource): Block | undefined {
  return type === "aws_launch_template" ? body.block("placement") : body;
}

/** The argument of that block with the tenancy. */
export function tenancyArgument({ type }: Resource): "tenancy" | "placement_tenancy" {
  return type === "aws_launch_configuration" ? "placement_tenancy" : "tenancy";
}

/** The argument with the image. */
export function imageArgument({ type }: Resource): "ami" | "image_id" {
  return type.startsWith("aws_launch_") ? "image_id" : "ami";
}

/** Whether it is to hibernate: the argument that says so, if it does. @throws UnknownValueError */
export function hibernation({ type, body }: Resource): readonly [Block, string] | undefined {
  const [block, name] =
    type === "aws_launch_template"
      ? ([body.block("hibernation_options"), "configured"] as const)
      : ([body, "hibernation"] as const);
  return block?.boolean(name) === true ? [block, name] : undefined;
}

/** The family of an instance type: `t3` of `t3.small`. */
export function familyName(instanceType: string): string {
  return instanceType.split(".")[0] ?? "";
}

/**
 * What is known of the family of an instance.
 * @returns undefined when it has no instance type of its own
 * @throws UnknownValueError when the type is a reference, or of a family that nobody has written down
 */
export function familyOf({ body }: Resource): InstanceFamily | undefined {
  const instanceType = body.string("instance_type");
  if (instanceType === undefined) return undefined;
  const family = INSTANCE_FAMILIES[familyName(instanceType)];
  if (!family) throw new UnknownValueError(body.argument("instance_type"));
  return family;
}

const FRACTIONS: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
};

/** Memory of an instance type of a family that can hibernate. Undefined for metal and for sizes that are unheard of. */
export function memoryGib(instanceType: string, family: InstanceFamily): number | undefined {
  const size = instanceType.split(".")[1] ?? "";
  const extra = /^(\d*)xlarge$/.exec(size)?.[1];
  const factor = extra === undefined ? FRACTIONS[size] : 2 * Number(extra === "" ? 1 : extra);
  return family.hibernation === undefined || factor === undefined ? undefined : family.hibernation * factor;
}
