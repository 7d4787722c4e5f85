import type { NetworkConfig } from "../../environments/network-config";
import { NetworkStack } from "../../stacks/network";
import { plainEnvironment, synthesizedApp, type Json } from "../support/synthesized";

/** The outputs of an environment's network, by name. */
function outputs(network: Partial<NetworkConfig> = {}): Record<string, unknown> {
  const environment = { ...plainEnvironment, network: { ...plainEnvironment.network, ...network } };
  const [stack] = Object.values(synthesizedApp((app) => void new NetworkStack(app, { environment })));
  const declared = (stack?.["output"] ?? {}) as Record<string, Json>;
  return Object.fromEntries(Object.entries(declared).map(([name, output]) => [name, output["value"]]));
}

describe("the outputs of a network", () => {
  test("are keyed by tier and zone", () => {
    expect(outputs()).toEqual({
      vpc_id: "${aws_vpc.vpc.id}",
      vpc_cidr: "10.0.0.0/16",
      public_subnet_ids: { a: "${aws_subnet.vpc_public_a.id}", b: "${aws_subnet.vpc_public_b.id}" },
      private_subnet_ids: { a: "${aws_subnet.vpc_private_a.id}", b: "${aws_subnet.vpc_private_b.id}" },
      isolated_subnet_ids: { a: "${aws_subnet.vpc_isolated_a.id}", b: "${aws_subnet.vpc_isolated_b.id}" },
      route_table_ids: {
        public: "${aws_route_table.vpc_public_routes.id}",
        private_a: "${aws_route_table.vpc_private_a_routes.id}",
        private_b: "${aws_route_table.vpc_private_b_routes.id}",
        isolated: "${aws_route_table.vpc_isolated_routes.id}",
      },
      nat_public_ips: { a: "${aws_eip.vpc_nat_a_eip.public_ip}" },
    });
  });

  test("tell of own tiers, IPv6 and peerings where there are any, and not of what there is not", () => {
    const found = outputs({
      subnetTiers: ["isolated"],
      ownTiers: { cache: { routing: "isolated", slot: "6/8" } },
      ipv6: true,
      peerings: { shared: { vpcId: "vpc-1", cidr: "10.9.0.0/16" } },
    });
    expect(found).toMatchObject({
      vpc_ipv6_cidr: "${aws_vpc.vpc.ipv6_cidr_block}",
      cache_subnet_ids: { a: "${aws_subnet.vpc_cache_a.id}", b: "${aws_subnet.vpc_cache_b.id}" },
      peering_connection_ids: { shared: "${aws_vpc_peering_connection.vpc_shared_peering.id}" },
    });
    for (const absent of ["nat_public_ips", "public_subnet_ids"]) expect(found).not.toHaveProperty(absent);
  });
});
