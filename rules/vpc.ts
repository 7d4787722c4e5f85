import { UnknownValueError } from "./block";
import { cidr, contains, overlaps, type Cidr } from "./cidr";
import type { Estate } from "./estate";
import type { Resource } from "./resource";
import { each, fault, rule } from "./rule";

const CREATE_SUBNET = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html";
const SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";

export const vpcRules = [
  rule({
    id: "vpc-subnet-size",
    types: ["aws_subnet"],
    title: "The IPv4 block of a subnet is /16 to /28",
    why: "AWS keeps five addresses of each subnet for itself, and refuses smaller and larger ones at apply.",
    fix: "Give it a block of /16 to /28.",
    source: SUBNET_SIZING,
    severity: "error",
    check: ({ body }) => {
      const block = cidr(body.string("cidr_block"));
      if (!block || (block.subnetMask >= 16 && block.subnetMask <= 28)) return undefined;
      return fault(body, "cidr_block", "the IPv4 block of a subnet is /16 to /28");
    },
  }),

  rule({
    id: "vpc-subnet-in-vpc",
    types: ["aws_subnet"],
    title: "The block of a subnet lies in one of its VPC's blocks",
    why: "AWS refuses the subnet at apply, when the VPC has been made.",
    fix: "Take a part of the VPC's block, or add a secondary block to the VPC.",
    source: CREATE_SUBNET,
    severity: "error",
    check: (subnet, estate) => {
      const block = cidr(subnet.body.string("cidr_block"));
      const vpc = estate.follow(subnet, subnet.body, "vpc_id");
      if (!block || !vpc) return undefined;
      const blocks = vpcBlocks(vpc, estate);
      if (blocks.some((outer) => contains(outer, block))) return undefined;
      const names = blocks.map((outer) => outer.address).join(", ");
      return fault(subnet.body, "cidr_block", `the block of a subnet lies in one of its VPC's blocks, here ${names}`);
    },
  }),

  rule({
    id: "vpc-subnet-overlap",
    types: ["aws_subnet"],
    title: "The blocks of a VPC's subnets do not overlap",
    why: "AWS refuses the second of the two at apply.",
    fix: "Move one of the two.",
    source: CREATE_SUBNET,
    severity: "error",
    check: (subnet, estate) => {
      const block = cidr(subnet.body.string("cidr_block"));
      const vpc = estate.follow(subnet, subnet.body, "vpc_id");
      if (!block || !vpc) return undefined;
      // Each pair is told once, on the later of the two.
      const siblings = estate.attached(vpc, "aws_subnet", "vpc_id");
      return each(siblings.slice(0, siblings.indexOf(subnet)), (sibling) => {
        const other = cidr(sibling.body.string("cidr_block"));
        if (!other || !overlaps(block, other)) return undefined;
        return fault(subnet.body, "cidr_block", `it overlaps ${other.address} of ${sibling.address}`);
      });
    },
  }),
] as const;

/** All blocks of a VPC. @throws UnknownValueError when one of them is not known, so that none is missed */
function vpcBlocks(vpc: Resource, estate: Estate): Cidr[] {
  const secondary = estate.attached(vpc, "aws_vpc_ipv4_cidr_block_association", "vpc_id");
  return [vpc, ...secondary].map(({ body }) => {
    const block = cidr(body.string("cidr_block"));
    if (!block) throw new UnknownValueError("vpc_id");
    return block;
  });
}
