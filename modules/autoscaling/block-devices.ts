import type { LaunchTemplateBlockDeviceMappings } from "@cdktf/provider-aws/lib/launch-template";
import type { VolumeOptions } from "../ec2";

/** A volume that each instance starts with, beside its root. */
export interface BlockDeviceOptions extends VolumeOptions {
  /**
   * Snapshot that it is filled from.
   * @default none: empty, and then `sizeGib` must be given
   */
  readonly snapshotId?: string;
  /**
   * Delete the volume when its instance is terminated. What stays behind is found, paid for and deleted by nobody.
   * @default true
   */
  readonly deleteOnTermination?: boolean;
}

/** The volumes of a launch template: the root's first, then the others by their device names. All are encrypted. */
export function blockDeviceMappings(
  rootDeviceName: string,
  rootVolume: VolumeOptions,
  others: Readonly<Record<string, BlockDeviceOptions>>,
): LaunchTemplateBlockDeviceMappings[] {
  const byDeviceName = Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1));
  return [[rootDeviceName, rootVolume] as const, ...byDeviceName].map(([name, volume]) => mapping(name, volume));
}

function mapping(deviceName: string, volume: BlockDeviceOptions): LaunchTemplateBlockDeviceMappings {
  return {
    deviceName,
    ebs: {
      encrypted: "true",
      deleteOnTermination: `${volume.deleteOnTermination ?? true}`,
      volumeType: volume.type ?? "gp3",
      volumeSize: volume.sizeGib,
      iops: volume.iops,
      throughput: volume.throughputMibps,
      kmsKeyId: volume.kmsKeyArn,
      snapshotId: volume.snapshotId,
    },
  };
}
