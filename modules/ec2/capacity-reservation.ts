import { Construct } from "constructs";
import { Ec2CapacityReservation } from "@cdktf/provider-aws/lib/ec2-capacity-reservation";
import { contextOf, Problems } from "../core";
import type { ZoneLetter } from "../vpc";
import type { CapacityReservationLike } from "./instance-placement-options";

/**
 * What the instances run; an instance must be of the same platform.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html
 */
export type InstancePlatform =
  | "Linux/UNIX"
  | "Red Hat Enterprise Linux"
  | "RHEL with HA"
  | "RHEL with HA and SQL Server Enterprise"
  | "RHEL with HA and SQL Server Standard"
  | "RHEL with SQL Server Enterprise"
  | "RHEL with SQL Server Standard"
  | "RHEL with SQL Server Web"
  | "SUSE Linux"
  | "Ubuntu Pro"
  | "Linux with SQL Server Enterprise"
  | "Linux with SQL Server Standard"
  | "Linux with SQL Server Web"
  | "Windows"
  | "Windows with SQL Server"
  | "Windows with SQL Server Enterprise"
  | "Windows with SQL Server Standard"
  | "Windows with SQL Server Web";

export interface CapacityReservationProps {
  /** Availability zone. Changing it replaces the reservation. */
  readonly availabilityZone: ZoneLetter;
  /** Type that the capacity is for, `m7g.large`. Changing it replaces the reservation. */
  readonly instanceType: string;
  /** How many instances there is room for. Changed in place. */
  readonly instanceCount: number;
  /**
   * Changing it replaces the reservation.
   * @default "Linux/UNIX"
   */
  readonly instancePlatform?: InstancePlatform;
  /**
   * Who runs in it: `open` every instance that fits and asks for no other, `targeted` those that name it. Changing it replaces the
   * reservation.
   * @default "open", as AWS does
   */
  readonly instanceMatchCriteria?: "open" | "targeted";
  /**
   * Tenancy of the instances. Changing it replaces the reservation.
   * @default "shared"
   */
  readonly tenancy?: "shared" | "dedicated";
  /**
   * When it ends by itself, as `2027-01-31T23:59:59Z`. Changed in place.
   * @default never
   */
  readonly endDate?: string;
}

/**
 * Capacity that is kept free for one's instances in one zone.
 *
 * Replaced by: a change of zone, type, platform, criteria or tenancy. Costs: what the instances would, used or not; reserved instances and
 * savings plans apply.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html
 *
 * @example
 * const capacity = new CapacityReservation(this, "peak", { availabilityZone: "a", instanceType: "m7g.large", instanceCount: 2 });
 * new Instance(this, "app", { vpc, availabilityZone: "a", instanceType: "m7g.large", capacityReservation: capacity });
 */
export class CapacityReservation extends Construct implements CapacityReservationLike {
  readonly id: string;
  readonly arn: string;
  readonly availabilityZone: ZoneLetter;
  readonly resource: Ec2CapacityReservation;

  /** @throws InvalidConstructError when it is not in a stack that has a region */
  constructor(scope: Construct, id: string, props: CapacityReservationProps) {
    super(scope, id);
    const { region } = contextOf(this);
    const problems = new Problems(this, "CapacityReservation");
    problems.require(
      region !== "",
      "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
    );
    problems.throwIfAny();
    this.availabilityZone = props.availabilityZone;
    this.resource = new Ec2CapacityReservation(this, "Resource", {
      availabilityZone: `${region}${props.availabilityZone}`,
      instanceType: props.instanceType,
      instanceCount: props.instanceCount,
      instancePlatform: props.instancePlatform ?? "Linux/UNIX",
      instanceMatchCriteria: props.instanceMatchCriteria ?? "open",
      tenancy: props.tenancy === "dedicated" ? "dedicated" : "default",
      endDateType: props.endDate === undefined ? "unlimited" : "limited",
      endDate: props.endDate,
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }
}
