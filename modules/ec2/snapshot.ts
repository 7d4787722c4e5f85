import { Construct } from "constructs";
import { EbsSnapshot } from "@cdktf/provider-aws/lib/ebs-snapshot";

export interface SnapshotProps {
  /** What is taken: `app.dataVolumes.uploads`, a `Volume`, or `{ id: "vol-..." }`. */
  readonly volume: { readonly id: string };
  /**
   * At most 255 characters. Changing it replaces the snapshot.
   * @default none
   */
  readonly description?: string;
}

/**
 * A snapshot of one volume, taken when it is first applied: before an upgrade, say. It holds what changed since the volume's last snapshot, and
 * restores all of it, in any zone of the region. For regular ones there is `SnapshotPolicy`.
 *
 * It is taken once: when the volume is replaced, the snapshot of the old one stays. Replaced by: a change of `description`. Costs: by the GiB and month.
 *
 * @example
 * const before = new Snapshot(this, "before_upgrade", { volume: app.dataVolumes.uploads });
 * new Volume(this, "restored", { availabilityZone: "eu-west-1b", sizeGib: 100, snapshotId: before.id });
 */
export class Snapshot extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly resource: EbsSnapshot;

  constructor(scope: Construct, id: string, props: SnapshotProps) {
    super(scope, id);
    this.resource = new EbsSnapshot(this, "Resource", {
      volumeId: props.volume.id,
      description: props.description,
      // A restored volume is another volume: without this, what it was restored from would be deleted.
      lifecycle: { ignoreChanges: ["volume_id"] },
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }
}
