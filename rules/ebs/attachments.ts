import { UnknownValueError } from "../values/block";
import { mayExclude } from "../values/certain";
import { familyOf, INSTANCES } from "../ec2/machines";
import { zoneOf } from "../ec2/placement";
import { ofType, sizeArgument, VOLUME_TYPES, volumes } from "./volumes";
import type { Estate } from "../estate";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const CREATE_VOLUME = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html";
const ATTACH_VOLUME = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html";
const MULTI_ATTACH = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html";

const STOP_PROTECTION = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html";

const MOST_INSTANCES = 16;

export const ebsAttachmentRules = [
  rule({
    id: "ebs-attachment-same-zone",
    types: ["aws_volume_attachment"],
    title: "A volume and the instance that it is attached to are in the same availability zone",
    why: "A volume exists in one zone only: AWS refuses the attachment at apply, when both have been made.",
    fix: "Take the volume's availability_zone from the instance.",
    source: ATTACH_VOLUME,
    severity: "error",
    check: (attachment, estate) => {
      const { body } = attachment;
      const volume = estate.follow(attachment, body, "volume_id", "aws_ebs_volume");
      const instance = estate.follow(attachment, body, "instance_id", "aws_instance");
      if (!volume || !instance || hasZoneOf(volume, instance, estate)) return undefined;
      const zone = volume.body.string("availability_zone");
      const other = zoneOf(instance, estate);
      if (zone === undefined || other === undefined || zone === other) return undefined;
      return fault(body, "volume_id", `the volume is in ${zone}, the instance in ${other}`);
    },
  }),

  rule({
    id: "ebs-snapshot-size",
    types: VOLUME_TYPES,
    title: "A volume is not smaller than the snapshot that it is made from",
    why: "AWS refuses it at apply.",
    fix: "Make it as large as the volume that the snapshot was taken of, or drop the size.",
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource, estate) =>
      each(volumes(resource), (volume) => {
        const size = volume.number(sizeArgument(volume));
        if (size === undefined || !volume.has("snapshot_id")) return undefined;
        const snapshot = estate.follow(resource, volume, "snapshot_id");
        const least = snapshot && snapshotSize(snapshot, estate);
        if (least === undefined || size >= least) return undefined;
        return fault(volume, sizeArgument(volume), `its snapshot is of ${least} GiB`);
      }),
  }),

  rule({
    id: "ebs-multi-attach-volume-type",
    types: ["aws_ebs_volume"],
    title: "Only io1 and io2 volumes can be attached to several instances",
    why: "AWS refuses multi_attach_enabled for other types.",
    fix: 'Make it an "io2" volume, or share files with EFS.',
    source: MULTI_ATTACH,
    severity: "error",
    check: ({ body }) => {
      if (body.boolean("multi_attach_enabled") !== true || ofType("io1", "io2")(body)) return undefined;
      return fault(body, "multi_attach_enabled", "only io1 and io2 volumes can be attached to several instances");
    },
  }),

  rule({
    id: "ebs-volume-attachments",
    types: ["aws_ebs_volume"],
    title: `A volume is attached to one instance; with multi-attach, to at most ${MOST_INSTANCES}`,
    why: "AWS refuses the attachment that is too many at apply.",
    fix: "Set multi_attach_enabled on an io2 volume, or make a volume for each instance.",
    source: MULTI_ATTACH,
    severity: "error",
    check: (volume, estate) => {
      const attachments = estate.attached(volume, "aws_volume_attachment", "volume_id");
      // Each of several volumes has attachments of its own.
      if (volume.copies !== 1 || attachments.length < 2) return undefined;
      const most = volume.body.boolean("multi_attach_enabled") === true ? MOST_INSTANCES : 1;
      if (attachments.length <= most) return undefined;
      const together = attachments.filter((one) => attachments.every((other) => !mayExclude(one, other)));
      if (together.length <= most) throw new UnknownValueError("multi_attach_enabled");
      const message = `it is attached to ${attachments.length} instances, at most ${most} can be`;
      return fault(volume.body, "multi_attach_enabled", message);
    },
  }),

  rule({
    id: "ebs-attachment-stop-protection",
    types: ["aws_volume_attachment"],
    title: "An attachment that stops its instance before it detaches is to one without stop protection",
    why: "AWS refuses to stop the instance: neither the volume nor the instance can be destroyed.",
    fix: "Drop disable_api_stop of the instance, or stop_instance_before_detaching.",
    source: STOP_PROTECTION,
    severity: "warning",
    check: (attachment, estate) => {
      const { body } = attachment;
      const name = "stop_instance_before_detaching";
      if (body.boolean(name) !== true) return undefined;
      const instance = estate.follow(attachment, body, "instance_id", ...INSTANCES);
      if (instance?.body.boolean("disable_api_stop") !== true) return undefined;
      return fault(body, name, `${instance.address} has stop protection: it cannot be stopped`);
    },
  }),

  rule({
    id: "ebs-multi-attach-nitro",
    types: ["aws_volume_attachment"],
    title: "A multi-attach volume is attached to instances of the Nitro system",
    why: "AWS refuses it for other instances at apply.",
    fix: "Take an instance type of a newer generation.",
    source: MULTI_ATTACH,
    severity: "error",
    check: (attachment, estate) => {
      const { body } = attachment;
      const volume = estate.follow(attachment, body, "volume_id", "aws_ebs_volume");
      if (volume?.body.boolean("multi_attach_enabled") !== true) return undefined;
      const instance = estate.follow(attachment, body, "instance_id", ...INSTANCES);
      if (!instance || !familyOf(instance)?.xen) return undefined;
      const message = `${instance.body.string("instance_type")} is not of the Nitro system, which multi-attach needs`;
      return fault(body, "instance_id", message);
    },
  }),
] as const;

/** Whether the volume takes its zone from the instance, or both from one thing: then it is right, whatever it is. */
function hasZoneOf(volume: Resource, instance: Resource, estate: Estate): boolean {
  const zone = volume.body.raw("availability_zone");
  if (estate.target(volume.stack, zone) === instance) return true;
  return volume.stack === instance.stack && zone !== undefined && zone === instance.body.raw("availability_zone");
}

/** The size of the volume that a snapshot was taken of. @throws UnknownValueError */
function snapshotSize(snapshot: Resource, estate: Estate): number | undefined {
  const { body } = snapshot;
  // A snapshot that exists tells it.
  if (body.has("volume_size")) return body.number("volume_size");
  switch (snapshot.type) {
    case "aws_ebs_snapshot": {
      const volume = estate.follow(snapshot, body, "volume_id", "aws_ebs_volume");
      return volume && sizeOf(volume, estate);
    }
    case "aws_ebs_snapshot_copy": {
      const source = estate.follow(snapshot, body, "source_snapshot_id", "aws_ebs_snapshot", "aws_ebs_snapshot_copy");
      return source && snapshotSize(source, estate);
    }
    default:
      throw new UnknownValueError("snapshot_id");
  }
}

/** A volume without a size has that of its snapshot. */
function sizeOf(volume: Resource, estate: Estate): number | undefined {
  if (volume.body.has("size")) return volume.body.number("size");
  const snapshot = estate.follow(volume, volume.body, "snapshot_id");
  return snapshot && snapshotSize(snapshot, estate);
}
