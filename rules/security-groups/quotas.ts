import { UnknownValueError, type Block } from "../values/block";
import { cidr } from "../vpc/cidr";
import type { Estate } from "../estate";
import { format } from "../kinds";
import { quotaFix, quotaIn, QUOTAS } from "../quotas";
import type { Resource } from "../resource";
import { each, rule } from "../rule";
import { directionOf, entriesOfGroup, type Direction, type Entry } from "./entries";

const { rulesPerSecurityGroup: RULES, securityGroupsPerNetworkInterface: GROUPS } = QUOTAS;
/** AWS raises one of the two only as far as their product allows. */
const LARGEST_PRODUCT = 1000;

/** Where a network interface names its security groups. */
const INTERFACES: Readonly<Record<string, string>> = {
  aws_instance: "vpc_security_group_ids",
  aws_spot_instance_request: "vpc_security_group_ids",
  aws_launch_template: "vpc_security_group_ids",
  aws_launch_configuration: "security_groups",
  aws_network_interface: "security_groups",
  aws_lb: "security_groups",
  aws_alb: "security_groups",
  aws_db_instance: "vpc_security_group_ids",
  aws_rds_cluster: "vpc_security_group_ids",
  aws_lambda_function: "vpc_config.security_group_ids",
  aws_ecs_service: "network_configuration.security_groups",
};

export const securityGroupQuotaRules = [
  rule({
    id: "security-group-rule-quota",
    types: ["aws_security_group", "aws_default_security_group"],
    title: `A security group has at most ${RULES.default} rules for each direction and IP family, unless AWS raised the quota`,
    why: "AWS refuses what is more at apply. A prefix list counts as many as it may hold.",
    fix: quotaFix("rulesPerSecurityGroup", "Sum addresses up in larger blocks, or name a security group as the source"),
    source: RULES.source,
    severity: "warning",
    check: (group, estate) => {
      const limit = quotaIn(group.stack, "rulesPerSecurityGroup");
      const counted = entriesOfGroup(group, estate).map(([from, entry]) => ({
        entry,
        ...weightOf(from, entry, estate),
      }));
      const fault = (["ingress", "egress"] as const).flatMap((direction) =>
        ([4, 6] as const).flatMap((family) => {
          const count = counted.reduce((sum, one) => sum + (isFor(one.entry, direction) ? one[family] : 0), 0);
          const message = `it has ${format(count)} ${direction} rules for IPv${family}, the quota is ${format(limit)}`;
          return count > limit ? [{ argument: direction, value: count, message }] : [];
        }),
      );
      const unknown = counted.find((one) => one.unknown !== undefined)?.unknown;
      if (unknown !== undefined && fault.length === 0) throw new UnknownValueError(unknown);
      return fault;
    },
  }),

  rule({
    id: "security-group-interface-quota",
    types: Object.keys(INTERFACES),
    title: `A network interface has at most ${GROUPS.default} security groups, unless AWS raised the quota`,
    why: "AWS refuses what is more at apply.",
    fix: quotaFix("securityGroupsPerNetworkInterface", "Put rules together in fewer groups"),
    source: GROUPS.source,
    severity: "warning",
    check: (resource, estate) => {
      const limit = quotaIn(resource.stack, "securityGroupsPerNetworkInterface");
      const attached = estate.attached(resource, "aws_network_interface_sg_attachment", "network_interface_id").length;
      return each(interfacesOf(resource), ([block, name]) => {
        const groups = block.raw(name);
        if (groups === undefined) return undefined;
        if (!Array.isArray(groups)) throw new UnknownValueError(block.argument(name));
        const count = groups.length + attached;
        const message = `it has ${count} security groups, the quota is ${limit}`;
        return count > limit ? { argument: block.argument(name), value: count, message } : undefined;
      });
    },
  }),

  rule({
    id: "security-group-quota-product",
    types: ["aws_security_group"],
    title:
      "The quotas of rules per security group and of security groups per network interface come to at most 1,000 together",
    why: "AWS raises one of the two only as far as their product allows: no account has both.",
    fix: "Correct quotas.rulesPerSecurityGroup or quotas.securityGroupsPerNetworkInterface of the environment.",
    source: RULES.source,
    severity: "warning",
    checkEnvironment: (groups) => {
      const [resource] = groups;
      if (!resource) return [];
      if (resource.copies === undefined) throw new UnknownValueError("count");
      const { stack } = resource;
      const rules = quotaIn(stack, "rulesPerSecurityGroup");
      const perInterface = quotaIn(stack, "securityGroupsPerNetworkInterface");
      if (rules * perInterface <= LARGEST_PRODUCT) return [];
      const message = `${rules} rules times ${perInterface} security groups is more than ${format(LARGEST_PRODUCT)}`;
      return [{ resource, argument: "quotas", value: rules * perInterface, message }];
    },
  }),
] as const;

/** Where a resource names the security groups of each of its network interfaces. */
function interfacesOf({ type, body }: Resource): (readonly [Block, string])[] {
  const [name = "", inner] = INTERFACES[type]?.split(".") ?? [];
  if (inner !== undefined) return body.blocks(name).map((block) => [block, inner] as const);
  const own = type === "aws_launch_template" ? body.blocks("network_interfaces") : [];
  return [[body, name] as const, ...own.map((block) => [block, "security_groups"] as const)];
}

function isFor(entry: Entry, direction: Direction): boolean {
  try {
    return directionOf(entry) === direction;
  } catch (error) {
    if (error instanceof UnknownValueError) return false;
    throw error;
  }
}

interface Weight {
  readonly 4: number;
  readonly 6: number;
  /** The argument for which it may be more. */
  readonly unknown: string | undefined;
}

/** For how many rules an entry counts, by IP family: at least, where something of it is not known. */
function weightOf({ stack, copies }: Resource, { block, cidrs }: Entry, estate: Estate): Weight {
  let unknown = copies === undefined ? block.argument("count") : undefined;
  const elements = (...names: readonly string[]): (readonly [Block, string])[] => {
    try {
      return names.flatMap((name) => block.list(name));
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      unknown = error.argument;
      return [];
    }
  };
  const weight = { 4: 0, 6: 0 };
  for (const [list, name] of elements(...cidrs)) {
    const value = list.raw(name);
    const family = list.argument(name).includes("ipv6") ? 6 : 4;
    if (typeof value === "string") weight[cidr(value)?.family ?? family]++;
  }
  const groups = elements("security_groups", "source_security_group_id", "referenced_security_group_id").length;
  const itself = block.raw("self") === true || block.raw("self") === "true" ? 1 : 0;
  for (const [list, name] of elements("prefix_list_ids", "prefix_list_id")) {
    const prefixes = estate.target(stack, list.raw(name))?.body;
    const [most, family] = [prefixes?.raw("max_entries"), prefixes?.raw("address_family")];
    if (family !== "IPv6") weight[4] += Number(most) || 1;
    if (family !== "IPv4") weight[6] += Number(most) || 1;
    if (most === undefined || Number.isNaN(Number(most))) unknown = list.argument(name);
  }
  const both = groups + itself;
  return { 4: (weight[4] + both) * (copies ?? 1), 6: (weight[6] + both) * (copies ?? 1), unknown };
}
