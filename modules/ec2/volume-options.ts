/** Kind of disk. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
export type VolumeType = "gp3" | "gp2" | "io2" | "io1" | "st1" | "sc1" | "standard";

/** Size and speed of a volume: all of it can be changed in place, with hours between two changes. */
export interface VolumeOptions {
  /**
   * Size in GiB; it can grow, not shrink.
   * @default the image's for a root volume; a data volume needs it
   */
  readonly sizeGib?: number;
  /** @default "gp3" */
  readonly type?: VolumeType;
  /**
   * I/O operations a second, for gp3, io1 and io2.
   * @default 3000 of gp3; io1 and io2 need it
   */
  readonly iops?: number;
  /**
   * Throughput in MiB a second, for gp3.
   * @default 125
   */
  readonly throughputMibps?: number;
  /**
   * ARN of the KMS key that encrypts it. Changing it replaces the volume.
   * @default the account's default key for EBS; it is encrypted in any case
   */
  readonly kmsKeyArn?: string;
}

/** A volume that is a thing of its own: it outlives whatever it is attached to. */
export interface StandaloneVolumeOptions extends VolumeOptions {
  readonly sizeGib: number;
  /**
   * Snapshot to start from, in the same region. Changing it replaces the volume.
   * @default none: empty
   */
  readonly snapshotId?: string;
  /**
   * Id of the `SnapshotPolicy` that backs it up: `"daily"`. A volume that names one that is not there is not backed up.
   * @default none
   */
  readonly backup?: string;
  /**
   * Refuse to destroy or replace it.
   * @default true in tier production
   */
  readonly deletionProtection?: boolean;
  /**
   * Take a snapshot before it is destroyed.
   * @default true in tier production
   */
  readonly finalSnapshot?: boolean;
}

/** A volume beside the root, which outlives its instance. */
export interface DataVolumeOptions extends StandaloneVolumeOptions {
  /**
   * What the instance calls it: `/dev/sdf` to `/dev/sdp`. Changing it attaches the volume anew.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly deviceName: string;
}
