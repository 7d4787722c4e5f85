import { Vpc, type VpcProps, type ZoneLetter } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] };

function vpc(changes: Partial<VpcProps> = {}): Synthesized["resources"] {
  return synthesized((stack) => void new Vpc(stack, "vpc", { ...props, ...changes })).resources;
}

/** What `before` has and `after` has no longer, or has differently. */
function disturbed(before: Synthesized["resources"], after: Synthesized["resources"]): string[] {
  return Object.keys(before).filter((address) => JSON.stringify(before[address]) !== JSON.stringify(after[address]));
}

/** What `after` has more than `before`. */
function added(before: Synthesized["resources"], after: Synthesized["resources"]): string[] {
  return Object.keys(after).filter((address) => !(address in before));
}

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
    expect(disturbed(three, two)).toContain("aws_subnet.vpc_isolated_a");
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

  test("NAT gateways in chosen zones serve the others from the first, and going there from one in each zone moves routes only", () => {
    const three = { availabilityZones: ["a", "b", "c"] as const };
    const perZone = vpc({ ...three, natGateways: "per-az" });
    const chosen = vpc({ ...three, natGateways: { zones: ["b", "a"] } });
    const changed = disturbed(perZone, chosen);
    expect(changed.filter((address) => address in chosen)).toEqual(["aws_route.vpc_private_c_routes_nat"]);
    expect(changed.filter((address) => !(address in chosen)).sort()).toEqual([
      "aws_eip.vpc_nat_c_eip",
      "aws_nat_gateway.vpc_nat_c",
    ]);
    expect(chosen["aws_route.vpc_private_c_routes_nat"]).toMatchObject({
      nat_gateway_id: "${aws_nat_gateway.vpc_nat_b.id}",
    });
  });

  test("a tier of one's own that is added or dropped moves nothing", () => {
    const ownTiers: VpcProps["ownTiers"] = { cache: { routing: "isolated", slot: "7/8" } };
    const one = vpc({ ownTiers });
    const two = vpc({ ownTiers: { data: { routing: "private", slot: "12/16" }, ...ownTiers } });
    expect(disturbed(vpc(), one)).toEqual([]);
    expect(disturbed(one, two)).toEqual([]);
    expect(added(one, two).length).toBeGreaterThan(0);
    for (const address of added(one, two)) expect(address).toMatch(/vpc_data/);
  });

  test("IPv6 is added to what there is, and replaces nothing", () => {
    const before = vpc();
    const after = vpc({ ipv6: true });
    const changed = disturbed(before, after);
    const subnets = Object.keys(before).filter((address) => address.startsWith("aws_subnet."));
    expect([...changed].sort()).toEqual([...subnets, "aws_vpc.vpc"].sort());
    // The provider changes these arguments in place.
    for (const address of changed) {
      expect(after[address]).toEqual({
        ...before[address],
        ...(address === "aws_vpc.vpc"
          ? { assign_generated_ipv6_cidr_block: true }
          : { ipv6_cidr_block: expect.any(String), assign_ipv6_address_on_creation: expect.any(Boolean) }),
      });
    }
  });

  test("with everything turned on, a zone that is added changes only what has a subnet in each zone", () => {
    const everything: Partial<VpcProps> = {
      natGateways: "per-az",
      ipv6: true,
      gatewayEndpoints: { s3: {}, dynamodb: {} },
      interfaceEndpoints: { ssm: {} },
      flowLogs: { cloudwatch: {}, s3: {} },
      vpnGateway: { propagateTo: ["private"] },
      peerings: { shared: { vpcId: "vpc-1", cidr: "10.1.0.0/16" } },
      tierOptions: {
        private: {
          networkAcl: {
            ingress: { all: { number: 100, action: "allow", cidr: "0.0.0.0/0", port: { protocol: "all" } } },
            egress: {},
          },
          routes: { office: { destination: "10.2.0.0/16", via: { transitGatewayId: "tgw-1" } } },
        },
      },
    };
    const two = vpc(everything);
    const three = vpc({ ...everything, availabilityZones: ["a", "b", "c"] });
    expect(disturbed(two, three)).toEqual(["aws_vpc_endpoint.vpc_ssm_interface_endpoint"]);
    expect(three["aws_vpc_endpoint.vpc_ssm_interface_endpoint"]).toEqual({
      ...two["aws_vpc_endpoint.vpc_ssm_interface_endpoint"],
      subnet_ids: ["a", "b", "c"].map((zone) => `\${aws_subnet.vpc_private_${zone}.id}`),
    });
    expect(added(two, three)).toContain("aws_subnet.vpc_private_c");
    for (const address of added(two, three)) expect(address).toMatch(/_c(_|$)/);
  });

  test("a second rule of a network ACL, a route, an endpoint, a peering and a flow log each touch only themselves", () => {
    const rule = { action: "allow", cidr: "10.0.0.0/16", port: "https" } as const;
    const route = { destination: "10.2.0.0/16", via: { transitGatewayId: "tgw-1" } };
    const acl = { networkAcl: { ingress: { web: { ...rule, number: 100 } }, egress: {} } };
    const before = vpc({
      tierOptions: { isolated: { ...acl, routes: { office: route } } },
      interfaceEndpoints: { ssm: {} },
      peerings: { shared: { vpcId: "vpc-1", cidr: "10.1.0.0/16" } },
      flowLogs: { cloudwatch: {} },
    });
    const after = vpc({
      tierOptions: {
        isolated: {
          networkAcl: { ingress: { ssh: { ...rule, number: 90, port: "ssh" }, ...acl.networkAcl.ingress }, egress: {} },
          routes: { lab: { ...route, destination: "10.3.0.0/16" }, office: route },
        },
      },
      interfaceEndpoints: { "ecr.api": {}, ssm: {} },
      peerings: {
        other: { vpcId: "vpc-2", cidr: "10.4.0.0/16", tiers: ["isolated"] },
        shared: { vpcId: "vpc-1", cidr: "10.1.0.0/16" },
      },
      flowLogs: { s3: { bucketArn: "arn:aws:s3:::logs" }, cloudwatch: {} },
    });
    expect(disturbed(before, after)).toEqual([]);
    expect(added(before, after).sort()).toEqual([
      "aws_flow_log.vpc_s3_flow_log",
      "aws_network_acl_rule.vpc_isolated_acl_ingress_ssh",
      "aws_route.vpc_isolated_routes_to_lab",
      "aws_route.vpc_isolated_routes_to_other",
      "aws_security_group.vpc_ecr_api_interface_endpoint_security_group",
      "aws_vpc_endpoint.vpc_ecr_api_interface_endpoint",
      "aws_vpc_peering_connection.vpc_other_peering",
      "aws_vpc_security_group_ingress_rule.vpc_ecr_api_interface_endpoint_security_group_from_vpc_443",
    ]);
  });
});
