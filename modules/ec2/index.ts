export { allow } from "./allow";
export { DataVolume, type DataVolumeProps } from "./data-volume";
export { Instance, type InstanceProps } from "./instance";
export { KeyPair, type KeyPairProps } from "./key-pair";
export { amazonLinux, architectureOf, type MachineImage } from "./machine-image";
export { ANYWHERE, type CidrPeer, type Connectable, type Peer, type PrefixListPeer } from "./peer";
export type { Port, PortRange, ServiceName, Traffic } from "./ports";
export { SecurityGroup, type Egress, type SecurityGroupProps } from "./security-group";
export type { DataVolumeOptions, VolumeOptions, VolumeType } from "./volume";
