import { Construct } from "constructs";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { contextOf, isLater } from "../core";
import { backupTags } from "./backup-tag";
import { constructId } from "./peer";
import type { StandaloneVolumeOptions } from "./volume-options";

export interface VolumeProps extends StandaloneVolumeOptions {
  /** Name of the availability zone, `eu-west-1a`: that of the instances it is attached to. Changing it replaces the volume. */
  readonly availabilityZone: string;
  /**
   * Let several instances have it at once, at most 16 of the Nitro system; for io1 and io2. The file system on it must be one that can bear that. On
   * io1, changing it replaces the volume. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html
   * @default false
   */
  readonly multiAttach?: boolean;
}

/** What a volume can be attached to: an `Instance`. */
export interface VolumeHost extends Construct {
  readonly id: string;
}

/**
 * An encrypted EBS volume of its own. Size, type, IOPS and throughput change in place.
 *
 * Replaced by: a change of zone, snapshot or key. Costs: by the GiB, and by IOPS and throughput above gp3's base.
 *
 * @example
 * const archive = new Volume(this, "archive", { availabilityZone: "eu-west-1a", sizeGib: 500, type: "st1", backup: "daily" });
 * archive.attachTo(app, "/dev/sdf");
 */
export class Volume extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly availabilityZone: string;
  readonly resource: EbsVolume;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    this.availabilityZone = props.availabilityZone;
    this.resource = this.createVolume(props);
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }

  /**
   * Attaches it to an instance in the same zone, in whatever stacks the two are: the attachment is made in the later one.
   * @param deviceName what the instance calls it: `/dev/sdf` to `/dev/sdp`
   */
  attachTo(instance: VolumeHost, deviceName: string): void {
    if (isLater(instance, this)) this.createAttachment(instance, constructId(instance, this), instance.id, deviceName);
    else this.createAttachment(this, constructId(this, instance), instance.id, deviceName);
  }

  protected createAttachment(scope: Construct, id: string, instanceId: string, deviceName: string): void {
    new VolumeAttachment(scope, id === "" ? "attachment" : `attachment_${id}`, {
      volumeId: this.id,
      instanceId,
      deviceName,
      // A file system that is still mounted is pulled away otherwise.
      stopInstanceBeforeDetaching: true,
    });
  }

  private createVolume(props: VolumeProps): EbsVolume {
    const isProduction = contextOf(this).tier === "production";
    return new EbsVolume(this, "Resource", {
      availabilityZone: props.availabilityZone,
      encrypted: true,
      size: props.sizeGib,
      type: props.type ?? "gp3",
      iops: props.iops,
      throughput: props.throughputMibps,
      kmsKeyId: props.kmsKeyArn,
      snapshotId: props.snapshotId,
      multiAttachEnabled: props.multiAttach,
      finalSnapshot: (props.finalSnapshot ?? isProduction) || undefined,
      tags: backupTags(this, props.backup),
      ...((props.deletionProtection ?? isProduction) ? { lifecycle: { preventDestroy: true } } : {}),
    });
  }
}
