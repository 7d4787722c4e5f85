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

/** A volume beside the root, which outlives its instance. */
export interface DataVolumeOptions extends VolumeOptions {
  readonly sizeGib: number;
  /**
   * What the instance calls it: `/dev/sdf` to `/dev/sdp`. Changing it attaches the volume anew.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly deviceName: string;
  /**
   * Snapshot to start from. Changing it replaces the volume.
   * @default none: empty
   */
  readonly snapshotId?: string;
}
