export { allow } from "./allow";
export { CapacityReservation, type CapacityReservationProps, type InstancePlatform } from "./capacity-reservation";
export { awsPrefixList, type AwsPrefixListName } from "./aws-prefix-list";
export { DataVolume, type DataVolumeProps } from "./data-volume";
export { DedicatedHost, type DedicatedHostProps } from "./dedicated-host";
export { EbsDefaults, type EbsDefaultsProps } from "./ebs-defaults";
export { ElasticIp, type ElasticIpProps } from "./elastic-ip";
export { existingSecurityGroup, type ExistingSecurityGroupProps } from "./existing-security-group";
export { ImageCopy, type ImageCopyProps } from "./image-copy";
export { amazonLinux, debian, ecsOptimized, marketplaceImage, rhel, ubuntu, windows } from "./image-families";
export { ImageFromInstance, type ImageFromInstanceProps, type ImageVersion } from "./image-from-instance";
export { Instance, type InstanceOptions, type InstanceProps } from "./instance";
export type { ElasticIpLike } from "./instance-network-options";
export type { CapacityReservationLike, DedicatedHostLike, PlacementGroupLike } from "./instance-placement-options";
export type { InstanceProfileLike } from "./instance-software-options";
export { InstanceSet, type InstanceOverrides, type InstanceSetProps } from "./instance-set";
export { existingKeyPair, KeyPair, type KeyPairLike, type KeyPairProps } from "./key-pair";
export type { SharedWith } from "./launch-permissions";
export {
  architectureOf,
  changesByItself,
  imageId,
  type Architecture,
  type ImageById,
  type ImageLookup,
  type MachineImage,
  type PublishedImage,
} from "./machine-image";
export { ANYWHERE, ANYWHERE_IPV6, type CidrPeer, type Connectable, type Peer, type PrefixListPeer } from "./peer";
export { PlacementGroup, type PlacementGroupProps, type PlacementStrategy } from "./placement-group";
export type { IcmpType, Port, PortRange, ServiceName, Traffic } from "./ports";
export { PowerSchedule, type PowerScheduleProps } from "./power-schedule";
export type { Purchasing, ReservedOptions, SpotInterruption, SpotOptions } from "./purchasing";
export { PrefixList, type PrefixListEntry, type PrefixListProps } from "./prefix-list";
export { allowSsh, allowWeb } from "./presets";
export { SecurityGroup, type SecurityGroupProps } from "./security-group";
export type { Egress, RuleOptions, SecurityGroupLike } from "./security-group-like";
export { Snapshot, type SnapshotProps } from "./snapshot";
export { SnapshotCopy, type SnapshotCopyProps } from "./snapshot-copy";
export { SnapshotPolicy, type SnapshotPolicyProps } from "./snapshot-policy";
export type { Retention, SnapshotCopyRule, SnapshotSchedule } from "./snapshot-schedule";
export { UserData, type CloudConfig, type WebServerOptions } from "./user-data";
export { Volume, type VolumeHost, type VolumeProps } from "./volume";
export type { DataVolumeOptions, StandaloneVolumeOptions, VolumeOptions, VolumeType } from "./volume-options";
