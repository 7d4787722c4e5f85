import { Construct } from "constructs";
import { Ec2Host } from "@cdktf/provider-aws/lib/ec2-host";
import { contextOf, Problems, shown } from "../core";
import type { ZoneLetter } from "../vpc";
import type { DedicatedHostLike } from "./instance-placement-options";

export interface DedicatedHostProps {
  /** Availability zone; its instances are in the same one. Changing it replaces the host. */
  readonly availabilityZone: ZoneLetter;
  /**
   * The one type that it takes, `m7i.large`. Give this or `instanceFamily`.
   * @default none
   */
  readonly instanceType?: string;
  /**
   * The family of which it takes several types at a time, `m7i`. Give this or `instanceType`.
   * @default none
   */
  readonly instanceFamily?: string;
  /**
   * Take any instance with the tenancy "host" that names no host of its own. Changed in place.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-understanding.html
   * @default false: only instances that name it
   */
  readonly autoPlacement?: boolean;
  /**
   * Move its instances to a new host when its hardware fails. Changed in place; not every type can.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html
   * @default false
   */
  readonly hostRecovery?: boolean;
}

/**
 * A physical server of one's own, for licences that are bought by the socket or the core. It can be released when no instance is on it.
 *
 * Replaced by: a change of zone. Costs: by the hour for the whole host, used or not; one with Mac instances for 24 hours at least.
 *
 * @example
 * const host = new DedicatedHost(this, "licensed", { availabilityZone: "a", instanceFamily: "m7i" });
 * new Instance(this, "erp", { vpc, availabilityZone: "a", instanceType: "m7i.large", tenancy: { host } });
 */
export class DedicatedHost extends Construct implements DedicatedHostLike {
  readonly id: string;
  readonly arn: string;
  readonly availabilityZone: ZoneLetter;
  readonly resource: Ec2Host;

  /** @throws InvalidConstructError when not exactly one of `instanceType` and `instanceFamily` is given */
  constructor(scope: Construct, id: string, props: DedicatedHostProps) {
    super(scope, id);
    checkDedicatedHostProps(this, props);
    this.availabilityZone = props.availabilityZone;
    this.resource = new Ec2Host(this, "Resource", {
      availabilityZone: `${contextOf(this).region}${props.availabilityZone}`,
      instanceType: props.instanceType,
      instanceFamily: props.instanceFamily,
      autoPlacement: props.autoPlacement ? "on" : "off",
      hostRecovery: props.hostRecovery ? "on" : "off",
    });
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }
}

function checkDedicatedHostProps(construct: Construct, props: DedicatedHostProps): void {
  const problems = new Problems(construct, "DedicatedHost");
  const { instanceType, instanceFamily } = props;
  problems.require(
    contextOf(construct).region !== "",
    "it needs a region, got none: put it into an EnvironmentStack, or say where it is with provideContext",
  );
  problems.require(
    (instanceType === undefined) !== (instanceFamily === undefined),
    `give instanceType for one type or instanceFamily for several, got ${shown(instanceType)} and ${shown(instanceFamily)}`,
  );
  problems.throwIfAny();
}
