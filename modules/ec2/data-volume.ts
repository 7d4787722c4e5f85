import { Construct } from "constructs";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { contextOf } from "../core";
import type { DataVolumeOptions } from "./volume";

export interface DataVolumeProps extends DataVolumeOptions {
  /** Name of the availability zone, `eu-west-1a`: the instance's. Changing it replaces the volume. */
  readonly availabilityZone: string;
  readonly instanceId: string;
}

/**
 * An encrypted EBS volume, attached to an instance. It is a resource of its own: adding one leaves the instance alone, and a replaced
 * instance gets it back.
 *
 * Replaced by: a change of zone, snapshot or key. Costs: by the GiB, and by IOPS and throughput above gp3's base.
 */
export class DataVolume extends Construct {
  readonly id: string;
  readonly resource: EbsVolume;

  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id);
    const { tier } = contextOf(this);
    this.resource = new EbsVolume(this, "Resource", {
      availabilityZone: props.availabilityZone,
      encrypted: true,
      size: props.sizeGib,
      type: props.type ?? "gp3",
      iops: props.iops,
      throughput: props.throughputMibps,
      kmsKeyId: props.kmsKeyArn,
      snapshotId: props.snapshotId,
      ...(tier === "production" ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.id = this.resource.id;
    new VolumeAttachment(this, "attachment", {
      volumeId: this.id,
      instanceId: props.instanceId,
      deviceName: props.deviceName,
      // A file system that is still mounted is pulled away otherwise.
      stopInstanceBeforeDetaching: true,
    });
  }
}
