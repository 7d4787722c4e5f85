import type { Estate } from "../estate";
import { quota } from "../quotas";
import type { Resource } from "../resource";

const ROUTE_TABLES = ["aws_route_table", "aws_default_route_table"];

const vpcOf = (resource: Resource, estate: Estate): Resource | undefined =>
  estate.follow(resource, resource.body, "vpc_id", "aws_vpc");

export const vpcQuotaRules = [
  quota({ id: "vpc-quota", quota: "vpcs", types: ["aws_vpc"], argument: "cidr_block", fewer: "Share a VPC" }),

  quota({
    id: "vpc-cidr-quota",
    quota: "ipv4CidrBlocksPerVpc",
    types: ["aws_vpc", "aws_vpc_ipv4_cidr_block_association"],
    within: (resource, estate) => (resource.type === "aws_vpc" ? resource : vpcOf(resource, estate)),
    weight: (resource) => (resource.type === "aws_vpc" ? 1 : resource.copies),
    argument: "cidr_block",
    fewer: "Use fewer, larger blocks",
  }),

  quota({
    id: "vpc-subnet-quota",
    quota: "subnetsPerVpc",
    types: ["aws_subnet"],
    within: vpcOf,
    argument: "vpc_id",
    fewer: "Use fewer, larger subnets",
  }),

  quota({
    id: "vpc-internet-gateway-quota",
    quota: "internetGateways",
    types: ["aws_internet_gateway"],
    argument: "vpc_id",
    fewer: "Share a VPC",
  }),

  quota({
    id: "vpc-nat-gateway-quota",
    quota: "natGatewaysPerZone",
    types: ["aws_nat_gateway"],
    within: (gateway, estate) =>
      estate.follow(gateway, gateway.body, "subnet_id", "aws_subnet")?.body.string("availability_zone"),
    argument: "subnet_id",
    fewer: "Share a NAT gateway",
  }),

  quota({
    id: "vpc-route-quota",
    quota: "routesPerRouteTable",
    types: [...ROUTE_TABLES, "aws_route"],
    within: (resource, estate) =>
      resource.type === "aws_route"
        ? estate.follow(resource, resource.body, "route_table_id", ...ROUTE_TABLES)
        : resource,
    weight: (resource) => (resource.type === "aws_route" ? resource.copies : resource.body.blocks("route").length),
    argument: { aws_route_table: "route", aws_default_route_table: "route", aws_route: "route_table_id" },
    fewer: "Sum routes up in larger blocks, or use a prefix list",
  }),

  quota({
    id: "vpc-interface-endpoint-quota",
    quota: "interfaceEndpointsPerVpc",
    types: ["aws_vpc_endpoint"],
    when: ({ body }) => body.string("vpc_endpoint_type") === "Interface",
    within: vpcOf,
    argument: "service_name",
    fewer: "Use fewer endpoints",
  }),
] as const;
