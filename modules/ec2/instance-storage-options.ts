import type { DataVolumeOptions, VolumeOptions } from "./volume-options";

/** The disks of an instance. */
export interface InstanceStorageOptions {
  /**
   * The volume that it boots from; it goes when the instance goes.
   * @default gp3 of the image's size, encrypted
   */
  readonly rootVolume?: VolumeOptions;
  /**
   * Volumes that outlive the instance, by a name of your own.
   * @default none
   */
  readonly dataVolumes?: Readonly<Record<string, DataVolumeOptions>>;
  /**
   * Instance store volumes by device name: `{ "/dev/sdb": "ephemeral0" }`, for the types whose store has no NVMe; NVMe stores are there
   * without being asked for. What is on them is lost when the instance stops, hibernates or ends, or its disk fails. Changing it replaces the
   * instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-lifetime.html
   * @default those that the image maps
   */
  readonly instanceStoreVolumes?: Readonly<Record<string, `ephemeral${number}`>>;
  /**
   * Bandwidth to EBS of its own. Current types have it in any case; for older ones it costs by the hour. Changing it replaces the instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html
   * @default true
   */
  readonly ebsOptimized?: boolean;
}
