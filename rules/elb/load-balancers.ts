import { UnknownValueError, type Block } from "../values/block";
import { known } from "../values/certain";
import { cidr } from "../vpc/cidr";
import type { Estate } from "../estate";
import { pattern, range } from "../kinds";
import { writtenKey } from "../place";
import { kindOf, LOAD_BALANCERS, TARGET_GROUPS } from "./types";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";
import { SUBNETS, zoneOfSubnet } from "../vpc/subnets";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const CREATE = `${API}/API_CreateLoadBalancer.html`;
const MAPPING = `${API}/API_SubnetMapping.html`;
const ATTRIBUTES = `${API}/API_LoadBalancerAttribute.html`;
const CREATE_GROUP = `${API}/API_CreateTargetGroup.html`;
const GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";

/** Attributes of Application Load Balancers, with what the provider takes them for when they are left out. */
const APPLICATION_ONLY: Readonly<Record<string, string | undefined>> = {
  idle_timeout: "60",
  client_keep_alive: "3600",
  drop_invalid_header_fields: "false",
  desync_mitigation_mode: "defensive",
  enable_http2: "true",
  enable_tls_version_and_cipher_suite_headers: "false",
  enable_waf_fail_open: "false",
  enable_xff_client_port: "false",
  preserve_host_header: "false",
  xff_header_processing_mode: "append",
  connection_logs: undefined,
};

/** What no expression beside it mends. */
const NEVER = /[^A-Za-z0-9-]|.{33}/;
const NAME = /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/;
const SMALLEST_SUBNET = 27;

export const loadBalancerRules = [
  rule({
    id: "load-balancer-zones",
    types: LOAD_BALANCERS,
    title: "An Application Load Balancer has subnets in two availability zones or more",
    why: "AWS refuses it at apply.",
    fix: "Name a subnet of another availability zone too.",
    source: CREATE,
    severity: "error",
    check: (balancer, estate) => {
      const { body } = balancer;
      const list = subnetsOf(body);
      // On an Outpost and in a local zone there is one zone only.
      if (kindOf(balancer) !== "application" || body.has("customer_owned_ipv4_pool")) return undefined;
      if (body.blocks("subnet_mapping").some((mapping) => mapping.has("outpost_id"))) return undefined;
      const argument = body.blocks("subnet_mapping").length > 0 ? "subnet_mapping" : "subnets";
      const problem = "an Application Load Balancer has subnets in two availability zones or more";
      if (list.some(([block, name]) => !isOneSubnet(block, name))) throw new UnknownValueError("subnets");
      if (list.some(([block, name]) => isOnOutpost(balancer, block, name, estate))) return undefined;
      const zones = list.map(([block, name]) => known(() => zoneOfSubnet(balancer, block, name, estate)));
      if (zones.some((zone) => zone !== undefined && isLocalZone(zone))) return undefined;
      if (list.length < 2) return fault(body, argument, problem);
      // Two subnets of one zone are another rule's.
      if (new Set(zones.filter((zone) => zone !== undefined)).size > 1) return undefined;
      if (zones.every((zone) => zone !== undefined)) return undefined;
      throw new UnknownValueError("subnets");
    },
  }),

  rule({
    id: "load-balancer-subnet-per-zone",
    types: LOAD_BALANCERS,
    title: "A load balancer has one subnet of each availability zone",
    why: "AWS refuses two of the same zone at apply.",
    fix: "Keep one of the two.",
    source: CREATE,
    severity: "error",
    check: (balancer, estate) => {
      const taken = new Map<string, string>();
      return each(subnetsOf(balancer.body), ([block, name]) => {
        // A plan leaves out what it does not know.
        if (block.raw(name) === undefined) throw new UnknownValueError(block.argument(name));
        const subnet = writtenKey(balancer, block, name);
        if (taken.has(subnet)) return fault(block, name, "this subnet is named twice");
        taken.set(subnet, subnet);
        const zone = zoneOfSubnet(balancer, block, name, estate);
        const other = taken.get(`zone ${zone}`);
        if (other !== undefined) return fault(block, name, `${other} is in ${zone} too`);
        taken.set(`zone ${zone}`, String(block.raw(name)).replace(/^\$\{(.*)\}$/, "$1"));
        return undefined;
      });
    },
  }),

  rule({
    id: "load-balancer-subnet-size",
    types: LOAD_BALANCERS,
    title: `The subnets of an Application Load Balancer are /${SMALLEST_SUBNET} or larger`,
    why: "It needs eight free addresses in each to grow: AWS refuses smaller subnets, or cannot scale in them.",
    fix: "Give it larger subnets.",
    source: GUIDE,
    severity: "error",
    check: (balancer, estate) => {
      if (kindOf(balancer) !== "application") return undefined;
      return each(subnetsOf(balancer.body), ([block, name]) => {
        const subnet = estate.follow(balancer, block, name, "aws_subnet");
        const size = cidr(subnet?.body.string("cidr_block"))?.prefixLength;
        if (!subnet || size === undefined || size <= SMALLEST_SUBNET) return undefined;
        return fault(block, name, `${subnet.address} is /${size}, a load balancer needs /${SMALLEST_SUBNET} or larger`);
      });
    },
  }),

  rule({
    id: "load-balancer-elastic-ip",
    types: LOAD_BALANCERS,
    title: "Only a Network Load Balancer has Elastic IPs",
    why: "AWS refuses them for others at apply.",
    fix: 'Drop allocation_id, or make it load_balancer_type = "network".',
    source: MAPPING,
    severity: "error",
    check: (balancer) =>
      each(mappingsWith(balancer, "allocation_id"), (mapping) =>
        kindOf(balancer) === "network"
          ? undefined
          : fault(mapping, "allocation_id", "only a Network Load Balancer has Elastic IPs"),
      ),
  }),

  rule({
    id: "load-balancer-elastic-ip-internal",
    types: LOAD_BALANCERS,
    title: "An internal load balancer has no Elastic IPs",
    why: "AWS refuses them at apply: its addresses are of the subnets.",
    fix: "Set private_ipv4_address in place of allocation_id, or drop internal.",
    source: MAPPING,
    severity: "error",
    check: (balancer) =>
      each(mappingsWith(balancer, "allocation_id"), (mapping) => {
        if (balancer.body.boolean("internal") !== true || kindOf(balancer) !== "network") return undefined;
        return fault(mapping, "allocation_id", "an internal load balancer has private_ipv4_address");
      }),
  }),

  rule({
    id: "load-balancer-private-address",
    types: LOAD_BALANCERS,
    title: "Only an internal Network Load Balancer has private addresses of one's choice",
    why: "AWS refuses them for others at apply.",
    fix: "Drop private_ipv4_address, or make it an internal Network Load Balancer.",
    source: MAPPING,
    severity: "error",
    check: (balancer) =>
      each(mappingsWith(balancer, "private_ipv4_address"), (mapping) => {
        if (balancer.body.boolean("internal") === true && kindOf(balancer) === "network") return undefined;
        const message = "only an internal Network Load Balancer has private addresses of one's choice";
        return fault(mapping, "private_ipv4_address", message);
      }),
  }),

  range({
    id: "load-balancer-idle-timeout",
    types: LOAD_BALANCERS,
    when: (_body, balancer) => kindOf(balancer) === "application",
    argument: "idle_timeout",
    what: "the idle timeout of an Application Load Balancer",
    min: 1,
    max: 4_000,
    unit: "seconds",
    source: ATTRIBUTES,
  }),

  rule({
    id: "load-balancer-application-only",
    types: LOAD_BALANCERS,
    title: "What only an Application Load Balancer has is not set on another",
    why: "It does nothing there: the provider leaves it out, and AWS has no such attribute.",
    fix: "Drop it. The idle timeout of a Network Load Balancer is tcp_idle_timeout_seconds of its listener.",
    source: ATTRIBUTES,
    severity: "error",
    check: (balancer) => {
      const { body } = balancer;
      return each(Object.entries(APPLICATION_ONLY), ([name, ignored]) => {
        const value = body.raw(name);
        if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return undefined;
        if (kindOf(balancer) === "application") return undefined;
        // A plan has all of them.
        if (ignored !== undefined && body.string(name) === ignored) return undefined;
        return fault(body, name, `a ${kindOf(balancer)} load balancer has no ${name}`);
      });
    },
  }),

  pattern({
    id: "load-balancer-name",
    types: LOAD_BALANCERS,
    argument: "name",
    what: "the name of a load balancer",
    matches: /^(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/,
    never: NEVER,
    rule: 'has at most 32 letters, digits and hyphens, no hyphen at its ends, and does not begin with "internal-"',
    fix: "Write letters, digits and hyphens; shorten what is longer, with a hash of the rest at its end.",
    source: CREATE,
    when: (body) => body.raw("name") !== "",
  }),

  pattern({
    id: "target-group-name",
    types: TARGET_GROUPS,
    argument: "name",
    what: "the name of a target group",
    matches: NAME,
    never: NEVER,
    rule: "has at most 32 letters, digits and hyphens, and no hyphen at its ends",
    fix: "Write letters, digits and hyphens; shorten what is longer, with a hash of the rest at its end.",
    source: CREATE_GROUP,
    when: (body) => body.raw("name") !== "",
  }),
] as const;

/** The arguments that name a subnet. */
export function subnetsOf(body: Block): [Block, string][] {
  const mappings = body.blocks("subnet_mapping").map((block): [Block, string] => [block, "subnet_id"]);
  return mappings.length > 0 ? mappings : body.list("subnets").map(([list, index]) => [list, index]);
}

/** An element of a list is one subnet, even where it is a reference; the list itself may be one to several. */
function isOneSubnet(block: Block, name: string): boolean {
  return name !== "subnets" && known(() => block.raw(name)) !== undefined;
}

/** Whether the subnet that an argument names is here, and of an Outpost. */
function isOnOutpost(balancer: Resource, block: Block, name: string, estate: Estate): boolean {
  const subnet = known(() => estate.follow(balancer, block, name, ...SUBNETS));
  return subnet !== undefined && known(() => subnet.body.has("outpost_arn")) !== false;
}

/** us-east-1-bos-1a, where a zone of a region is us-east-1a. */
function isLocalZone(zone: string): boolean {
  return /^[a-z]+-[a-z]+-\d+-[a-z]+-\d+[a-z]$/.test(zone);
}

function mappingsWith({ body }: Resource, name: string): Block[] {
  return body.blocks("subnet_mapping").filter((mapping) => known(() => mapping.has(name)) !== false);
}
