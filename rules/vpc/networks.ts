import { UnknownValueError } from "../values/block";
import { mayExclude } from "../values/certain";
import { cidr, contains, overlaps, type Cidr } from "./cidr";
import type { Estate } from "../estate";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const CREATE_VPC = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html";
const VPC_CIDRS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html";
const CREATE_SUBNET = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html";
const SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const ZONES = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html";

const SECONDARY = "aws_vpc_ipv4_cidr_block_association";
const SECONDARY_IPV6 = "aws_vpc_ipv6_cidr_block_association";
const BLOCKS = ["cidr_block", "ipv6_cidr_block"] as const;
const VPC_SIZE = "the IPv4 block of a VPC is /16 to /28";
const SUBNET_SIZE = "the IPv4 block of a subnet is /16 to /28";

const fits = ({ prefixLength }: Cidr): boolean => prefixLength >= 16 && prefixLength <= 28;

export const networkRules = [
  rule({
    id: "vpc-cidr-size",
    types: ["aws_vpc", SECONDARY],
    title: "The IPv4 block of a VPC is /16 to /28",
    why: "AWS makes no larger and no smaller VPCs.",
    fix: "Give it a block of /16 to /28.",
    source: VPC_CIDRS,
    severity: "error",
    check: ({ body }) => {
      const block = cidr(body.string("cidr_block"));
      return block && !fits(block) ? fault(body, "cidr_block", VPC_SIZE) : undefined;
    },
  }),

  rule({
    id: "vpc-cidr-canonical",
    types: ["aws_vpc", SECONDARY, "aws_subnet"],
    title: "A block begins with its own first address",
    why: "Written otherwise, it is another block than it seems; the provider refuses it.",
    fix: "Write the block with its first address.",
    source: CREATE_VPC,
    severity: "error",
    check: ({ body }) => {
      const block = cidr(body.string("cidr_block"));
      if (block?.family !== 4 || block.canonical === block.text) return undefined;
      return fault(body, "cidr_block", `a block begins with its own first address: ${block.canonical}`);
    },
  }),

  rule({
    id: "vpc-cidr-overlap",
    types: [SECONDARY],
    title: "The blocks of a VPC do not overlap",
    why: "AWS refuses the second of the two at apply.",
    fix: "Take another block.",
    source: VPC_CIDRS,
    severity: "error",
    check: (association, estate) => {
      const block = cidr(association.body.string("cidr_block"));
      const vpc = estate.follow(association, association.body, "vpc_id", "aws_vpc");
      if (!block || !vpc) return undefined;
      const associations = estate.attached(vpc, SECONDARY, "vpc_id");
      return each([vpc, ...associations.slice(0, associations.indexOf(association))], (other) => {
        const otherBlock = cidr(other.body.string("cidr_block"));
        if (!otherBlock) throw new UnknownValueError("vpc_id");
        if (!overlaps(block, otherBlock)) return undefined;
        if (mayExclude(association, other)) throw new UnknownValueError("count");
        return fault(association.body, "cidr_block", `it overlaps ${otherBlock.text} of ${other.address}`);
      });
    },
  }),

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
      return block && !fits(block) ? fault(body, "cidr_block", SUBNET_SIZE) : undefined;
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
    check: (subnet, estate) =>
      each(BLOCKS, (name) => {
        const block = cidr(subnet.body.string(name));
        const vpc = block && vpcOf(subnet, estate);
        if (!block || !vpc) return undefined;
        const blocks = name === "cidr_block" ? vpcBlocks(vpc, estate) : ipv6Blocks(vpc, estate);
        if (blocks.some((outer) => contains(outer, block))) return undefined;
        const names = blocks.map((outer) => outer.text).join(", ") || "none";
        return fault(subnet.body, name, `the block of a subnet lies in one of its VPC's blocks, here ${names}`);
      }),
  }),

  rule({
    id: "vpc-subnet-overlap",
    types: ["aws_subnet"],
    title: "The blocks of a VPC's subnets do not overlap",
    why: "AWS refuses the second of the two at apply.",
    fix: "Move one of the two.",
    source: CREATE_SUBNET,
    severity: "error",
    check: (subnet, estate) =>
      each(BLOCKS, (name) => {
        const block = cidr(subnet.body.string(name));
        if (!block) return undefined;
        const siblings = subnetsBeside(subnet, estate);
        if (subnet.copies !== undefined && subnet.copies > 1)
          return fault(subnet.body, name, `all ${subnet.copies} copies have this block`);
        // Each pair is told once, on the later of the two.
        return each(siblings.slice(0, siblings.indexOf(subnet)), (sibling) => {
          const other = cidr(sibling.body.string(name));
          if (!other || !overlaps(block, other)) return undefined;
          if (mayExclude(subnet, sibling)) throw new UnknownValueError("count");
          return fault(subnet.body, name, `it overlaps ${other.text} of ${sibling.address}`);
        });
      }),
  }),

  rule({
    id: "vpc-availability-zone-region",
    types: [
      "aws_subnet",
      "aws_default_subnet",
      "aws_instance",
      "aws_spot_instance_request",
      "aws_ebs_volume",
      "aws_ec2_host",
    ],
    title: "An availability zone is one of the region",
    why: "AWS refuses it at apply: a zone belongs to one region.",
    fix: "Name a zone of the region that the provider works in.",
    source: ZONES,
    severity: "error",
    check: ({ body, region }) =>
      each(["availability_zone", "availability_zone_id"], (name) => {
        const zone = body.string(name);
        if (zone === undefined || zone === "") return undefined;
        if (region === undefined) throw new UnknownValueError("provider");
        // us-east-1a; a local zone is us-east-1-bos-1a. Their ids are use1-az1 and use1-bos1-az1.
        const [prefix, rest, first] =
          name === "availability_zone"
            ? ([region, /^([a-z]|-.+)$/, `${region}a`] as const)
            : ([zoneIdPrefix(region), /^-.+$/, `${zoneIdPrefix(region)}-az1`] as const);
        if (zone.startsWith(prefix) && rest.test(zone.slice(prefix.length))) return undefined;
        return fault(body, name, `the zone is one of ${region}: ${first}`);
      }),
  }),
] as const;

/** `euw1` of eu-west-1, `apse2` of ap-southeast-2, `usgw1` of us-gov-west-1. */
function zoneIdPrefix(region: string): string {
  const [area = "", ...others] = region.split("-");
  const letters = others.map((part) => part.replace(/^(north|south)(east|west)$/, "$1 $2"));
  return area + letters.map((part) => (/^\d+$/.test(part) ? part : part.replace(/([a-z])[a-z]*\s*/g, "$1"))).join("");
}

/** The VPC of a subnet, by itself or by one of its further blocks, as the provider's documents write it. @throws UnknownValueError */
function vpcOf(subnet: Resource, estate: Estate): Resource | undefined {
  const target = estate.target(subnet.stack, subnet.body.raw("vpc_id"));
  const holder = target && [SECONDARY, SECONDARY_IPV6].includes(target.type) ? target : subnet;
  return estate.follow(holder, holder.body, "vpc_id", "aws_vpc");
}

/** All subnets of the VPC of one: a resource, a data source or one by its id. @throws UnknownValueError */
function subnetsBeside(subnet: Resource, estate: Estate): Resource[] {
  const written = subnet.body.raw("vpc_id");
  const target = estate.target(subnet.stack, written);
  if (target?.type === "data.aws_vpc") return estate.attached(target, "aws_subnet", "vpc_id");
  if (typeof written === "string" && /^vpc-[0-9a-f]+$/.test(written) && !target)
    return estate.ofType("aws_subnet").filter(({ body }) => body.raw("vpc_id") === written);
  const vpc = vpcOf(subnet, estate);
  if (!vpc) return [];
  const others = [SECONDARY, SECONDARY_IPV6].flatMap((type) => estate.attached(vpc, type, "vpc_id"));
  // One of several VPCs is another for each subnet.
  if (vpc.copies !== 1) throw new UnknownValueError("vpc_id");
  return [vpc, ...others].flatMap((holder) => estate.attached(holder, "aws_subnet", "vpc_id"));
}

/** All IPv6 blocks of a VPC. @throws UnknownValueError when AWS gives it one */
function ipv6Blocks(vpc: Resource, estate: Estate): Cidr[] {
  const own = Object.keys(vpc.body.body).some((name) => /ipv6/.test(name) && vpc.body.raw(name) !== undefined)
    ? [vpc]
    : [];
  return [...own, ...estate.attached(vpc, SECONDARY_IPV6, "vpc_id")].map(({ body }) => {
    const block = cidr(body.string("ipv6_cidr_block"));
    if (!block) throw new UnknownValueError("vpc_id");
    return block;
  });
}

/** All IPv4 blocks of a VPC. @throws UnknownValueError when one of them is not known, so that none is missed */
function vpcBlocks(vpc: Resource, estate: Estate): Cidr[] {
  return [vpc, ...estate.attached(vpc, SECONDARY, "vpc_id")].map(({ body }) => {
    const block = cidr(body.string("cidr_block"));
    if (!block) throw new UnknownValueError("vpc_id");
    return block;
  });
}
