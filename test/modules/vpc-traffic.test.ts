import { Vpc, type RouteTarget, type VpcProps } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" };

function vpc(changes: Partial<VpcProps> = {}, build: (vpc: Vpc) => void = () => {}): Synthesized["resources"] {
  return synthesized((stack) => build(new Vpc(stack, "vpc", { ...props, ...changes }))).resources;
}

const KEY = "arn:aws:kms:eu-west-1:111111111111:key/1";

const addresses = (resources: Synthesized["resources"], type: string): string[] =>
  Object.keys(resources).filter((address) => address.startsWith(`${type}.`));

describe("flow logs", () => {
  test("go to a log group with a retention and a role that may write to it and nowhere else", () => {
    const resources = vpc({
      flowLogs: { cloudwatch: { retentionDays: 14, kmsKeyArn: KEY } },
    });
    const name = "vpc_cloudwatch_flow_log";
    expect(resources[`aws_flow_log.${name}`]).toMatchObject({
      vpc_id: "${aws_vpc.vpc.id}",
      traffic_type: "ALL",
      max_aggregation_interval: 600,
      log_destination_type: "cloud-watch-logs",
      log_destination: `\${aws_cloudwatch_log_group.${name}_log_group.arn}`,
      iam_role_arn: `\${aws_iam_role.${name}_role.arn}`,
    });
    expect(resources[`aws_cloudwatch_log_group.${name}_log_group`]).toMatchObject({
      retention_in_days: 14,
      kms_key_id: KEY,
    });
    const policies = addresses(resources, "aws_iam_role_policy").map((address) => resources[address]?.["policy"]);
    const statements = policies.flatMap((policy) => (JSON.parse(String(policy)) as { Statement: object[] }).Statement);
    expect(statements).toHaveLength(2);
    expect(statements).toEqual(
      expect.arrayContaining([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [`\${aws_cloudwatch_log_group.${name}_log_group.arn}:*`],
        },
        {
          Effect: "Allow",
          Action: ["logs:DescribeLogGroups"],
          Resource: ["arn:aws:logs:eu-west-1:111111111111:log-group:*"],
        },
      ]),
    );
  });

  test("go to a bucket of their own, which lets them in first", () => {
    const resources = vpc({
      flowLogs: {
        s3: { prefix: "network", fileFormat: "parquet", perHourPartition: true, trafficType: "reject", kmsKeyArn: KEY },
      },
    });
    expect(resources["aws_flow_log.vpc_s3_flow_log"]).toMatchObject({
      traffic_type: "REJECT",
      log_destination_type: "s3",
      log_destination: "${aws_s3_bucket.vpc_s3_flow_log_bucket.arn}/network/",
      destination_options: { file_format: "parquet", hive_compatible_partitions: false, per_hour_partition: true },
      depends_on: ["aws_s3_bucket_policy.vpc_s3_flow_log_bucket_policy"],
    });
    expect(resources["aws_s3_bucket_policy.vpc_s3_flow_log_bucket_policy"]?.["policy"]).toContain(
      "delivery.logs.amazonaws.com",
    );
    const encryption = "aws_s3_bucket_server_side_encryption_configuration.vpc_s3_flow_log_bucket_encryption";
    expect(JSON.stringify(resources[encryption])).toContain(KEY);
  });

  test("go to a bucket that exists already, with the fields that are asked for", () => {
    const fields = ["version", "srcaddr"];
    const resources = vpc({
      flowLogs: { s3: { bucketArn: "arn:aws:s3:::logs", fields, aggregationIntervalSeconds: 60 } },
    });
    expect(addresses(resources, "aws_s3_bucket")).toEqual([]);
    expect(resources["aws_flow_log.vpc_s3_flow_log"]).toMatchObject({
      log_destination: "arn:aws:s3:::logs",
      log_format: "$${version} $${srcaddr}",
      max_aggregation_interval: 60,
    });
  });
});

describe("gateway endpoints", () => {
  test("are tied to the route tables of every tier that is not public", () => {
    const resources = vpc({
      gatewayEndpoints: { s3: {}, dynamodb: { tiers: ["data"], policy: { Version: "2012-10-17", Statement: [] } } },
      ownTiers: { data: { routing: "isolated", slot: "6/8" } },
    });
    expect(resources["aws_vpc_endpoint.vpc_s3_endpoint"]).toMatchObject({
      vpc_endpoint_type: "Gateway",
      service_name: "com.amazonaws.eu-west-1.s3",
    });
    const ties = addresses(resources, "aws_vpc_endpoint_route_table_association").map(
      (address) => address.split(".")[1],
    );
    expect(ties.sort()).toEqual([
      "vpc_dynamodb_endpoint_data",
      "vpc_s3_endpoint_data",
      "vpc_s3_endpoint_isolated",
      "vpc_s3_endpoint_private_a",
      "vpc_s3_endpoint_private_b",
    ]);
    expect(resources["aws_vpc_endpoint.vpc_dynamodb_endpoint"]).toMatchObject({
      policy: '{"Version":"2012-10-17","Statement":[]}',
    });
  });
});

describe("interface endpoints", () => {
  test("have a network interface in each zone of their tier, private names, and a group that lets in HTTPS from the VPC's blocks", () => {
    const resources = vpc({
      secondaryCidrs: { pods: "100.64.0.0/16" },
      interfaceEndpoints: { "ecr.api": { subnets: "isolated" } },
    });
    const name = "vpc_ecr_api_interface_endpoint";
    expect(resources[`aws_vpc_endpoint.${name}`]).toMatchObject({
      vpc_endpoint_type: "Interface",
      service_name: "com.amazonaws.eu-west-1.ecr.api",
      subnet_ids: ["${aws_subnet.vpc_isolated_a.id}", "${aws_subnet.vpc_isolated_b.id}"],
      security_group_ids: [`\${aws_security_group.${name}_security_group.id}`],
      private_dns_enabled: true,
    });
    const rule = (from: string): unknown =>
      resources[`aws_vpc_security_group_ingress_rule.${name}_security_group_from_${from}_443`];
    expect(rule("vpc")).toMatchObject({ cidr_ipv4: "10.0.0.0/16", from_port: 443, to_port: 443, ip_protocol: "tcp" });
    expect(rule("pods")).toMatchObject({ cidr_ipv4: "100.64.0.0/16" });
    expect(addresses(resources, "aws_vpc_security_group_egress_rule")).toEqual([]);
  });

  test("for Session Manager are three, of which what is said of one by name holds", () => {
    const resources = vpc({ sessionManagerEndpoints: {}, interfaceEndpoints: { ssm: { privateDns: false } } });
    const names = ["ec2messages", "ssm", "ssmmessages"].map(
      (service) => `aws_vpc_endpoint.vpc_${service}_interface_endpoint`,
    );
    expect(addresses(resources, "aws_vpc_endpoint").sort()).toEqual(names);
    expect(names.map((name) => resources[name]?.["private_dns_enabled"])).toEqual([true, false, true]);
  });

  test("can be added to the VPC, are in the isolated tier without a private one, and take another's service", () => {
    const resources = vpc({ subnetTiers: ["isolated"] }, (made) => {
      const endpoint = made.addInterfaceEndpoint("billing", { serviceName: "com.amazonaws.vpce.eu-west-1.vpce-svc-1" });
      expect(made.interfaceEndpoints["billing"]).toBe(endpoint);
    });
    expect(resources["aws_vpc_endpoint.vpc_billing_interface_endpoint"]).toMatchObject({
      service_name: "com.amazonaws.vpce.eu-west-1.vpce-svc-1",
      subnet_ids: ["${aws_subnet.vpc_isolated_a.id}", "${aws_subnet.vpc_isolated_b.id}"],
    });
  });
});

describe("a network ACL", () => {
  test("has its rules and its subnets as resources of their own", () => {
    const all = { protocol: "all" } as const;
    const resources = vpc({
      tierOptions: {
        isolated: {
          networkAcl: {
            ingress: {
              postgres: { number: 100, action: "allow", cidr: "10.0.0.0/16", port: "postgres" },
              ping: { number: 110, action: "deny", cidr: "::/0", port: { protocol: "icmpv6", type: 128 } },
            },
            egress: { all: { number: 100, action: "allow", cidr: "0.0.0.0/0", port: all } },
          },
        },
      },
    });
    const acl = "${aws_network_acl.vpc_isolated_acl.id}";
    const rule = (name: string): unknown => resources[`aws_network_acl_rule.vpc_isolated_acl_${name}`];
    expect(rule("ingress_postgres")).toEqual({
      network_acl_id: acl,
      egress: false,
      rule_number: 100,
      rule_action: "allow",
      cidr_block: "10.0.0.0/16",
      protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
    });
    expect(rule("ingress_ping")).toMatchObject({
      ipv6_cidr_block: "::/0",
      protocol: "icmpv6",
      icmp_type: 128,
      icmp_code: -1,
      rule_action: "deny",
    });
    expect(rule("egress_all")).toMatchObject({ egress: true, protocol: "-1" });
    expect(resources["aws_network_acl_association.vpc_isolated_acl_b"]).toEqual({
      network_acl_id: acl,
      subnet_id: "${aws_subnet.vpc_isolated_b.id}",
    });
  });
});

describe("routes of a tier", () => {
  const target = (zone: string): RouteTarget => ({ vpcEndpointId: `vpce-${zone}` });

  test("lead to blocks of IPv4 and IPv6 and to prefix lists, in each of its route tables", () => {
    const via = { transitGatewayId: "tgw-1" };
    const resources = vpc(
      { tierOptions: { private: { routes: { office: { destination: "10.9.0.0/16", via } } } } },
      (made) => {
        made.addRoute("isolated", "lab", { destination: "2001:db8::/32", via });
        made.addRoute("isolated", "saas", { destination: { prefixListId: "pl-1" }, via });
      },
    );
    expect(addresses(resources, "aws_route").filter((address) => address.includes("_to_"))).toEqual([
      "aws_route.vpc_isolated_routes_to_lab",
      "aws_route.vpc_isolated_routes_to_saas",
      "aws_route.vpc_private_a_routes_to_office",
      "aws_route.vpc_private_b_routes_to_office",
    ]);
    expect(resources["aws_route.vpc_private_b_routes_to_office"]).toEqual({
      route_table_id: "${aws_route_table.vpc_private_b_routes.id}",
      destination_cidr_block: "10.9.0.0/16",
      transit_gateway_id: "tgw-1",
    });
    expect(resources["aws_route.vpc_isolated_routes_to_lab"]).toMatchObject({
      destination_ipv6_cidr_block: "2001:db8::/32",
    });
    expect(resources["aws_route.vpc_isolated_routes_to_saas"]).toMatchObject({ destination_prefix_list_id: "pl-1" });
  });

  test("may lead another way in each zone, as to a firewall", () => {
    const via = { byZone: { a: target("a"), b: target("b") } };
    const resources = vpc({ tierOptions: { private: { routes: { firewall: { destination: "0.0.0.0/0", via } } } } });
    expect(
      ["a", "b"].map((zone) => resources[`aws_route.vpc_private_${zone}_routes_to_firewall`]?.["vpc_endpoint_id"]),
    ).toEqual(["vpce-a", "vpce-b"]);
  });

  test("that are added later are refused where they miss a zone, or where zones share one route table", () => {
    const added = (tier: string, zones: string[]) => (): unknown =>
      vpc({}, (made) => {
        const via = { byZone: Object.fromEntries(zones.map((zone) => [zone, target(zone)])) };
        made.addRoute(tier, "firewall", { destination: "0.0.0.0/0", via });
      });
    expect(added("private", ["a"])).toThrow(
      'Vpc "dev-test/vpc": route "firewall" of tier private has no target for zone b: add it to byZone.',
    );
    expect(added("isolated", ["a", "b"])).toThrow(
      'route "firewall" of tier isolated has targets by zone, and its isolated subnets share one route table: give one target.',
    );
  });
});

describe("what else a VPC has", () => {
  test("DHCP options that are replaced before the old ones go", () => {
    const resources = vpc({ dhcpOptions: { domainName: "acme.internal", netbiosNameServers: ["10.0.0.9"] } });
    expect(resources["aws_vpc_dhcp_options.vpc_dhcp"]).toMatchObject({
      domain_name: "acme.internal",
      domain_name_servers: ["AmazonProvidedDNS"],
      netbios_node_type: "2",
      lifecycle: { create_before_destroy: true },
    });
    expect(resources["aws_vpc_dhcp_options_association.vpc_dhcp_association"]).toEqual({
      vpc_id: "${aws_vpc.vpc.id}",
      dhcp_options_id: "${aws_vpc_dhcp_options.vpc_dhcp.id}",
    });
  });

  test("a VPN gateway whose routes chosen tiers learn", () => {
    const resources = vpc({ vpnGateway: { propagateTo: ["private"], amazonSideAsn: 64620 } });
    expect(resources["aws_vpn_gateway.vpc_vpn_gateway"]).toMatchObject({
      vpc_id: "${aws_vpc.vpc.id}",
      amazon_side_asn: "64620",
    });
    expect(addresses(resources, "aws_vpn_gateway_route_propagation")).toEqual([
      "aws_vpn_gateway_route_propagation.vpc_vpn_gateway_private_a",
      "aws_vpn_gateway_route_propagation.vpc_vpn_gateway_private_b",
    ]);
  });

  test("peerings with routes to them, accepted here where AWS does so", () => {
    const peerings = {
      near: { vpcId: "vpc-1", cidr: "10.1.0.0/16", dnsResolution: true },
      far: { vpcId: "vpc-2", cidr: "10.2.0.0/16", account: "222222222222", region: "us-east-1", tiers: ["isolated"] },
    };
    const resources = vpc({ peerings });
    expect(resources["aws_vpc_peering_connection.vpc_near_peering"]).toMatchObject({
      peer_vpc_id: "vpc-1",
      auto_accept: true,
    });
    expect(resources["aws_vpc_peering_connection_options.vpc_near_peering_options"]).toMatchObject({
      requester: { allow_remote_vpc_dns_resolution: true },
      accepter: { allow_remote_vpc_dns_resolution: true },
    });
    const far = resources["aws_vpc_peering_connection.vpc_far_peering"];
    expect(far).toMatchObject({ peer_owner_id: "222222222222", peer_region: "us-east-1" });
    expect(far).not.toHaveProperty("auto_accept");
    expect(addresses(resources, "aws_route").filter((address) => /_to_(near|far)$/.test(address))).toEqual([
      "aws_route.vpc_isolated_routes_to_far",
      "aws_route.vpc_isolated_routes_to_near",
      "aws_route.vpc_private_a_routes_to_near",
      "aws_route.vpc_private_b_routes_to_near",
    ]);
  });
});
