import { UnknownValueError } from "../values/block";
import { certain, known } from "../values/certain";
import { INSTANCES } from "./machines";
import { hasElasticIp } from "./elastic-ips";
import type { Estate } from "../estate";
import { TARGET_GROUPS, TARGETS } from "../elb/types";
import type { Resource } from "../resource";
import { fault, rule } from "../rule";
import { directionOf, entriesOfGroup } from "../security-groups/entries";

const RELIABILITY =
  "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html";

const WORLD = ["0.0.0.0/0", "::/0"];

export const placementRules = [
  rule({
    id: "ec2-load-balanced-zones",
    types: [...TARGET_GROUPS, "aws_elb"],
    title: "In production, the instances behind a load balancer are in two zones or more",
    why: "When the one zone fails, or the one instance, nothing answers.",
    fix: "Add an instance in another zone, use an auto scaling group, or acknowledge that one zone is enough here.",
    source: RELIABILITY,
    severity: { sandbox: "off", development: "off", staging: "off", production: "low" },
    check: (balancer, estate) => {
      const instances = instancesBehind(balancer, estate);
      if (instances.length === 0) return undefined;
      // Whether it is production, only an environment tells.
      if (balancer.stack.environment === undefined) throw new UnknownValueError("provider");
      const zones = new Set(instances.map((instance) => zoneOf(instance, estate)));
      if (zones.size > 1) return undefined;
      const [zone = "one zone"] = zones;
      const names = instances.map(({ address }) => address).join(", ");
      const message = `all that it forwards to is in ${zone}: ${names}`;
      return fault(balancer.body, "name", message);
    },
  }),

  rule({
    id: "ec2-server-zones",
    types: INSTANCES,
    title: "In production, a server that the internet reaches is not the only one, nor are all in one zone",
    why: "When the one zone fails, or the one server, nothing answers.",
    fix: "Add a server in another zone (instancesPerZone), use an auto scaling group, or acknowledge that one is enough here.",
    source: RELIABILITY,
    severity: { sandbox: "off", development: "off", staging: "off", production: "low" },
    checkEnvironment: (instances, _environment, estate) => {
      const open = instances.filter((instance) => known(() => isPublic(instance, estate)) !== false);
      const [first] = open;
      if (!first) return [];
      const zones = new Set(instances.map((instance) => known(() => zoneOf(instance, estate))));
      if (zones.size > 1 && !zones.has(undefined)) return [];
      // Whether it is production, only an environment tells.
      if (first.stack.environment === undefined || zones.has(undefined)) throw new UnknownValueError("subnet_id");
      const certainly = open.find((instance) => known(() => isPublic(instance, estate)) === true);
      if (!certainly) throw new UnknownValueError("vpc_security_group_ids");
      const others = instances.length > 1 ? `all ${instances.length} servers are` : "the only server is";
      const argument = certainly.body.has("availability_zone") ? "availability_zone" : "subnet_id";
      const message = `${others} in ${[...zones].join()}`;
      return [{ resource: certainly, argument, value: certainly.body.raw(argument), message }];
    },
  }),
] as const;

/** Whether the internet reaches an instance: it has a public address, or a security group that lets everybody in. @throws UnknownValueError */
function isPublic(instance: Resource, estate: Estate): boolean {
  const ways = [
    () => instance.body.boolean("associate_public_ip_address") === true,
    () => hasElasticIp(instance, estate),
    () => isOpen(instance, estate),
  ];
  return certain(ways, (way) => way());
}

/** Whether a security group of an instance lets everybody in. @throws UnknownValueError */
function isOpen(instance: Resource, estate: Estate): boolean {
  const groups = estate.followAll(instance, instance.body, "vpc_security_group_ids", "aws_security_group");
  const entries = groups.flatMap((group) => entriesOfGroup(group, estate));
  return certain(
    entries.flatMap(([, entry]) =>
      entry.cidrs.flatMap((name) => entry.block.list(name).map((one) => ({ entry, one }))),
    ),
    ({ entry, one: [list, name] }) => directionOf(entry) === "ingress" && WORLD.includes(list.string(name) ?? ""),
  );
}

/** @throws UnknownValueError when one of them cannot be told */
function instancesBehind(balancer: Resource, estate: Estate): Resource[] {
  if (balancer.type === "aws_elb") {
    const attachments = estate.attached(balancer, "aws_elb_attachment", "elb");
    return [
      ...estate.followAll(balancer, balancer.body, "instances", "aws_instance"),
      ...attachments.flatMap(
        (attachment) => estate.follow(attachment, attachment.body, "instance", "aws_instance") ?? [],
      ),
    ];
  }
  return TARGETS.flatMap((type) => estate.attached(balancer, type, "target_group_arn")).flatMap(
    (attachment) => estate.follow(attachment, attachment.body, "target_id", "aws_instance") ?? [],
  );
}

/** The zone that an instance says, or that of its subnet. @throws UnknownValueError */
export function zoneOf(instance: Resource, estate: Estate): string | undefined {
  if (instance.body.has("availability_zone")) return instance.body.string("availability_zone");
  return estate.follow(instance, instance.body, "subnet_id", "aws_subnet")?.body.string("availability_zone");
}
