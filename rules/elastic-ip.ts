import { UnknownValueError } from "./block";
import type { Estate } from "./estate";
import type { Resource } from "./resource";
import { fault, rule } from "./rule";

const LIMITS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const INTERNET = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html";

const DEFAULT_QUOTA = 5;

export const elasticIpRules = [
  rule({
    id: "elastic-ip-quota",
    types: ["aws_eip"],
    title: "An environment has no more Elastic IPs in its region than its quota, 5 unless AWS raised it",
    why: "AWS refuses the sixth at apply, unless the quota was raised.",
    fix: "Ask AWS for more and say so in the environment (quotas.elasticIps), or use fewer: one NAT gateway, a load balancer.",
    source: LIMITS,
    severity: "warning",
    checkEnvironment: (elasticIps, { quotas }) => {
      const quota = quotas["elasticIps"] ?? DEFAULT_QUOTA;
      // Those of another region's provider count there.
      const here = elasticIps.filter(({ body }) => !body.has("provider"));
      const first = here[quota];
      if (!first) return [];
      const message = `the environment has ${here.length} Elastic IPs in its region, its quota is ${quota}`;
      return [{ resource: first, argument: "domain", message }];
    },
  }),

  rule({
    id: "elastic-ip-internet-route",
    types: ["aws_eip", "aws_eip_association"],
    title: "An instance with an Elastic IP is in a subnet with a route to an internet gateway",
    why: "Without the route the address is paid for and nobody can reach it.",
    fix: 'Put the instance into a public subnet, or drop the Elastic IP and reach it through a load balancer or Session Manager.',
    source: INTERNET,
    severity: "error",
    check: (address, estate) => {
      const { body } = address;
      const argument = address.type === "aws_eip" ? "instance" : "instance_id";
      const instance = estate.follow(address, body, argument);
      if (instance?.type !== "aws_instance") return undefined;
      const subnet = estate.follow(instance, instance.body, "subnet_id");
      if (!subnet || hasInternetRoute(subnet, estate)) return undefined;
      return fault(body, argument, `${subnet.address}, where ${instance.address} is, has no route to an internet gateway`);
    },
  }),
] as const;

/** @throws UnknownValueError where the routes are not all here: a subnet without a table of its own uses the VPC's main one */
export function hasInternetRoute(subnet: Resource, estate: Estate): boolean {
  const [association] = estate.attached(subnet, "aws_route_table_association", "subnet_id");
  if (!association) throw new UnknownValueError("subnet_id");
  const table = estate.follow(association, association.body, "route_table_id");
  if (!table) throw new UnknownValueError("route_table_id");
  const inline = table.body.blocks("route").some((route) => leadsToInternet(route.raw("gateway_id"), table, estate));
  return inline || estate.attached(table, "aws_route", "route_table_id").some((route) => leadsToInternet(route.body.raw("gateway_id"), route, estate));
}

function leadsToInternet(gateway: unknown, from: Resource, estate: Estate): boolean {
  if (gateway === undefined) return false;
  if (estate.target(from.stack, gateway)?.type === "aws_internet_gateway") return true;
  return typeof gateway === "string" && gateway.startsWith("igw-");
}
