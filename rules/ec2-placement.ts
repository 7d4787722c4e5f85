import { UnknownValueError } from "./block";
import type { Estate } from "./estate";
import type { Resource } from "./resource";
import { fault, rule } from "./rule";

const RELIABILITY =
  "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html";

export const placementRules = [
  rule({
    id: "ec2-load-balanced-zones",
    types: ["aws_lb_target_group", "aws_alb_target_group", "aws_elb"],
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
] as const;

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
  return ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"]
    .flatMap((type) => estate.attached(balancer, type, "target_group_arn"))
    .flatMap((attachment) => estate.follow(attachment, attachment.body, "target_id", "aws_instance") ?? []);
}

/** The zone that an instance says, or that of its subnet. @throws UnknownValueError */
export function zoneOf(instance: Resource, estate: Estate): string | undefined {
  if (instance.body.has("availability_zone")) return instance.body.string("availability_zone");
  return estate.follow(instance, instance.body, "subnet_id", "aws_subnet")?.body.string("availability_zone");
}
