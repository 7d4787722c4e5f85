import type { Construct } from "constructs";
import { Volume } from "./volume";
import type { DataVolumeOptions } from "./volume-options";

export interface DataVolumeProps extends DataVolumeOptions {
  /** Name of the availability zone, `eu-west-1a`: the instance's. Changing it replaces the volume. */
  readonly availabilityZone: string;
  readonly instanceId: string;
}

/**
 * A `Volume` that belongs to one instance. It is a resource of its own: adding one leaves the instance alone, and a replaced instance gets it
 * back.
 *
 * Replaced by: a change of zone, snapshot or key. Costs: by the GiB, and by IOPS and throughput above gp3's base.
 */
export class DataVolume extends Volume {
  constructor(scope: Construct, id: string, props: DataVolumeProps) {
    super(scope, id, props);
    this.createAttachment(this, "", props.instanceId, props.deviceName);
  }
}
