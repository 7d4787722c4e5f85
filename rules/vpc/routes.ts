import { UnknownValueError, type Block } from "../values/block";
import { certain } from "../values/certain";
import type { Estate } from "../estate";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";

/** One route of a route table, inline or a resource of its own. */
interface Route {
  /** The resource that holds it. */
  readonly resource: Resource;
  readonly block: Block;
  /** The argument with the IPv4 destination. */
  readonly destination: "cidr_block" | "destination_cidr_block";
}

const GATEWAYS = ["aws_internet_gateway", "data.aws_internet_gateway"];

const TABLES = ["aws_route_table", "aws_default_route_table"];

/** @throws UnknownValueError where it is not here */
function routeTableOf(subnet: Resource, estate: Estate): Resource {
  const [association] = estate.attached(subnet, "aws_route_table_association", "subnet_id");
  const table = association
    ? estate.follow(association, association.body, "route_table_id", ...TABLES)
    : mainTableOf(subnet, estate);
  if (!table) throw new UnknownValueError("subnet_id");
  return table;
}

/** The main table of a subnet's VPC, which holds for those without one of their own. */
function mainTableOf(subnet: Resource, estate: Estate): Resource | undefined {
  const vpc = estate.follow(subnet, subnet.body, "vpc_id", "aws_vpc");
  // An association that nobody can follow may be the subnet's, and a route that names the VPC's table is not the table's here.
  const isOpen =
    estate.ofType("aws_route_table_association").some(({ stack, body }) => {
      const written = body.raw("subnet_id");
      return isExpression(written) && !estate.target(stack, written);
    }) ||
    (vpc && estate.attached(vpc, "aws_route", "route_table_id").length > 0);
  if (!vpc || vpc.copies !== 1 || isOpen) return undefined;
  const [main] = estate.attached(vpc, "aws_main_route_table_association", "vpc_id");
  if (main) return estate.follow(main, main.body, "route_table_id", ...TABLES);
  return estate.attached(vpc, "aws_default_route_table", "default_route_table_id")[0];
}

/** The routes of a table, wherever they are written. */
function routesOf(table: Resource, estate: Estate): Route[] {
  const inline = table.body
    .blocks("route")
    .map((block): Route => ({ resource: table, block, destination: "cidr_block" }));
  const own = estate
    .attached(table, "aws_route", "route_table_id")
    .map((resource): Route => ({ resource, block: resource.body, destination: "destination_cidr_block" }));
  return [...inline, ...own];
}

/** Whether what is in a subnet can be reached from the internet, given an address. @throws UnknownValueError */
export function hasInternetRoute(subnet: Resource, estate: Estate): boolean {
  return certain(routesOf(routeTableOf(subnet, estate), estate), ({ resource, block }) => {
    const gateway = block.raw("gateway_id");
    if (typeof gateway === "string" && gateway.startsWith("igw-")) return true;
    if (gateway === undefined || gateway === "") return false;
    return GATEWAYS.includes(estate.follow(resource, block, "gateway_id")?.type ?? "");
  });
}

/** Whether what is in a subnet reaches the internet by itself: there is a default route, to whatever. @throws UnknownValueError */
export function hasDefaultRoute(subnet: Resource, estate: Estate): boolean {
  return certain(
    routesOf(routeTableOf(subnet, estate), estate),
    ({ block, destination }) =>
      block.string(destination) === "0.0.0.0/0" ||
      block.string(destination.replace("cidr", "ipv6_cidr")) === "::/0" ||
      // A prefix list may hold the default route.
      block.has("destination_prefix_list_id"),
  );
}
