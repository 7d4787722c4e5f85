import type { InstanceProps, InstanceSetProps, Port, PowerScheduleProps, SnapshotPolicyProps } from "../modules/ec2";

/** What an environment says of an instance as data. What is made of other constructs (groups, roles) is wired in a stack. */
type InstanceData = Pick<
  InstanceProps,
  // Hardware, and how it is paid for. A host, a reservation or a placement group is one that exists: `{ id: "h-..." }`, `{ name: "..." }`.
  | "instanceType"
  | "purchasing"
  | "cpuCredits"
  | "cpuCoreCount"
  | "threadsPerCore"
  | "nitroEnclaves"
  | "tenancy"
  | "capacityReservation"
  | "placementGroup"
  | "placementPartitionNumber"
  // Place and addresses. An Elastic IP is one of its own (`true`), or one that exists: `{ allocationId: "eipalloc-..." }`.
  | "subnets"
  | "availabilityZone"
  | "publicIp"
  | "elasticIp"
  | "privateIp"
  | "secondaryPrivateIps"
  | "ipv6AddressCount"
  | "sourceDestCheck"
  // Disks.
  | "rootVolume"
  | "dataVolumes"
  | "instanceStoreVolumes"
  | "ebsOptimized"
  // What it runs, and how one gets into it. A key pair is one that exists: `{ name: "..." }`.
  | "image"
  | "ignoreImageChanges"
  | "keyPair"
  | "sessionManager"
  | "replaceOnUserDataChange"
  | "metadataHopLimit"
  | "instanceMetadataTags"
  // Day to day.
  | "state"
  | "shutdownBehavior"
  | "terminationProtection"
  | "stopProtection"
  | "hibernation"
  | "autoRecovery"
  | "detailedMonitoring"
> & {
  /**
   * Script that runs as root at the first start.
   * @default none
   */
  readonly userData?: string;
};

/** A server, or with `instancesPerZone` several that are alike. */
export interface ServerConfig extends InstanceData {
  /**
   * Makes several of it, that are alike and share a security group and a role: so many in each zone of its tier, or by zone, `{ a: 2, b: 1 }`.
   * Their keys are the zone and a number: `a1`, `a2`, `b1`.
   * @default one server, by itself
   */
  readonly instancesPerZone?: InstanceSetProps["instancesPerZone"];
  /**
   * What single instances have of their own, by their key: `{ b1: { instanceType: "m7g.large" } }`. Only with `instancesPerZone`.
   * @default none: all are alike
   */
  readonly overrides?: Readonly<Record<string, Partial<Omit<InstanceData, "subnets" | "availabilityZone">>>>;
  /**
   * Key of the instance that the one server of before is, when `instancesPerZone` makes several of it: it is moved there, not made anew. It must
   * be in the same zone.
   * @default none: there was no single server
   */
  readonly formerServer?: string;
  /**
   * Public half of an SSH key, which becomes a key pair. Changing it replaces the server. One that exists is `keyPair`.
   * @default none: Session Manager is the way in
   */
  readonly publicKey?: string;
  /**
   * Who may reach it, by a name of your own.
   * @default nobody
   */
  readonly ingress?: Readonly<Record<string, IngressConfig>>;
  /**
   * Databases that it works with, by their names in the environment (clusters too): it reaches them, and may read the secret with their password.
   * @default none
   */
  readonly databases?: readonly string[];
  /**
   * Regular snapshots of its data volumes, by a name of your own: a policy of one to four schedules. A volume that names another `backup` has that.
   * @default none
   */
  readonly snapshots?: SnapshotPolicyProps["schedules"];
  /**
   * When it is started and stopped, so that nobody pays for it while nobody uses it.
   * @default never: it runs, or does as `state` says
   */
  readonly powerSchedule?: Omit<PowerScheduleProps, "instances">;
}

/** One client, or a group of them, and what they reach. */
export interface IngressConfig {
  /** IPv4 or IPv6 block: `203.0.113.0/24`. */
  readonly cidr: string;
  /** Port, or a service by name: `https`. */
  readonly port: Port;
}
