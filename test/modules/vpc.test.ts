import { Vpc, type VpcProps } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] };

function vpc(changes: Partial<VpcProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => void new Vpc(stack, "vpc", { ...props, ...changes }), environment).resources;
}

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
        `"Vpc "dev-test/vpc" has no private subnets: it has isolated. Use one of these tiers."`,
      );
    });
  });
});
