import { Construct } from "constructs";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { awsName, Problems, shown } from "../core";
import { Role, type Grantee } from "../iam";
import type { ZoneLetter } from "../vpc";
import { Instance, type InstanceOptions, type InstanceProps } from "./instance";
import { checkInstanceProfile } from "./instance-problems";
import type { InstanceProfileLike } from "./instance-software-options";
import type { Connectable, Peer } from "./peer";
import type { Port } from "./ports";
import { SecurityGroup } from "./security-group";
import type { RuleOptions, SecurityGroupLike } from "./security-group-like";

/** What one instance of a set may have of its own. */
export type InstanceOverrides = Partial<
  Omit<InstanceProps, "vpc" | "subnets" | "availabilityZone" | "securityGroup" | "role" | "instanceProfile">
>;

export interface InstanceSetProps extends InstanceOptions {
  /**
   * How many instances stand in each zone: the same number in all that the tier has subnets in, or a number by zone, `{ a: 2, b: 1 }`. Their
   * keys are the zone and a number, `a1`, `a2`, `b1`: a larger number adds, a smaller one takes the highest of that zone away, and a further zone
   * moves nothing.
   * @default 1
   */
  readonly instancesPerZone?: number | { readonly [zone in ZoneLetter]?: number };
  /**
   * What single instances have of their own, by their key: `{ b1: { instanceType: "m7g.large" } }`.
   * @default none: all are alike
   */
  readonly overrides?: Readonly<Record<string, InstanceOverrides>>;
}

/**
 * Several instances of one definition, spread over availability zones, that nobody adds to or takes from but this program: machines with a
 * name, a volume or an address of their own. What may come and go by itself is an auto scaling group. They share a security group, a role and its instance profile.
 *
 * Replaced by: what replaces an instance, replaces each of them. Costs: what its instances do. One `Instance` becomes a set of the same id without
 * a replacement when it is said which of them it is: `stack.renamed("app", servers.instances.a1)`; group, role and profile keep their addresses.
 *
 * @example
 * const brokers = new InstanceSet(this, "broker", { vpc, instanceType: "m7g.large", instancesPerZone: { a: 2, b: 1 } });
 * brokers.allowFrom(web, 5672);
 * brokers.instances.a1.privateIp;
 */
export class InstanceSet extends Construct implements Connectable, Grantee {
  /** By key: zone and number, `a1`. */
  readonly instances: Readonly<Record<string, Instance>>;
  readonly securityGroup: SecurityGroupLike;

  private readonly sharedRole: Role | "none";
  private readonly sharedProfile: InstanceProfileLike | undefined;

  /** @throws InvalidConstructError with everything that is wrong with `props`, or with those of an instance */
  constructor(scope: Construct, id: string, props: InstanceSetProps) {
    super(scope, id);
    const keys = instanceKeys(props);
    checkInstanceSetProps(this, props, keys);
    this.securityGroup =
      props.securityGroup?.securityGroup ?? new SecurityGroup(this, "security_group", { vpc: props.vpc });
    this.sharedRole = props.role ?? new Role(this, "role", { service: "ec2.amazonaws.com" });
    this.sharedProfile = props.instanceProfile ?? this.createProfile();
    this.instances = Object.fromEntries([...keys].map(([key, zone]) => [key, this.createInstance(key, zone, props)]));
  }

  /**
   * What they act under in AWS.
   * @throws Error when the set was made with the role "none"
   */
  get role(): Role {
    if (this.sharedRole !== "none") return this.sharedRole;
    throw new Error(
      `InstanceSet "${this.node.path}" has no role: it was made with role "none", so nothing can be granted to it`,
    );
  }

  /** Lets `client` reach the instances at `port`. */
  allowFrom(client: Peer, port: Port, options?: RuleOptions): void {
    this.securityGroup.allowFrom(client, port, options);
  }

  /** One for all: an account has a thousand, and a role that is shared needs no more. */
  private createProfile(): IamInstanceProfile | undefined {
    if (this.sharedRole === "none") return undefined;
    return new IamInstanceProfile(this, "profile", { name: awsName(this, "iamName"), role: this.sharedRole.name });
  }

  private createInstance(key: string, availabilityZone: ZoneLetter, props: InstanceSetProps): Instance {
    const { instancesPerZone, overrides, ...common } = props;
    return new Instance(this, key, {
      ...common,
      ...overrides?.[key],
      availabilityZone,
      securityGroup: this.securityGroup,
      role: this.sharedRole,
      instanceProfile: this.sharedProfile,
    });
  }
}

/**
 * The keys of a set, with their zones: a function of each zone's own number, and of nothing else. So no instance moves when a zone is added or
 * another one's number changes.
 */
export function instanceKeys(
  props: Pick<InstanceSetProps, "vpc" | "subnets" | "instancesPerZone">,
): ReadonlyMap<string, ZoneLetter> {
  const { vpc, subnets = "private", instancesPerZone = 1 } = props;
  const zones = vpc.availabilityZones.filter((zone) => vpc.subnets[subnets]?.[zone] !== undefined);
  const counts: [ZoneLetter, number][] =
    typeof instancesPerZone === "number"
      ? zones.map((zone) => [zone, instancesPerZone])
      : (Object.entries(instancesPerZone) as [ZoneLetter, number][]);
  return new Map(
    counts.flatMap(([zone, count]) =>
      Array.from({ length: Number.isInteger(count) && count > 0 ? count : 0 }, (_, index): [string, ZoneLetter] => [
        `${zone}${index + 1}`,
        zone,
      ]),
    ),
  );
}

function checkInstanceSetProps(
  construct: Construct,
  props: InstanceSetProps,
  keys: ReadonlyMap<string, ZoneLetter>,
): void {
  const problems = new Problems(construct, "InstanceSet");
  const { elasticIp, instancesPerZone = 1, overrides = {}, subnets = "private" } = props;
  for (const count of typeof instancesPerZone === "number" ? [instancesPerZone] : Object.values(instancesPerZone))
    problems.require(
      Number.isInteger(count) && count >= 0,
      `instancesPerZone must be whole numbers from 0, got ${shown(count)}`,
    );
  problems.require(
    keys.size > 0,
    `instancesPerZone ${shown(instancesPerZone)} makes no instance of the tier ${shown(subnets)}: give a number from 1 for one of its zones`,
  );
  problems.require(
    typeof elasticIp !== "object",
    "elasticIp is one address for several instances: give each its own with true, or to one of them in overrides",
  );
  checkInstanceProfile(problems, props);
  for (const key of Object.keys(overrides)) {
    problems.require(
      keys.has(key),
      `overrides.${key} is none of the instances ${shown([...keys.keys()])}: drop or rename it`,
    );
  }
  problems.throwIfAny();
}
