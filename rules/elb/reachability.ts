import { UnknownValueError, type Block } from "../values/block";
import { certain } from "../values/certain";
import { cidr, overlaps, type Cidr } from "../vpc/cidr";
import { templatesOf } from "../autoscaling/mixed-instances";
import { INSTANCES } from "../ec2/machines";
import type { Estate } from "../estate";
import {
  actionsOf,
  forwards,
  kindOf,
  LISTENER_RULES,
  LISTENERS,
  LOAD_BALANCERS,
  TARGET_GROUPS,
  TARGETS,
} from "./types";
import { subnetsOf } from "./load-balancers";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";
import { directionOf, entriesOfGroup, protocolOf, type Entry } from "../security-groups/entries";

const LOAD_BALANCER_GROUPS =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html";
const TARGET_GROUPS_OF =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html";

const UDP = ["UDP", "QUIC"];
const BOTH_PROTOCOLS = ["TCP_UDP", "TCP_QUIC"];

export const reachabilityRules = [
  rule({
    id: "load-balancer-listener-reachable",
    types: LISTENERS,
    title: "A security group of the load balancer lets the port of its listener in",
    why: "Nobody reaches the listener: connections time out.",
    fix: "Add an ingress rule for the port, or drop the listener.",
    source: LOAD_BALANCER_GROUPS,
    severity: "warning",
    check: (listener, estate) => {
      const { body } = listener;
      // Who only redirects is a convenience: clients that come by the right port need none.
      const actions = actionsOf(listener);
      if (actions.length > 0 && actions.every((action) => action.string("type") === "redirect")) return undefined;
      const balancer = estate.follow(listener, body, "load_balancer_arn", ...LOAD_BALANCERS);
      const port = body.number("port");
      const groups = balancer && groupsOf(balancer, balancer.body, "security_groups", estate);
      if (!groups || groups.length === 0 || port === undefined) return undefined;
      const protocols = transport(body.string("protocol"));
      if (protocols.every((protocol) => letsIn(groups, { protocol, port }, () => true, estate))) return undefined;
      const names = groups.map(({ address }) => address).join(", ");
      return fault(body, "port", `${names} of ${balancer.address} lets no port ${port} in`);
    },
  }),

  rule({
    id: "target-group-reachable",
    types: TARGET_GROUPS,
    title: "The security groups of targets let their load balancer in, on their port and on that of the health check",
    why: "The targets never become healthy, and the load balancer answers 502, 503 or 504.",
    fix: "Add an ingress rule to the targets' security group, with that of the load balancer as its source.",
    source: TARGET_GROUPS_OF,
    severity: "warning",
    check: (group, estate) => {
      const targets = targetsOf(group, estate);
      if (targets.length === 0) return undefined;
      const balancers = balancersOf(group, estate);
      return each(balancers, (balancer) => {
        const sources = groupsOf(balancer, balancer.body, "security_groups", estate);
        // A Network Load Balancer without one passes the addresses of clients on.
        if (sources.length === 0) return undefined;
        const blocks = subnetBlocks(balancer, estate);
        return each(targets, (target) => {
          if (target.groups.length === 0) return undefined;
          const isSource = (from: Resource, entry: Entry): boolean =>
            admits(from, entry, sources, blocks, target.groups, estate);
          const closed = portsOf(group, target.port).find((port) => !letsIn(target.groups, port, isSource, estate));
          if (!closed) return undefined;
          const names = target.groups.map(({ address }) => address).join(", ");
          const message = `${names} of ${target.address} lets ${balancer.address} in on no port ${closed.port}`;
          return fault(...closed.from, message);
        });
      }).slice(0, 1);
    },
  }),
] as const;

interface Port {
  readonly protocol: string;
  readonly port: number;
  /** The argument that says so. */
  readonly from: readonly [Block, string];
}

function transport(protocol: string | undefined): readonly string[] {
  const name = protocol?.toUpperCase() ?? "";
  if (BOTH_PROTOCOLS.includes(name)) return ["tcp", "udp"];
  return UDP.includes(name) ? ["udp"] : ["tcp"];
}

/** The ports that targets are asked on. @throws UnknownValueError */
function portsOf(group: Resource, own: number | undefined): Port[] {
  const { body } = group;
  const port = own ?? body.number("port");
  if (port === undefined) return [];
  const traffic = transport(body.string("protocol")).map((protocol): Port => ({
    protocol,
    port,
    from: [body, "port"],
  }));
  const check = body.block("health_check");
  const checked = check?.string("port") ?? "";
  if (!check || checked === "" || checked === "traffic-port" || check.boolean("enabled") === false) return traffic;
  return [...traffic, { protocol: "tcp", port: Number(checked), from: [check, "port"] }];
}

/** The security groups that an argument names. @throws UnknownValueError when one of them is not here */
export function groupsOf(resource: Resource, block: Block, name: string, estate: Estate): Resource[] {
  return estate.followAll(resource, block, name, "aws_security_group", "aws_default_security_group");
}

interface Target {
  readonly address: string;
  readonly groups: readonly Resource[];
  /** @default the target group's */
  readonly port: number | undefined;
}

/** What a target group forwards to, as far as it has security groups. @throws UnknownValueError */
function targetsOf(group: Resource, estate: Estate): Target[] {
  const type = group.body.string("target_type") || "instance";
  if (type !== "instance") return [];
  const attached = TARGETS.flatMap((name) => estate.attached(group, name, "target_group_arn"));
  const instances = attached.flatMap((attachment): Target[] => {
    const instance = estate.follow(attachment, attachment.body, "target_id", ...INSTANCES);
    if (!instance) return [];
    const { address, body } = instance;
    return [
      {
        address,
        groups: groupsOf(instance, body, "vpc_security_group_ids", estate),
        port: attachment.body.number("port"),
      },
    ];
  });
  const named = estate.attached(group, "aws_autoscaling_group", "target_group_arns", "traffic_source.identifier");
  const joined = ["aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment"]
    .flatMap((name) => estate.attached(group, name, "lb_target_group_arn", "traffic_source.identifier"))
    .flatMap((one) => estate.follow(one, one.body, "autoscaling_group_name", "aws_autoscaling_group") ?? []);
  const scaled = [...new Set([...named, ...joined])].flatMap((scaling) =>
    templatesOf(scaling, estate).map((template): Target => {
      const inside = template.body.blocks("network_interfaces");
      const groups = [
        ...groupsOf(template, template.body, "vpc_security_group_ids", estate),
        ...inside.flatMap((block) => groupsOf(template, block, "security_groups", estate)),
      ];
      return { address: scaling.address, groups, port: undefined };
    }),
  );
  return [...instances, ...scaled];
}

/** The load balancers whose listeners and rules forward to a target group. @throws UnknownValueError */
function balancersOf(group: Resource, estate: Estate): Resource[] {
  const using = (types: readonly string[]): Resource[] =>
    types
      .flatMap((type) => [...new Set(estate.referrers(group, type).map(({ resource }) => resource))])
      .filter((resource) =>
        forwards(resource).some(([block, name]) => estate.target(resource.stack, block.raw(name)) === group),
      );
  const behind = using(LISTENER_RULES).flatMap(
    (one) => estate.follow(one, one.body, "listener_arn", ...LISTENERS) ?? [],
  );
  const balancers = [...using(LISTENERS), ...behind].flatMap(
    (listener) => estate.follow(listener, listener.body, "load_balancer_arn", ...LOAD_BALANCERS) ?? [],
  );
  return [...new Set(balancers)].filter((balancer) => kindOf(balancer) !== "gateway");
}

/** Whether one of the groups lets a port in from such a source. @throws UnknownValueError when only Terraform can tell */
export function letsIn(
  groups: readonly Resource[],
  { protocol, port }: Pick<Port, "protocol" | "port">,
  isSource: (from: Resource, entry: Entry) => boolean,
  estate: Estate,
): boolean {
  const entries = groups.flatMap((group) => entriesOfGroup(group, estate));
  return certain(entries, ([from, entry]) => {
    if (directionOf(entry) !== "ingress") return false;
    const allowed = protocolOf(entry);
    if (allowed !== "-1" && allowed !== protocol) return false;
    if (allowed !== "-1") {
      const [first, last] = [entry.block.number("from_port"), entry.block.number("to_port")];
      if (first === undefined || last === undefined || port < first || port > last) return false;
    }
    return isSource(from, entry);
  });
}

/** Whether a rule lets the load balancer in: by its security group, or by the addresses of its subnets. @throws UnknownValueError */
function admits(
  from: Resource,
  { block, cidrs }: Entry,
  sources: readonly Resource[],
  subnets: readonly Cidr[] | undefined,
  own: readonly Resource[],
  estate: Estate,
): boolean {
  if (block.boolean("self") === true && own.some((group) => sources.includes(group))) return true;
  if (block.has("prefix_list_id") || block.has("prefix_list_ids")) throw new UnknownValueError(block.path);
  const names = ["referenced_security_group_id", "source_security_group_id", "security_groups"];
  const byGroup = certain(
    names.flatMap((name) => block.list(name)),
    ([list, index]) => sources.includes(estate.follow(from, list, index) ?? from),
  );
  if (byGroup) return true;
  return certain(
    cidrs.flatMap((name) => block.list(name)),
    ([list, index]) => {
      const allowed = cidr(list.string(index));
      if (!allowed) return false;
      if (allowed.prefixLength === 0) return true;
      if (subnets === undefined) throw new UnknownValueError(list.argument(index));
      return subnets.some((subnet) => overlaps(allowed, subnet));
    },
  );
}

/** The blocks of a load balancer's subnets, where all of them are known. */
function subnetBlocks(balancer: Resource, estate: Estate): Cidr[] | undefined {
  const blocks = subnetsOf(balancer.body).map(([block, name]) => {
    const subnet = estate.target(balancer.stack, block.raw(name));
    const written = subnet?.body.raw("cidr_block");
    return typeof written === "string" ? cidr(written) : undefined;
  });
  return blocks.some((block) => block === undefined) ? undefined : blocks.flatMap((block) => block ?? []);
}
