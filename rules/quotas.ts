import { UnknownValueError } from "./values/block";
import type { Estate } from "./estate";
import { format } from "./kinds";
import { rule, type EnvironmentRule, type Fault } from "./rule";
import type { Resource, StackView } from "./resource";

const VPC_QUOTAS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const ALB_QUOTAS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const NLB_QUOTAS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html";
const RDS_QUOTAS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html";
const DNS_QUOTAS = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html";

/** A number that AWS raises on request. */
export interface Quota {
  /** What there may be so many of: `Elastic IPs`. */
  readonly unit: string;
  /** In what: `a region`. */
  readonly per: string;
  /** AWS's own. */
  readonly default: number;
  /** The AWS document that names it. */
  readonly source: string;
}

/** The quotas that rules count with; an environment says under the same names what it has (`quotas.elasticIps`). */
export const QUOTAS = {
  vpcs: { unit: "VPCs", per: "a region", default: 5, source: VPC_QUOTAS },
  ipv4CidrBlocksPerVpc: { unit: "IPv4 blocks", per: "a VPC", default: 5, source: VPC_QUOTAS },
  subnetsPerVpc: { unit: "subnets", per: "a VPC", default: 200, source: VPC_QUOTAS },
  internetGateways: { unit: "internet gateways", per: "a region", default: 5, source: VPC_QUOTAS },
  natGatewaysPerZone: { unit: "NAT gateways", per: "an availability zone", default: 5, source: VPC_QUOTAS },
  // 50 until June 2025, when AWS raised it for all accounts; older texts still say so.
  routesPerRouteTable: { unit: "routes", per: "a route table", default: 500, source: VPC_QUOTAS },
  interfaceEndpointsPerVpc: { unit: "interface endpoints", per: "a VPC", default: 50, source: VPC_QUOTAS },
  rulesPerSecurityGroup: {
    unit: "rules",
    per: "a direction and IP family of a security group",
    default: 60,
    source: VPC_QUOTAS,
  },
  securityGroupsPerNetworkInterface: {
    unit: "security groups",
    per: "a network interface",
    default: 5,
    source: VPC_QUOTAS,
  },
  elasticIps: { unit: "Elastic IPs", per: "a region", default: 5, source: VPC_QUOTAS },
  applicationLoadBalancers: { unit: "Application Load Balancers", per: "a region", default: 50, source: ALB_QUOTAS },
  networkLoadBalancers: { unit: "Network Load Balancers", per: "a region", default: 50, source: NLB_QUOTAS },
  targetGroups: { unit: "target groups", per: "a region", default: 3_000, source: ALB_QUOTAS },
  targetsPerTargetGroup: { unit: "targets", per: "a target group", default: 1_000, source: ALB_QUOTAS },
  listenersPerLoadBalancer: { unit: "listeners", per: "a load balancer", default: 50, source: ALB_QUOTAS },
  rulesPerLoadBalancer: {
    unit: "rules beside the default ones",
    per: "a load balancer",
    default: 100,
    source: ALB_QUOTAS,
  },
  certificatesPerLoadBalancer: {
    unit: "certificates beside the default ones",
    per: "a load balancer",
    default: 25,
    source: ALB_QUOTAS,
  },
  readReplicasPerDatabase: { unit: "read replicas", per: "a database", default: 5, source: RDS_QUOTAS },
  hostedZones: { unit: "hosted zones", per: "an account", default: 500, source: DNS_QUOTAS },
  recordsPerHostedZone: { unit: "records", per: "a hosted zone", default: 10_000, source: DNS_QUOTAS },
  vpcsPerHostedZone: { unit: "VPCs", per: "a private hosted zone", default: 300, source: DNS_QUOTAS },
  healthChecks: { unit: "health checks", per: "an account", default: 200, source: DNS_QUOTAS },
} as const satisfies Record<string, Quota>;

export type QuotaName = keyof typeof QUOTAS;

/** A quota as the stack's environment has it. */
export function quotaIn(stack: StackView, name: QuotaName): number {
  return stack.quotas[name] ?? QUOTAS[name].default;
}

/** How to mend too many of something. */
export function quotaFix(name: QuotaName, fewer: string): string {
  return `${fewer}, or ask AWS for more and say so in the environment (quotas.${name}).`;
}

interface QuotaRule<Id extends string> {
  readonly id: Id;
  readonly quota: QuotaName;
  readonly types: readonly string[];
  /** The argument that a finding names. Of several types, by type. */
  readonly argument: string | Readonly<Record<string, string>>;
  /** How to do with less. */
  readonly fewer: string;
  /** Whether it counts. @default all do */
  readonly when?: (resource: Resource) => boolean;
  /** What it counts in, where that is less than a region: a resource, a zone. Undefined: it does not count. */
  readonly within?: (resource: Resource, estate: Estate) => Resource | string | undefined;
  /** For how many it counts. @default its copies */
  readonly weight?: (resource: Resource) => number | undefined;
}

/** No more of something than the quota, in an account's region or in one resource. */
export function quota<const Id extends string>(definition: QuotaRule<Id>): EnvironmentRule<Id> {
  const { id, types, fewer, quota: name } = definition;
  const { unit, per, source, default: standard } = QUOTAS[name];
  return rule({
    id,
    types,
    source,
    severity: "warning",
    title: `There are at most ${format(standard)} ${unit} in ${per}, unless AWS raised the quota`,
    why: "AWS refuses what is more at apply.",
    fix: quotaFix(name, fewer),
    checkEnvironment: (resources, _environment, estate) => {
      const { groups, unknown } = counted(resources, definition, estate);
      const faults = [...groups.entries()].flatMap(([holder, members]) => excess(holder, members, definition));
      if (unknown && faults.length === 0) throw unknown;
      return faults;
    },
  }) as EnvironmentRule<Id>;
}

interface Counted {
  readonly resource: Resource;
  readonly weight: number;
}

type Holder = Resource | string;

function counted(
  resources: readonly Resource[],
  { quota: name, when, within, weight }: QuotaRule<string>,
  estate: Estate,
): { groups: Map<Holder, Counted[]>; unknown: UnknownValueError | undefined } {
  const groups = new Map<Holder, Counted[]>();
  let unknown: UnknownValueError | undefined;
  for (const resource of resources) {
    try {
      if (when && !when(resource)) continue;
      const holder = within
        ? within(resource, estate)
        : `the ${QUOTAS[name].per.includes("account") ? "account" : "region"}`;
      if (holder === undefined) continue;
      // What is in one of several, only Terraform can tell.
      if (typeof holder !== "string" && holder !== resource && holder.copies !== 1)
        throw new UnknownValueError("count");
      const own = weight ? weight(resource) : resource.copies;
      if (own === undefined) throw new UnknownValueError("count");
      const group = groups.get(holder);
      if (group) group.push({ resource, weight: own });
      else groups.set(holder, [{ resource, weight: own }]);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      unknown = error;
    }
  }
  return { groups, unknown };
}

/** A fault of the first resource that is too many. */
function excess(
  holder: Holder,
  members: readonly Counted[],
  { quota: name, argument }: QuotaRule<string>,
): (Fault & { resource: Resource })[] {
  const [first] = members;
  if (!first) return [];
  const limit = quotaIn(first.resource.stack, name);
  let count = 0;
  const over = members.find(({ weight }) => (count += weight) > limit)?.resource;
  if (!over) return [];
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const place = typeof holder === "string" ? holder : holder.address;
  const message = `${place} has ${format(total)} ${QUOTAS[name].unit}, the quota is ${format(limit)}`;
  // Which one of several is too many says nothing.
  const resource = { ...over, address: over.instanceOf ?? over.address };
  const named = typeof argument === "string" ? argument : (argument[over.type] ?? "");
  const value = over.body.raw(named);
  // Hundreds of blocks are told by their number.
  return [{ resource, argument: named, value: Array.isArray(value) ? total : value, message }];
}
