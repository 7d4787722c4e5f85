import type { ZoneLetter } from "../vpc";
import type { Purchasing } from "./purchasing";

/** A dedicated host: a `DedicatedHost`, or one that exists already. */
export interface DedicatedHostLike {
  /** `h-0123456789abcdef0` */
  readonly id: string;
  /** @default unknown: nothing is checked */
  readonly availabilityZone?: ZoneLetter;
}

/** A capacity reservation: a `CapacityReservation`, or one that exists already. */
export interface CapacityReservationLike {
  /** `cr-0123456789abcdef0` */
  readonly id: string;
  /** @default unknown: nothing is checked */
  readonly availabilityZone?: ZoneLetter;
}

/** A placement group: a `PlacementGroup`, or one that exists already. */
export interface PlacementGroupLike {
  readonly name: string;
}

/**
 * On which hardware an instance runs, and how it is paid for. To go back to a default, say it: the provider leaves what is no longer said as
 * it is.
 */
export interface InstancePlacementOptions {
  /** Type, `t4g.small`. Changing it stops and starts the instance; it is not replaced. */
  readonly instanceType: string;
  /**
   * How its hours are paid for. Changing between spot and the others replaces the instance.
   * @default "on-demand"
   */
  readonly purchasing?: Purchasing;
  /**
   * Whose instances share the hardware: everybody's, only those of the account, or only those on a host of one's own. Changing it replaces the
   * instance. Dedicated instances cost more by the hour; on a host of one's own one pays for the host.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html
   * @default "shared"
   */
  readonly tenancy?: "shared" | "dedicated" | { readonly host: DedicatedHostLike };
  /**
   * Whether it runs in reserved capacity: in any open reservation that fits, in none, or in this one, and nowhere else. Changing it stops and
   * starts the instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-modify-instance.html
   * @default "open"
   */
  readonly capacityReservation?: "open" | "none" | CapacityReservationLike;
  /**
   * Group that says how close to others it stands. Changing it replaces the instance.
   * @default none
   */
  readonly placementGroup?: PlacementGroupLike;
  /**
   * Partition of the placement group, from 1. Changing it replaces the instance.
   * @default one that AWS picks, if the group has partitions
   */
  readonly placementPartitionNumber?: number;
  /**
   * What a burstable instance (t2, t3, t3a, t4g) does when its CPU credits are used up: slow down, or go on and be charged. Changed in place.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html
   * @default "standard" of t2, "unlimited" of the others, as AWS does
   */
  readonly cpuCredits?: "standard" | "unlimited";
  /**
   * Cores to switch on; fewer save licences, not money. With `threadsPerCore`. Changing it replaces the instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html
   * @default all that the type has
   */
  readonly cpuCoreCount?: number;
  /**
   * Threads a core: 1 switches hyper-threading off. With `cpuCoreCount`. Changing it replaces the instance.
   * @default those that the type has
   */
  readonly threadsPerCore?: 1 | 2;
  /**
   * Allow Nitro Enclaves, isolated machines inside the instance. Changing it replaces the instance.
   * https://docs.aws.amazon.com/enclaves/latest/user/nitro-enclave.html
   * @default false
   */
  readonly nitroEnclaves?: boolean;
}
