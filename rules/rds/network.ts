import { UnknownValueError, type Block } from "../values/block";
import { certain, known } from "../values/certain";
import { DEFAULT_PORTS } from "../data/rds-engines";
import type { Estate } from "../estate";
import { followName } from "../named";
import { groupsOf, letsIn } from "../elb/reachability";
import { writtenKey } from "../place";
import { CLUSTER, DATABASES, engineOf, familyOf, INSTANCE, isAurora, isReplica, MEMBER, sourceOf } from "./engines";
import type { Resource } from "../resource";
import { hasInternetRoute } from "../vpc/routes";
import { each, fault, rule } from "../rule";
import { SUBNETS, zoneOfSubnet } from "../vpc/subnets";

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const VPC = `${GUIDE}/USER_VPC.WorkingWithRDSInstanceinaVPC.html`;
const CREATE_GROUP = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html";
const SECURITY_GROUPS = `${GUIDE}/Overview.RDSSecurityGroups.html`;
const MULTI_AZ_CLUSTERS = `${GUIDE}/multi-az-db-clusters-concepts.html`;

const GROUP = "aws_db_subnet_group";
const CLUSTER_ZONES = 3;
/** An address on the internet and a route to it: either is missing as long as strangers cannot come, so both count alike. */
const EXPOSED = { sandbox: "high", development: "high", staging: "critical", production: "critical" } as const;

export const rdsNetworkRules = [
  rule({
    id: "rds-subnet-group-zones",
    types: [GROUP],
    title: "A DB subnet group has subnets in two availability zones or more",
    why: "AWS refuses it at apply, for a database in one zone too.",
    fix: "Name a subnet of another availability zone too.",
    source: CREATE_GROUP,
    severity: "error",
    check: (group, estate) => {
      const message = "a DB subnet group has subnets in two availability zones or more";
      const zones = zonesOf(group, estate);
      // On an Outpost there is one zone only.
      if (group.body.list("subnet_ids").some(([list, index]) => isOnOutpost(group, list, index, estate)))
        return undefined;
      if (zones.length < 2) return fault(group.body, "subnet_ids", message);
      const told = zones.filter((zone) => zone !== undefined);
      if (new Set(told).size > 1) return undefined;
      if (told.length < zones.length) throw new UnknownValueError("subnet_ids");
      return fault(group.body, "subnet_ids", message);
    },
  }),

  rule({
    id: "rds-subnet-group-vpc",
    types: [GROUP],
    title: "The subnets of a DB subnet group are of one VPC",
    why: "AWS refuses it at apply.",
    fix: "Make a group for each VPC.",
    source: VPC,
    severity: "error",
    check: (group, estate) => {
      let first: { readonly vpc: string; readonly isTold: boolean; readonly subnet: Resource } | undefined;
      return each(group.body.list("subnet_ids"), ([list, index]) => {
        const subnet = estate.follow(group, list, index, "aws_subnet");
        const written = subnet?.body.raw("vpc_id");
        if (!subnet || typeof written !== "string") return undefined;
        const vpc = estate.target(subnet.stack, written);
        const name = vpc ? `${vpc.stack.id} ${vpc.address}` : writtenKey(subnet, subnet.body, "vpc_id");
        const isTold = vpc?.type === "aws_vpc" || written.startsWith("vpc-");
        if (!first) first = { vpc: name, isTold, subnet };
        if (first.vpc === name) return undefined;
        // Two texts may mean one VPC, unless both are VPCs that are here, or ids.
        if (!isTold || !first.isTold) throw new UnknownValueError(list.argument(index));
        return fault(list, index, `${subnet.address} is of another VPC than ${first.subnet.address}`);
      }).slice(0, 1);
    },
  }),

  rule({
    id: "rds-cluster-zones",
    types: [CLUSTER],
    title: "A Multi-AZ DB cluster has subnets in three availability zones",
    why: "It has an instance in each of three: AWS refuses it at apply.",
    fix: "Give the DB subnet group a subnet in a third zone.",
    source: MULTI_AZ_CLUSTERS,
    severity: "error",
    check: (cluster, estate) => {
      if (isAurora(cluster, estate)) return undefined;
      const group = followName(cluster, cluster.body, "db_subnet_group_name", GROUP, estate);
      if (!group) return undefined;
      const zones = zonesOf(group, estate);
      if (new Set(zones.filter((zone) => zone !== undefined)).size >= CLUSTER_ZONES) return undefined;
      if (zones.length >= CLUSTER_ZONES && zones.includes(undefined)) throw new UnknownValueError("subnet_ids");
      return fault(cluster.body, "db_subnet_group_name", `${group.address} has subnets in fewer than three zones`);
    },
  }),

  rule({
    id: "rds-publicly-accessible",
    types: [INSTANCE, MEMBER],
    title: "No database is publicly accessible",
    why: "It has an address on the internet, and a security group is all that is before it.",
    fix: "Drop publicly_accessible, and reach it from the VPC: Session Manager forwards its port.",
    source: VPC,
    severity: EXPOSED,
    check: ({ body }) =>
      body.boolean("publicly_accessible") === true
        ? fault(body, "publicly_accessible", "a database is not publicly accessible")
        : undefined,
  }),

  rule({
    id: "rds-private-subnets",
    types: [GROUP],
    title: "Databases are in subnets without a route to an internet gateway",
    why: "One switch, publicly_accessible, then puts them on the internet.",
    fix: "Name private or isolated subnets.",
    source: VPC,
    severity: EXPOSED,
    check: (group, estate) =>
      each(group.body.list("subnet_ids"), ([list, index]) => {
        const subnet = estate.follow(group, list, index, ...SUBNETS);
        if (!subnet) return undefined;
        // Every default subnet is a public one.
        if (subnet.type === "aws_subnet" && !hasInternetRoute(subnet, estate)) return undefined;
        return fault(list, index, `${subnet.address} has a route to an internet gateway`);
      }),
  }),

  rule({
    id: "rds-reachable",
    types: DATABASES,
    title: "A security group of a database lets its port in",
    why: "Nobody reaches it: connections time out.",
    fix: "Add an ingress rule for the port, with the security group of the clients as its source.",
    source: SECURITY_GROUPS,
    severity: "warning",
    check: (database, estate) => {
      const { body } = database;
      const groups = groupsOf(database, body, "vpc_security_group_ids", estate);
      if (groups.length === 0) return undefined;
      const port = portOf(database, estate);
      if (port === undefined) return undefined;
      const ports = [port, ...tlsPorts(database, estate)];
      if (certain(ports, (open) => letsIn(groups, { protocol: "tcp", port: open }, () => true, estate)))
        return undefined;
      const names = groups.map(({ address }) => address).join(", ");
      return fault(body, "vpc_security_group_ids", `${names} lets no port ${port} in`);
    },
  }),
] as const;

function isOnOutpost(group: Resource, block: Block, name: string, estate: Estate): boolean {
  return known(() => estate.follow(group, block, name, ...SUBNETS)?.body.has("outpost_arn")) === true;
}

/** The zones of a group's subnets, one for each; undefined for one that cannot be told. @throws UnknownValueError */
function zonesOf(group: Resource, estate: Estate): (string | undefined)[] {
  const list = group.body.list("subnet_ids");
  if (list.some(([, name]) => name === "subnet_ids")) throw new UnknownValueError("subnet_ids");
  return list.map(([block, name]) => known(() => zoneOfSubnet(group, block, name, estate)));
}

/** The port that clients come by: its own, its source's, or the engine's. @throws UnknownValueError */
function portOf(database: Resource, estate: Estate): number | undefined {
  const own = database.body.number("port");
  if (own !== undefined && own !== 0) return own;
  const source = isReplica(database) ? sourceOf(database, estate) : undefined;
  if (source?.body.raw("port") !== undefined) return source.body.number("port");
  const family = familyOf(engineOf(database, estate));
  return family && DEFAULT_PORTS[family];
}

/** Db2 listens to TLS on a port of its own, which its parameter group names. @throws UnknownValueError */
function tlsPorts(database: Resource, estate: Estate): number[] {
  if (familyOf(engineOf(database, estate)) !== "db2") return [];
  const group = followName(database, database.body, "parameter_group_name", "aws_db_parameter_group", estate);
  const parameters = group?.body.blocks("parameter") ?? [];
  const named = parameters.filter((parameter) => parameter.string("name") === "ssl_svcename");
  return named.flatMap((parameter) => parameter.number("value") ?? []);
}
