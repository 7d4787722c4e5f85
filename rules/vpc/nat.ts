import { UnknownValueError } from "../values/block";
import { mayExclude } from "../values/certain";
import type { Estate } from "../estate";
import { forbidden } from "../kinds";
import type { Resource } from "../resource";
import { hasDefaultRoute } from "./routes";
import { each, fault, rule } from "../rule";

const NAT_BASICS = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html";
const CREATE_NAT = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNatGateway.html";
const EKS_NETWORK = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html";

/** What runs in subnets and has to reach AWS, and where it names them. */
const TENANTS: Readonly<Record<string, readonly [block: string | undefined, argument: string]>> = {
  aws_eks_node_group: [undefined, "subnet_ids"],
  aws_eks_fargate_profile: [undefined, "subnet_ids"],
  aws_ecs_service: ["network_configuration", "subnets"],
  aws_lambda_function: ["vpc_config", "subnet_ids"],
};

export const natRules = [
  rule({
    id: "vpc-nat-gateway-elastic-ip",
    types: ["aws_nat_gateway"],
    title: "A public NAT gateway has an Elastic IP",
    why: "AWS refuses a public NAT gateway without an address at apply.",
    fix: 'Give it an allocation_id, or make it private (connectivity_type = "private").',
    source: CREATE_NAT,
    severity: "error",
    check: ({ body }) => {
      if (!isZonal(body.string("availability_mode")) || body.string("connectivity_type") === "private")
        return undefined;
      return body.has("allocation_id")
        ? undefined
        : fault(body, "allocation_id", "a public NAT gateway has an Elastic IP");
    },
  }),

  forbidden({
    id: "vpc-nat-gateway-private-elastic-ip",
    types: ["aws_nat_gateway"],
    when: (body) => body.string("connectivity_type") === "private",
    argument: "allocation_id",
    what: "an Elastic IP",
    rule: "cannot be had by a private NAT gateway",
    fix: 'Drop allocation_id, or make the gateway public (connectivity_type = "public").',
    source: CREATE_NAT,
  }),

  rule({
    id: "vpc-nat-gateway-elastic-ip-own",
    types: ["aws_nat_gateway"],
    title: "No two NAT gateways have the same Elastic IP",
    why: "AWS refuses the second at apply: an Elastic IP is associated with one thing.",
    fix: "Give each NAT gateway an Elastic IP of its own.",
    source: CREATE_NAT,
    severity: "error",
    check: (gateway, estate) => {
      const elasticIp = estate.follow(gateway, gateway.body, "allocation_id", "aws_eip");
      // One of several Elastic IPs is another for each gateway.
      if (!elasticIp || elasticIp.copies !== 1) return undefined;
      if (gateway.copies !== undefined && gateway.copies > 1)
        return fault(gateway.body, "allocation_id", `all ${gateway.copies} copies have this Elastic IP`);
      const gateways = estate.attached(elasticIp, "aws_nat_gateway", "allocation_id");
      const before = gateways.slice(0, gateways.indexOf(gateway));
      const first = before.find((other) => !mayExclude(other, gateway));
      if (!first && before.length > 0) throw new UnknownValueError("count");
      if (!first) return undefined;
      return fault(gateway.body, "allocation_id", `${first.address} has this Elastic IP already`);
    },
  }),

  rule({
    id: "vpc-nat-gateway-zones",
    types: ["aws_nat_gateway"],
    title: "In production, each zone has a NAT gateway of its own",
    why: "When the zone of a shared NAT gateway fails, the subnets of all other zones lose the internet with it.",
    fix: 'Make one for each zone (natGateways: "per-az"), or acknowledge that one is enough here.',
    source: NAT_BASICS,
    severity: { sandbox: "off", development: "off", staging: "off", production: "low" },
    check: (gateway, estate) => {
      // Whether it is production, only an environment tells.
      if (gateway.stack.environment === undefined) throw new UnknownValueError("provider");
      const { body } = gateway;
      if (!isZonal(body.string("availability_mode"))) return undefined;
      const zone = estate.follow(gateway, body, "subnet_id", "aws_subnet")?.body.string("availability_zone");
      const clients = clientsOf(gateway, estate);
      return each(clients, (subnet) => {
        const other = subnet.body.string("availability_zone");
        if (zone === undefined || other === undefined || zone === other) return undefined;
        return fault(body, "subnet_id", `${subnet.address} in ${other} depends on this NAT gateway in ${zone}`);
      }).slice(0, 1);
    },
  }),

  rule({
    id: "vpc-private-subnet-egress",
    types: Object.keys(TENANTS),
    title: "Subnets that containers, nodes and functions run in have a way to AWS's services",
    why: "Without a NAT gateway or VPC endpoints they can fetch no image, join no cluster and call no service.",
    fix: "Give the subnet's route table a default route to a NAT gateway, or the VPC the interface endpoints that are needed.",
    source: EKS_NETWORK,
    severity: "warning",
    check: (tenant, estate) => {
      const [name, argument] = TENANTS[tenant.type] ?? [undefined, "subnet_ids"];
      const blocks = name === undefined ? [tenant.body] : tenant.body.blocks(name);
      return each(
        blocks.flatMap((block) => block.list(argument)),
        ([list, index]) => {
          const subnet = estate.follow(tenant, list, index, "aws_subnet");
          if (!subnet || hasDefaultRoute(subnet, estate) || hasInterfaceEndpoint(subnet, estate)) return undefined;
          return fault(list, index, `${subnet.address} has no default route, and its VPC no interface endpoint`);
        },
      );
    },
  }),
] as const;

/** Since version 6 of the provider there are NAT gateways of a whole region, whose addresses AWS manages. */
function isZonal(mode: string | undefined): boolean {
  return mode === undefined || mode === "" || mode === "zonal";
}

/** The subnets that a NAT gateway serves. @throws UnknownValueError when one of its routes cannot be followed */
function clientsOf(gateway: Resource, estate: Estate): Resource[] {
  const own = estate.attached(gateway, "aws_route", "nat_gateway_id");
  const tables = [
    ...own.flatMap((route) => estate.follow(route, route.body, "route_table_id", "aws_route_table") ?? []),
    ...estate.attached(gateway, "aws_route_table", "route.nat_gateway_id"),
  ];
  return tables
    .flatMap((table) => estate.attached(table, "aws_route_table_association", "route_table_id"))
    .flatMap((association) => estate.follow(association, association.body, "subnet_id", "aws_subnet") ?? []);
}

function hasInterfaceEndpoint(subnet: Resource, estate: Estate): boolean {
  const vpc = estate.follow(subnet, subnet.body, "vpc_id", "aws_vpc");
  if (!vpc) return false;
  return estate
    .attached(vpc, "aws_vpc_endpoint", "vpc_id")
    .some((endpoint) => endpoint.body.string("vpc_endpoint_type") === "Interface");
}
