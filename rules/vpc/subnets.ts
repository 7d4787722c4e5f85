import { UnknownValueError, type Block } from "../values/block";
import type { Estate } from "../estate";
import type { Resource } from "../resource";

export const SUBNETS: readonly string[] = ["aws_subnet", "aws_default_subnet"];

/** The zone of the subnet that an argument names. @throws UnknownValueError when it is not here, or one of several */
export function zoneOfSubnet(from: Resource, block: Block, name: string, estate: Estate): string {
  const subnet = estate.follow(from, block, name, ...SUBNETS);
  const zone = subnet?.body.string("availability_zone") ?? subnet?.body.string("availability_zone_id");
  if (zone === undefined || subnet?.copies !== 1) throw new UnknownValueError(block.argument(name));
  return zone;
}
