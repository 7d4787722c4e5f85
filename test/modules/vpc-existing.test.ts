import { Instance, SecurityGroup } from "../../modules/ec2";
import {
  CustomerGateway,
  existingSubnets,
  existingVpc,
  InstanceConnectEndpoint,
  InterfaceEndpoint,
  PeeringConnection,
  SubnetGroup,
  Vpc,
  type SubnetGroupProps,
} from "../../modules/vpc";
import { synthesized } from "../support/synthesized";

const ids = { vpcId: "vpc-1", cidr: "10.7.0.0/16", subnets: { private: { b: "subnet-b", a: "subnet-a" } } } as const;

describe("a VPC that exists already", () => {
  test("is taken by what takes a VPC, and nothing is looked up", () => {
    const { resources, json } = synthesized((stack) => {
      const vpc = existingVpc(stack, "vpc", ids);
      expect(vpc.availabilityZones).toEqual(["a", "b"]);
      expect(vpc.subnetIds("private")).toEqual(["subnet-a", "subnet-b"]);
      new InterfaceEndpoint(stack, "ssm", { vpc, service: "ssm" });
    });
    expect(json).not.toHaveProperty("data");
    expect(resources["aws_vpc_endpoint.ssm"]).toMatchObject({ vpc_id: "vpc-1", subnet_ids: ["subnet-a", "subnet-b"] });
    expect(resources["aws_vpc_security_group_ingress_rule.ssm_security_group_from_vpc_443"]).toMatchObject({
      cidr_ipv4: "10.7.0.0/16",
    });
  });

  test("has its block looked up when that is not given", () => {
    const { resources } = synthesized((stack) => {
      const vpc = existingVpc(stack, "vpc", { vpcId: "vpc-1", subnets: ids.subnets });
      new InterfaceEndpoint(stack, "ssm", { vpc, service: "ssm" });
    });
    expect(resources["data.aws_vpc.vpc"]).toEqual({ id: "vpc-1" });
    expect(resources["aws_vpc_security_group_ingress_rule.ssm_security_group_from_vpc_443"]).toMatchObject({
      cidr_ipv4: "${data.aws_vpc.vpc.cidr_block}",
      description: "https from ${data.aws_vpc.vpc.cidr_block}",
    });
  });

  test("is let in and routed to by a block that is looked up, once that has a name and a family", () => {
    const { resources } = synthesized((stack) => {
      const other = existingVpc(stack, "other", { vpcId: "vpc-1", subnets: ids.subnets });
      const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a"], ipv6: true });
      const web = new SecurityGroup(stack, "web", { vpc });
      expect(() => web.allowFrom({ cidr: other.cidr }, "https")).toThrowErrorMatchingInlineSnapshot(
        `"A block that is not known yet needs a name: { cidr: vpc.cidr, name: "vpc" }"`,
      );
      web.allowFrom({ cidr: other.cidr, name: "other" }, "https");
      web.allowFrom({ cidr: vpc.ipv6Cidr ?? "", name: "own", family: "ipv6" }, "https");
      expect(() => web.allowFrom({ cidr: "10.9.0.0/16", name: "other" }, "https")).toThrow(
        'give 10.9.0.0/16 another name than "other"',
      );
      const via = { vpcPeeringConnectionId: "pcx-1" };
      vpc.addRoute("isolated", "other", { destination: other.cidr, via });
      vpc.addRoute("isolated", "far", { destination: vpc.ipv6Cidr ?? "", family: "ipv6", via });
    });
    expect(resources["aws_vpc_security_group_ingress_rule.web_from_other_443"]).toMatchObject({
      cidr_ipv4: "${data.aws_vpc.other.cidr_block}",
      description: "https from other",
    });
    const fromOwn = resources["aws_vpc_security_group_ingress_rule.web_from_own_443"];
    expect(fromOwn).toMatchObject({ cidr_ipv6: "${aws_vpc.vpc.ipv6_cidr_block}" });
    expect(fromOwn).not.toHaveProperty("cidr_ipv4");
    expect(resources["aws_route.vpc_isolated_routes_to_other"]).toMatchObject({
      destination_cidr_block: "${data.aws_vpc.other.cidr_block}",
    });
    expect(resources["aws_route.vpc_isolated_routes_to_far"]).toMatchObject({
      destination_ipv6_cidr_block: "${aws_vpc.vpc.ipv6_cidr_block}",
    });
  });

  test("says which tiers it has, and refuses what is no zone, no block and no subnet", () => {
    synthesized((stack) => {
      const vpc = existingVpc(stack, "vpc", ids);
      expect(() => vpc.subnetIds("public")).toThrowErrorMatchingInlineSnapshot(
        `"VPC "dev-test/vpc" has no public subnets: it has private. Use one of these tiers."`,
      );
      const subnets = { private: { "eu-west-1a": "subnet-a", b: "subnet-b" } } as unknown as typeof ids.subnets;
      expect(() => existingVpc(stack, "wrong", { vpcId: "vpc-1", cidr: "10.7.0.0", subnets, availabilityZones: ["a"] }))
        .toThrowErrorMatchingInlineSnapshot(`
       "existingVpc "dev-test/wrong" is invalid:
         - cidr must be an IPv4 block such as "10.0.0.0/16", got "10.7.0.0"
         - subnets.private is keyed by the letters of zones, of ["a"], got "eu-west-1a": name one of these
         - subnets.private is keyed by the letters of zones, of ["a"], got "b": name one of these"
      `);
      expect(() => existingVpc(stack, "empty", { ...ids, subnets: {} })).toThrowErrorMatchingInlineSnapshot(`
       "existingVpc "dev-test/empty" is invalid:
         - subnets must name at least one subnet by tier and zone, got none"
      `);
    });
  });

  test("lends its subnets to a VPC that is made here, as one more tier", () => {
    synthesized((stack) => {
      const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["b"] });
      const both = existingSubnets(vpc, { legacy: { a: "subnet-a", b: "subnet-b" } });
      expect(both.subnetIds("legacy")).toEqual(["subnet-b", "subnet-a"]);
      expect(both.subnetIds("private")).toEqual(vpc.subnetIds("private"));
      expect({ id: both.id, cidr: both.cidr }).toEqual({ id: vpc.id, cidr: vpc.cidr });
    });
  });
});

describe("a subnet group", () => {
  const group = (props: Partial<SubnetGroupProps>) =>
    synthesized(
      (stack) =>
        void new SubnetGroup(stack, "orders", {
          vpc: existingVpc(stack, "vpc", ids),
          service: "rds",
          subnets: "private",
          ...props,
        }),
    );

  test.each([
    ["rds", "aws_db_subnet_group"],
    ["elasticache", "aws_elasticache_subnet_group"],
    ["redshift", "aws_redshift_subnet_group"],
  ] as const)("for %s is an %s", (service, type) => {
    expect(group({ service }).resources[`${type}.orders`]).toMatchObject({
      name: "acme-dev-orders",
      subnet_ids: ["subnet-a", "subnet-b"],
    });
  });

  test("needs two zones", () => {
    expect(() =>
      synthesized((stack) => {
        const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a"] });
        new SubnetGroup(stack, "orders", { vpc, service: "rds" });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "SubnetGroup "dev-test/orders" is invalid:
       - it needs subnets in at least 2 availability zones, the tier "isolated" is in ["a"]: add a zone to the tier, or name another tier"
    `);
  });
});

describe("an Instance Connect Endpoint", () => {
  test("reaches only the servers that it is allowed to", () => {
    const { resources } = synthesized((stack) => {
      const vpc = new Vpc(stack, "vpc", {
        cidr: "10.0.0.0/16",
        availabilityZones: ["a", "b"],
        instanceConnectEndpoint: { availabilityZone: "b" },
      });
      const server = new Instance(stack, "server", { vpc, instanceType: "t4g.small" });
      vpc.instanceConnectEndpoint?.allowTo(server);
    });
    expect(resources["aws_ec2_instance_connect_endpoint.vpc_instance_connect"]).toMatchObject({
      subnet_id: "${aws_subnet.vpc_private_b.id}",
      security_group_ids: ["${aws_security_group.vpc_instance_connect_security_group.id}"],
      preserve_client_ip: false,
    });
    const rules = Object.entries(resources).filter(([, body]) => body["from_port"] === 22);
    const groups = rules.map(([address, body]) => [
      address.split(".")[0],
      body["security_group_id"],
      body["referenced_security_group_id"],
    ]);
    const [endpoint, server] = ["vpc_instance_connect", "server"].map(
      (name) => `\${aws_security_group.${name}_security_group.id}`,
    );
    expect(groups.sort()).toEqual([
      ["aws_vpc_security_group_egress_rule", endpoint, server],
      ["aws_vpc_security_group_ingress_rule", server, endpoint],
    ]);
  });

  test("needs a subnet in its zone", () => {
    expect(() =>
      synthesized(
        (stack) =>
          void new InstanceConnectEndpoint(stack, "connect", {
            vpc: existingVpc(stack, "vpc", ids),
            availabilityZone: "c",
          }),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "InstanceConnectEndpoint "dev-test/connect" is invalid:
       - the VPC has no "private" subnet in zone "c", the tier is in zones ["b","a"]: name another zone or tier"
    `);
  });
});

describe("a peering connection to another account", () => {
  test("is accepted there by the provider that is given, before names are resolved across it", () => {
    const { resources } = synthesized((stack) => {
      const vpc = existingVpc(stack, "vpc", ids);
      const accepterProvider = stack.providerIn("us-east-1");
      const peer = { vpcId: "vpc-2", region: "us-east-1" };
      new PeeringConnection(stack, "shared", { vpc, peer, accepterProvider, dnsResolution: true });
    });
    const accepted = "${aws_vpc_peering_connection_accepter.shared_accepter.id}";
    const side = { allow_remote_vpc_dns_resolution: true };
    expect(resources["aws_vpc_peering_connection_accepter.shared_accepter"]).toMatchObject({
      auto_accept: true,
      provider: "aws.us-east-1",
      vpc_peering_connection_id: "${aws_vpc_peering_connection.shared.id}",
    });
    expect(resources["aws_vpc_peering_connection_options.shared_options"]).toEqual({
      vpc_peering_connection_id: accepted,
      requester: side,
    });
    expect(resources["aws_vpc_peering_connection_options.shared_accepter_options"]).toEqual({
      provider: "aws.us-east-1",
      vpc_peering_connection_id: accepted,
      accepter: side,
    });
  });

  test("resolves no names without a provider that accepts", () => {
    expect(() =>
      synthesized((stack) => {
        const vpc = existingVpc(stack, "vpc", ids);
        new PeeringConnection(stack, "shared", {
          vpc,
          peer: { vpcId: "vpc-2", account: "222222222222" },
          dnsResolution: true,
        });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "PeeringConnection "dev-test/shared" is invalid:
       - dnsResolution needs a connection that is accepted, got a peer in another account or region: give accepterProvider, or drop it"
    `);
  });
});

test("a customer gateway is made anew before the old one goes", () => {
  const { resources } = synthesized(
    (stack) => void new CustomerGateway(stack, "office", { ipAddress: "203.0.113.10" }),
  );
  expect(resources["aws_customer_gateway.office"]).toMatchObject({
    type: "ipsec.1",
    ip_address: "203.0.113.10",
    bgp_asn: "65000",
    lifecycle: { create_before_destroy: true },
  });
});
