import { Address4 } from "ip-address";
import * as fc from "fast-check";
import { plannedSubnetCidr, SUBNET_TIERS, ZONE_LETTERS, type ZoneLetter } from "../../modules/vpc/subnet-plan";
import { Vpc, type VpcProps } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] };

function vpc(changes: Partial<VpcProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => void new Vpc(stack, "vpc", { ...props, ...changes }), environment).resources;
}

/** What `before` has and `after` has no longer, or has differently. */
function disturbed(before: Synthesized["resources"], after: Synthesized["resources"]): string[] {
  return Object.keys(before).filter((address) => JSON.stringify(before[address]) !== JSON.stringify(after[address]));
}

describe("the subnet plan", () => {
  const vpcCidr = fc.tuple(fc.integer({ min: 16, max: 22 }), fc.nat({ max: 0xffffffff })).map(([prefix, address]) => {
    const block = Address4.fromBigInt(BigInt(address));
    return `${new Address4(`${block.correctForm()}/${prefix}`).startAddress().correctForm()}/${prefix}`;
  });
  const allSubnets = (cidr: string): Address4[] =>
    SUBNET_TIERS.flatMap((tier) => ZONE_LETTERS.map((zone) => new Address4(plannedSubnetCidr(cidr, tier, zone))));

  test("keeps every subnet inside the VPC, of a size that AWS takes, and apart from every other", () => {
    fc.assert(
      fc.property(vpcCidr, (cidr) => {
        const subnets = allSubnets(cidr);
        for (const [position, subnet] of subnets.entries()) {
          expect(subnet.isInSubnet(new Address4(cidr))).toBe(true);
          expect(subnet.subnetMask).toBeLessThanOrEqual(28);
          for (const other of subnets.slice(position + 1)) {
            expect(subnet.isInSubnet(other) || other.isInSubnet(subnet)).toBe(false);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test("leaves the last quarter of the VPC free for own tiers", () => {
    fc.assert(
      fc.property(vpcCidr, (cidr) => {
        const block = new Address4(cidr);
        const lastQuarter = block.startAddress().bigInt() + 3n * (1n << BigInt(30 - block.subnetMask));
        for (const subnet of allSubnets(cidr)) expect(subnet.endAddress().bigInt()).toBeLessThan(lastQuarter);
      }),
      { numRuns: 50 },
    );
  });

  test("is this table for ever: a change of it would move every subnet there is", () => {
    const table = Object.fromEntries(
      SUBNET_TIERS.map((tier) => [
        tier,
        (["a", "b", "h"] as const).map((zone) => plannedSubnetCidr("10.0.0.0/16", tier, zone)),
      ]),
    );
    expect(table).toEqual({
      private: ["10.0.0.0/20", "10.0.16.0/20", "10.0.112.0/20"],
      public: ["10.0.128.0/22", "10.0.132.0/22", "10.0.156.0/22"],
      isolated: ["10.0.160.0/22", "10.0.164.0/22", "10.0.188.0/22"],
    });
  });
});

describe("a VPC", () => {
  test("has DNS support and host names, and its address adds nothing to its name", () => {
    expect(vpc()["aws_vpc.vpc"]).toEqual({
      cidr_block: "10.0.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "acme-dev-vpc" },
    });
  });

  test("empties its default security group", () => {
    expect(vpc()["aws_default_security_group.vpc_default_security_group"]).toMatchObject({ ingress: [], egress: [] });
  });

  test("has a subnet for each tier and zone, none of which hands out public addresses", () => {
    const subnets = Object.entries(vpc()).filter(([address]) => address.startsWith("aws_subnet."));
    expect(subnets.map(([address]) => address).sort()).toEqual([
      "aws_subnet.vpc_isolated_a",
      "aws_subnet.vpc_isolated_b",
      "aws_subnet.vpc_private_a",
      "aws_subnet.vpc_private_b",
      "aws_subnet.vpc_public_a",
      "aws_subnet.vpc_public_b",
    ]);
    for (const [, subnet] of subnets) expect(subnet).toMatchObject({ map_public_ip_on_launch: false });
    expect(Object.fromEntries(subnets)["aws_subnet.vpc_private_b"]).toMatchObject({
      availability_zone: "eu-west-1b",
      cidr_block: "10.0.16.0/20",
      tags: { Name: "acme-dev-vpc-private-b" },
    });
  });

  test("gives public subnets a route to the internet, private ones a table each, isolated ones no route out", () => {
    const resources = vpc();
    expect(resources["aws_route.vpc_public_routes_internet"]).toEqual({
      route_table_id: "${aws_route_table.vpc_public_routes.id}",
      destination_cidr_block: "0.0.0.0/0",
      gateway_id: "${aws_internet_gateway.vpc_internet_gateway.id}",
    });
    const table = (subnet: string): unknown =>
      resources[`aws_route_table_association.vpc_${subnet}_association`]?.["route_table_id"];
    expect(table("public_a")).toBe(table("public_b"));
    expect(table("private_a")).not.toBe(table("private_b"));
    expect(table("isolated_a")).toBe(table("isolated_b"));
    const routesOut = Object.keys(resources).filter((address) => address.startsWith("aws_route."));
    expect(routesOut.some((address) => address.includes("isolated"))).toBe(false);
  });

  test.each([
    ["none", [], []],
    ["single", ["a"], ["a", "a"]],
    ["per-az", ["a", "b"], ["a", "b"]],
  ] as const)(
    "with natGateways %j has gateways in zones %j, which private zones a and b use as %j",
    (natGateways, zones, used) => {
      const resources = vpc({ natGateways });
      const gateways = Object.keys(resources).filter((address) => address.startsWith("aws_nat_gateway."));
      expect(gateways).toEqual(zones.map((zone) => `aws_nat_gateway.vpc_nat_${zone}`));
      expect(Object.keys(resources).filter((address) => address.startsWith("aws_eip."))).toEqual(
        zones.map((zone) => `aws_eip.vpc_nat_${zone}_eip`),
      );
      const targets = (["a", "b"] as const).map(
        (zone) => resources[`aws_route.vpc_private_${zone}_routes_nat`]?.["nat_gateway_id"],
      );
      expect(targets.filter(Boolean)).toEqual(used.map((zone) => `\${aws_nat_gateway.vpc_nat_${zone}.id}`));
    },
  );

  test("is protected from being destroyed in production, and elsewhere when asked", () => {
    const protectedVpc = { lifecycle: { prevent_destroy: true } };
    expect(vpc({}, { tier: "production" })["aws_vpc.vpc"]).toMatchObject(protectedVpc);
    expect(vpc({ deletionProtection: true })["aws_vpc.vpc"]).toMatchObject(protectedVpc);
    expect(vpc()["aws_vpc.vpc"]).not.toHaveProperty("lifecycle");
    expect(vpc({ deletionProtection: false }, { tier: "production" })["aws_vpc.vpc"]).not.toHaveProperty("lifecycle");
  });

  test("takes the blocks that it is given", () => {
    const resources = vpc({ subnetCidrs: { public: { a: "10.0.255.0/24" } } });
    expect(resources["aws_subnet.vpc_public_a"]).toMatchObject({ cidr_block: "10.0.255.0/24" });
    expect(resources["aws_subnet.vpc_public_b"]).toMatchObject({ cidr_block: "10.0.132.0/22" });
  });

  test("can be as small as /28 when every subnet has a block", () => {
    const resources = vpc({
      cidr: "10.9.0.0/27",
      availabilityZones: ["a"],
      subnetTiers: ["public", "private"],
      subnetCidrs: { public: { a: "10.9.0.0/28" }, private: { a: "10.9.0.16/28" } },
    });
    expect(resources["aws_subnet.vpc_private_a"]).toMatchObject({ cidr_block: "10.9.0.16/28" });
  });

  test("names the tiers that it has when it is asked for one that it has not", () => {
    synthesized((stack) => {
      const isolated = new Vpc(stack, "vpc", { ...props, subnetTiers: ["isolated"], natGateways: "none" });
      expect(isolated.subnetIds("isolated")).toHaveLength(2);
      expect(() => isolated.subnetIds("private")).toThrowErrorMatchingInlineSnapshot(
        `"Vpc "dev-test/vpc" has no private subnets: it was made with subnetTiers ["isolated"]. Add "private" there, or use one of these tiers."`,
      );
    });
  });
});

describe("day 2", () => {
  const zones = (...letters: ZoneLetter[]): Partial<VpcProps> => ({
    availabilityZones: letters,
    natGateways: "per-az",
  });

  test("a zone that is added disturbs nothing that was there", () => {
    expect(disturbed(vpc(zones("a", "b")), vpc(zones("a", "b", "c")))).toEqual([]);
    expect(disturbed(vpc(zones("b", "c")), vpc(zones("a", "b", "c")))).toEqual([]);
  });

  test.each(["a", "b", "c"] as const)("dropping zone %s of three takes only what is in that zone", (dropped) => {
    const all: ZoneLetter[] = ["a", "b", "c"];
    const gone = disturbed(vpc(zones(...all)), vpc(zones(...all.filter((zone) => zone !== dropped))));
    expect(gone).not.toEqual([]);
    for (const address of gone) expect(address).toMatch(new RegExp(`_${dropped}(_|$)`));
  });

  test("a tier that is added or dropped leaves the others alone", () => {
    const two = vpc({ subnetTiers: ["public", "private"] });
    const three = vpc({ subnetTiers: ["public", "private", "isolated"] });
    expect(disturbed(two, three)).toEqual([]);
    for (const address of disturbed(three, two)) expect(address).toMatch(/isolated/);
  });

  test("single NAT to one in each zone changes one route in place and destroys nothing", () => {
    const single = vpc({ natGateways: "single" });
    const perZone = vpc({ natGateways: "per-az" });
    expect(disturbed(single, perZone)).toEqual(["aws_route.vpc_private_b_routes_nat"]);
    expect(perZone["aws_route.vpc_private_b_routes_nat"]).toMatchObject({
      route_table_id: single["aws_route.vpc_private_b_routes_nat"]?.["route_table_id"],
      destination_cidr_block: "0.0.0.0/0",
    });
  });
});

describe("what is refused", () => {
  const refusal = (changes: Partial<VpcProps>) => (): unknown => vpc(changes);

  test("a block that is too small for the plan, and no zone: both at once, with the value and the fix", () => {
    expect(refusal({ cidr: "10.0.0.0/28", availabilityZones: [] })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - availabilityZones must name 1 to 8 zones, got none
       - cidr must be /16 to /22 for the automatic subnet plan, got "10.0.0.0/28": widen it or give subnetCidrs for every subnet"
    `);
  });

  test("a block that AWS does not take", () => {
    expect(refusal({ cidr: "10.0.0.0/8" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - cidr must be /16 to /28, got "10.0.0.0/8""
    `);
    expect(refusal({ cidr: "10.0.0.1/16" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - cidr must start at its network address, got "10.0.0.1/16": write "10.0.0.0/16""
    `);
    expect(refusal({ cidr: "10.0.0/16" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - cidr must be an IPv4 block such as "10.0.0.0/16", got "10.0.0/16""
    `);
  });

  test("a zone with its region, and one that is named twice", () => {
    const availabilityZones = ["eu-west-1a", "b", "b"] as unknown as ZoneLetter[];
    expect(refusal({ availabilityZones })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - availabilityZones are letters a to h, got "eu-west-1a": the region comes from the stack
       - availabilityZones names "b" twice: name each zone once"
    `);
  });

  test("NAT gateways that have nowhere to stand", () => {
    expect(refusal({ subnetTiers: ["isolated"], natGateways: "single" })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - natGateways "single" needs the tiers "public" (where they stand) and "private" (whom they serve), got ["isolated"]: add the tier, or set natGateways to "none""
    `);
  });

  test("subnets outside the VPC, upon each other, too small, or that are not made", () => {
    const subnetCidrs = {
      public: { a: "10.1.0.0/24", b: "10.0.0.0/29", c: "10.0.9.0/24" },
      private: { a: "10.0.200.0/24", b: "10.0.200.128/25" },
    };
    expect(refusal({ subnetCidrs })).toThrowErrorMatchingInlineSnapshot(`
     "Vpc "dev-test/vpc" is invalid:
       - subnetCidrs.public.c is for a subnet that is not made: add its tier and zone, or drop it
       - subnetCidrs.public.a must lie in the VPC's 10.0.0.0/16, got "10.1.0.0/24"
       - subnetCidrs.public.b must be /28 or larger, got "10.0.0.0/29"
       - subnetCidrs.private.b (10.0.200.128/25) overlaps subnetCidrs.private.a (10.0.200.0/24): move one of the two"
    `);
  });
});
