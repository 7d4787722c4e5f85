import type { Block } from "../values/block";
import { hasElasticIp } from "./elastic-ips";
import { familyName, INSTANCES, isPersistent, isSpot } from "./machines";
import type { Estate } from "../estate";
import { referencesIn } from "../values/references";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const ADDRESSING = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html";
const INSTANCE_STORE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-lifetime.html";
const STOP_PROTECTION = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html";
const STOP_SPOT = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-instances-request.html";

/** What stops instances: by a state, or on a schedule. */
const STOPPERS = ["aws_ec2_instance_state", "aws_scheduler_schedule"];

export const stoppedRules = [
  rule({
    id: "ec2-stopped-public-ip",
    types: STOPPERS,
    title: "An instance that is stopped has no public address of its own, but an Elastic IP if any",
    why: "AWS takes the address away when the instance stops; the provider then replaces the instance for not having it.",
    fix: "Give the instance an Elastic IP, or no public address.",
    source: ADDRESSING,
    severity: "warning",
    check: (stopper, estate) =>
      each(stoppedBy(stopper, estate), ({ instance, block, name }) => {
        if (instance.body.boolean("associate_public_ip_address") !== true) return undefined;
        if (hasElasticIp(instance, estate) || ignores(instance, "associate_public_ip_address")) return undefined;
        return fault(block, name, `${instance.address} has a public address, which it loses when it stops`);
      }),
  }),

  rule({
    id: "ec2-stopped-protected",
    types: STOPPERS,
    title: "An instance that is stopped has no stop protection",
    why: "AWS refuses to stop it: the apply fails, or the schedule does each time, and nobody is told.",
    fix: "Drop disable_api_stop, or what stops the instance.",
    source: STOP_PROTECTION,
    severity: "error",
    check: (stopper, estate) =>
      each(stoppedBy(stopper, estate), ({ instance, block, name }) =>
        instance.body.boolean("disable_api_stop") === true
          ? fault(block, name, `${instance.address} has stop protection`)
          : undefined,
      ),
  }),

  rule({
    id: "ec2-stopped-spot",
    types: STOPPERS,
    title: "A spot instance that is stopped was asked for persistently",
    why: "AWS stops no spot instance of a one-time request: it can be terminated only.",
    fix: 'Make the request persistent (spot_instance_type = "persistent"), or make it an on-demand instance.',
    source: STOP_SPOT,
    severity: "error",
    check: (stopper, estate) =>
      each(stoppedBy(stopper, estate), ({ instance, block, name }) =>
        isSpot(instance) && !isPersistent(instance)
          ? fault(block, name, `${instance.address} is a spot instance of a one-time request`)
          : undefined,
      ),
  }),

  rule({
    id: "ec2-instance-store-stopped",
    types: STOPPERS,
    title: "An instance that is stopped keeps nothing on its instance store",
    why: "What is on the disks of the host is lost each time the instance stops.",
    fix: "Take EBS volumes for what must stay, or acknowledge that nothing on the instance store must.",
    source: INSTANCE_STORE,
    severity: "warning",
    check: (stopper, estate) =>
      each(stoppedBy(stopper, estate), ({ instance, block, name }) =>
        hasInstanceStore(instance)
          ? fault(block, name, `${instance.address} has an instance store, which is emptied when it stops`)
          : undefined,
      ),
  }),
] as const;

/** An instance that something stops, and the argument that says so. */
interface Stopped {
  readonly instance: Resource;
  readonly block: Block;
  readonly name: string;
}

/** The instances that a resource stops. @throws UnknownValueError when it cannot be told whether it stops any */
function stoppedBy(stopper: Resource, estate: Estate): Stopped[] {
  const { body, stack } = stopper;
  if (stopper.type === "aws_ec2_instance_state") {
    if (body.string("state") !== "stopped") return [];
    const instance = estate.follow(stopper, body, "instance_id", ...INSTANCES);
    return instance ? [{ instance, block: body, name: "state" }] : [];
  }
  const target = body.block("target");
  if (!target?.string("arn")?.endsWith(":ec2:stopInstances")) return [];
  return referencesIn(target.raw("input")).flatMap(({ reference }) => {
    const instance = estate.target(stack, `\${${reference.address}.id}`);
    return instance && INSTANCES.includes(instance.type) ? [{ instance, block: target, name: "input" }] : [];
  });
}

/** Whether Terraform is told to mind no change of an argument. */
function ignores(resource: Resource, name: string): boolean {
  const lifecycle = resource.body.block("lifecycle");
  return lifecycle?.strings("ignore_changes").some((one) => one === name || one === "all") ?? false;
}

/** Families whose names do not say with a `d` that they have an instance store. */
const STORES = ["d2", "d3", "d3en", "g4ad", "h1", "i2", "i3", "i3en", "i4g", "i4i", "i7i", "i7ie", "i8g", "i8ge"];
const MORE_STORES = ["im4gn", "is4gen", "p3dn", "p4d", "p4de", "p5", "p5e", "p5en", "trn1", "x1", "x1e", "z1d"];

/** @throws UnknownValueError */
function hasInstanceStore({ body }: Resource): boolean {
  const mapped = body.blocks("ephemeral_block_device").filter((device) => device.boolean("no_device") !== true);
  if (mapped.length > 0) return true;
  const family = familyName(body.string("instance_type") ?? "");
  return [...STORES, ...MORE_STORES].includes(family) || /^[a-z]+\d+[a-z]*d[a-z]*$/.test(family);
}
