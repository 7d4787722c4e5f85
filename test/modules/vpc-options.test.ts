import {
  CustomerGateway,
  existingVpc,
  InstanceConnectEndpoint,
  InterfaceEndpoint,
  Vpc,
  type VpcProps,
} from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

const props: VpcProps = { cidr: "10.0.0.0/16", availabilityZones: ["a"], natGateways: "none" };

function vpc(changes: Partial<VpcProps> = {}, environment = {}): Synthesized["resources"] {
  return synthesized((stack) => void new Vpc(stack, "vpc", { ...props, ...changes }), environment).resources;
}

describe("what is seldom said", () => {
  const theirs = { vpcId: "vpc-1", cidr: "10.7.0.0/16", subnets: { private: { a: "subnet-a" } } } as const;

  test("of DHCP options: other servers for names and for time", () => {
    const dhcpOptions = { domainNameServers: ["10.0.0.7"], ntpServers: ["10.0.0.8"] };
    const options = vpc({ dhcpOptions })["aws_vpc_dhcp_options.vpc_dhcp"];
    expect(options).toMatchObject({ domain_name_servers: ["10.0.0.7"], ntp_servers: ["10.0.0.8"] });
    expect(options).not.toHaveProperty("netbios_node_type");
  });

  test("of a flow log in S3: partitions that Hive reads, and when records go", () => {
    const resources = vpc({ flowLogs: { s3: { hiveCompatiblePartitions: true, expireAfterDays: 42 } } });
    expect(resources["aws_flow_log.vpc_s3_flow_log"]).toMatchObject({
      destination_options: { hive_compatible_partitions: true },
    });
    const lifecycle = resources["aws_s3_bucket_lifecycle_configuration.vpc_s3_flow_log_bucket_lifecycle"];
    expect(JSON.stringify(lifecycle)).toContain('"days":42');
  });

  test("of an interface endpoint: who reaches it, and what for", () => {
    const policy = { Version: "2012-10-17", Statement: [] };
    const { resources } = synthesized((stack) => {
      const clientCidrs = { office: "203.0.113.0/24" };
      new InterfaceEndpoint(stack, "ssm", {
        vpc: existingVpc(stack, "vpc", theirs),
        service: "ssm",
        clientCidrs,
        policy,
      });
    });
    const rules = Object.keys(resources).filter((address) => address.includes("_ingress_rule."));
    expect(rules).toEqual(["aws_vpc_security_group_ingress_rule.ssm_security_group_from_office_443"]);
    expect(resources["aws_vpc_endpoint.ssm"]).toMatchObject({ policy: JSON.stringify(policy) });
  });

  test("of an Instance Connect Endpoint: that servers see who connects", () => {
    const { resources } = synthesized((stack) => {
      const ours = existingVpc(stack, "vpc", theirs);
      new InstanceConnectEndpoint(stack, "connect", { vpc: ours, preserveClientIp: true });
    });
    expect(resources["aws_ec2_instance_connect_endpoint.connect"]).toMatchObject({ preserve_client_ip: true });
  });

  test("of a customer gateway: its number", () => {
    const { resources } = synthesized(
      (stack) => void new CustomerGateway(stack, "office", { ipAddress: "203.0.113.10", bgpAsn: 65010 }),
    );
    expect(resources["aws_customer_gateway.office"]).toMatchObject({ bgp_asn: "65010" });
  });
});

test("a VPC without a region, and a route whose name is no part of an address, are refused", () => {
  expect(() => vpc({}, { region: "" })).toThrow(
    "it needs a region to name its availability zones, got none: put it into an EnvironmentStack, or say where it is with provideContext",
  );
  const routes = { "To Office": { destination: "10.9.0.0/16", via: { transitGatewayId: "tgw-1" } } };
  expect(() => vpc({ tierOptions: { isolated: { routes } } })).toThrow(
    'routes of tier isolated must be named with lower-case letters, digits, "_" and "-", got "To Office"',
  );
});
