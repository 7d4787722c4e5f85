import { Vpc, type VpcProps } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] };

function vpc(changes: Partial<VpcProps> = {}): Synthesized["resources"] {
  return synthesized((stack) => void new Vpc(stack, "vpc", { ...props, ...changes })).resources;
}

/** The addresses of one type. */
const addresses = (resources: Synthesized["resources"], type: string): string[] =>
  Object.keys(resources).filter((address) => address.startsWith(`${type}.`));

describe("a tier of one's own", () => {
  test.each([
    ["public", ["vpc_edge"], "internet"],
    ["private", ["vpc_edge_a", "vpc_edge_b"], "nat"],
    ["isolated", ["vpc_edge"], undefined],
  ] as const)("with routing %s has the route tables %j and the default route %s", (routing, tables, route) => {
    const resources = vpc({ ownTiers: { edge: { routing, slot: "7/8" } } });
    const own = addresses(resources, "aws_route_table").filter((address) => address.includes("edge"));
    expect(own).toEqual(tables.map((table) => `aws_route_table.${table}_routes`));
    const routes = addresses(resources, "aws_route").filter((address) => address.includes("edge"));
    expect(routes).toEqual(route ? tables.map((table) => `aws_route.${table}_routes_${route}`) : []);
    expect(resources["aws_subnet.vpc_edge_b"]).toMatchObject({
      cidr_block: "10.0.228.0/22",
      availability_zone: "eu-west-1b",
      map_public_ip_on_launch: false,
    });
  });

  test("may be in some zones only, and have blocks of its own in place of a slot", () => {
    const resources = vpc({
      ownTiers: {
        cache: { routing: "isolated", slot: "12/16", availabilityZones: ["b"] },
        data: { routing: "isolated", availabilityZones: ["a"] },
      },
      subnetCidrs: { data: { a: "10.0.250.0/24" } },
    });
    expect(addresses(resources, "aws_subnet").filter((address) => /cache|data/.test(address))).toEqual([
      "aws_subnet.vpc_cache_b",
      "aws_subnet.vpc_data_a",
    ]);
    expect(resources["aws_subnet.vpc_data_a"]).toMatchObject({ cidr_block: "10.0.250.0/24" });
  });

  test("in a second block waits for the block, and is planned in it", () => {
    const resources = vpc({
      secondaryCidrs: { pods: "100.64.0.0/16" },
      ownTiers: { pods: { routing: "private", secondaryCidr: "pods", slot: "1/2" } },
    });
    expect(resources["aws_vpc_ipv4_cidr_block_association.vpc_pods_cidr"]).toEqual({
      vpc_id: "${aws_vpc.vpc.id}",
      cidr_block: "100.64.0.0/16",
    });
    expect(resources["aws_subnet.vpc_pods_a"]).toMatchObject({
      cidr_block: "100.64.128.0/20",
      depends_on: ["aws_vpc_ipv4_cidr_block_association.vpc_pods_cidr"],
    });
  });

  test("can be all that there is: databases without private subnets", () => {
    const resources = vpc({ subnetTiers: [], ownTiers: { data: { routing: "isolated", slot: "6/8" } } });
    expect(addresses(resources, "aws_subnet")).toEqual(["aws_subnet.vpc_data_a", "aws_subnet.vpc_data_b"]);
    expect(addresses(resources, "aws_nat_gateway")).toEqual([]);
    expect(addresses(resources, "aws_internet_gateway")).toEqual([]);
  });

  test("is among what the VPC gives by tier and zone", () => {
    synthesized((stack) => {
      const made = new Vpc(stack, "vpc", { ...props, ownTiers: { data: { routing: "isolated", slot: "6/8" } } });
      expect(made.subnetIds("data")).toEqual([made.subnets["data"]?.a?.id, made.subnets["data"]?.b?.id]);
      expect(Object.keys(made.routeTables)).toEqual(["public", "private_a", "private_b", "isolated", "data"]);
      expect(() => made.subnetIds("dta")).toThrowErrorMatchingInlineSnapshot(
        `"Vpc "dev-test/vpc" has no dta subnets: it has public, private, isolated, data. Use one of these tiers."`,
      );
      expect(() => made.routeTable("private")).toThrowErrorMatchingInlineSnapshot(
        `"Vpc "dev-test/vpc" has no route table private: it has public, private_a, private_b, isolated, data. Use one of these."`,
      );
      expect(() =>
        made.addRoute("dta", "x", { destination: "10.9.0.0/16", via: { gatewayId: "vgw-1" } }),
      ).toThrowErrorMatchingInlineSnapshot(
        `"Vpc "dev-test/vpc" has no tier dta: it has public, private, isolated, data."`,
      );
    });
  });
});

describe("options of a tier", () => {
  test("hand out public addresses in public subnets", () => {
    const resources = vpc({ tierOptions: { public: { mapPublicIpOnLaunch: true } } });
    expect(resources["aws_subnet.vpc_public_a"]).toMatchObject({ map_public_ip_on_launch: true });
    expect(resources["aws_subnet.vpc_private_a"]).toMatchObject({ map_public_ip_on_launch: false });
  });

  test("limit a built-in tier to some zones, whose order stays that of the VPC", () => {
    const resources = vpc({
      availabilityZones: ["a", "b", "c"],
      tierOptions: { isolated: { availabilityZones: ["c", "a"] } },
    });
    expect(addresses(resources, "aws_subnet").filter((address) => address.includes("isolated"))).toEqual([
      "aws_subnet.vpc_isolated_a",
      "aws_subnet.vpc_isolated_c",
    ]);
  });

  test("tag subnets for Kubernetes' load balancers, and with what one likes", () => {
    const resources = vpc({
      tierOptions: {
        public: { loadBalancerDiscovery: true },
        private: { loadBalancerDiscovery: { clusterNames: ["shop"] }, tags: { Purpose: "apps" } },
        isolated: { tags: { Purpose: "data" } },
      },
    });
    const tags = (tier: string): unknown => resources[`aws_subnet.vpc_${tier}_a`]?.["tags"];
    expect(tags("public")).toEqual({ Name: "acme-dev-vpc-public-a", "kubernetes.io/role/elb": "1" });
    expect(tags("private")).toEqual({
      Name: "acme-dev-vpc-private-a",
      Purpose: "apps",
      "kubernetes.io/cluster/shop": "shared",
      "kubernetes.io/role/internal-elb": "1",
    });
    expect(tags("isolated")).toEqual({ Name: "acme-dev-vpc-isolated-a", Purpose: "data" });
  });
});

describe("NAT gateways", () => {
  test("stand where they are told, and serve zones without one from the first that was named", () => {
    const resources = vpc({ availabilityZones: ["a", "b", "c"], natGateways: { zones: ["c", "b"] } });
    expect(addresses(resources, "aws_nat_gateway").sort()).toEqual([
      "aws_nat_gateway.vpc_nat_b",
      "aws_nat_gateway.vpc_nat_c",
    ]);
    const used = ["a", "b", "c"].map(
      (zone) => resources[`aws_route.vpc_private_${zone}_routes_nat`]?.["nat_gateway_id"],
    );
    expect(used).toEqual(["c", "b", "c"].map((zone) => `\${aws_nat_gateway.vpc_nat_${zone}.id}`));
  });

  test("take Elastic IPs that exist already, and make the others", () => {
    const resources = vpc({ natGateways: "per-az", natElasticIps: { b: "eipalloc-1" } });
    expect(addresses(resources, "aws_eip")).toEqual(["aws_eip.vpc_nat_a_eip"]);
    expect(resources["aws_nat_gateway.vpc_nat_b"]).toMatchObject({ allocation_id: "eipalloc-1" });
  });
});

describe("IPv6", () => {
  const resources = vpc({
    ipv6: true,
    ownTiers: { data: { routing: "isolated", slot: "12/16" } },
    tierOptions: { public: { mapPublicIpOnLaunch: true } },
  });

  test("gives each subnet a block by its tier and zone", () => {
    const block = (subnet: string): unknown => resources[`aws_subnet.vpc_${subnet}`]?.["ipv6_cidr_block"];
    const part = (number: number): string => `\${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, ${number})}`;
    expect(resources["aws_vpc.vpc"]).toMatchObject({ assign_generated_ipv6_cidr_block: true });
    expect(["private_a", "private_b", "public_a", "isolated_b", "data_b"].map(block)).toEqual(
      [0, 1, 128, 161, 193].map(part),
    );
  });

  test("goes both ways in public tiers, out only in private ones, and nowhere in isolated ones", () => {
    const routes = Object.entries(resources).filter(([, body]) => "destination_ipv6_cidr_block" in body);
    expect(Object.fromEntries(routes)).toEqual({
      "aws_route.vpc_public_routes_internet_ipv6": {
        route_table_id: "${aws_route_table.vpc_public_routes.id}",
        destination_ipv6_cidr_block: "::/0",
        gateway_id: "${aws_internet_gateway.vpc_internet_gateway.id}",
      },
      ...Object.fromEntries(
        ["a", "b"].map((zone) => [
          `aws_route.vpc_private_${zone}_routes_egress_ipv6`,
          {
            route_table_id: `\${aws_route_table.vpc_private_${zone}_routes.id}`,
            destination_ipv6_cidr_block: "::/0",
            egress_only_gateway_id: "${aws_egress_only_internet_gateway.vpc_egress_only_internet_gateway.id}",
          },
        ]),
      ),
    });
  });

  test("is given to what is started in public subnets only where public addresses are", () => {
    const assigns = (all: Synthesized["resources"]): unknown[] =>
      ["public", "private", "isolated"].map(
        (tier) => all[`aws_subnet.vpc_${tier}_a`]?.["assign_ipv6_address_on_creation"],
      );
    expect(assigns(resources)).toEqual([true, true, true]);
    expect(assigns(vpc({ ipv6: true }))).toEqual([false, true, true]);
  });

  test("reaches IPv4 servers through DNS64 and the NAT gateway of the zone", () => {
    const translated = vpc({ ipv6: true, dns64: true, natGateways: "per-az" });
    expect(translated["aws_subnet.vpc_private_b"]).toMatchObject({ enable_dns64: true });
    expect(translated["aws_subnet.vpc_isolated_b"]).not.toHaveProperty("enable_dns64");
    expect(translated["aws_route.vpc_private_b_routes_nat64"]).toEqual({
      route_table_id: "${aws_route_table.vpc_private_b_routes.id}",
      destination_ipv6_cidr_block: "64:ff9b::/96",
      nat_gateway_id: "${aws_nat_gateway.vpc_nat_b.id}",
    });
  });
});
