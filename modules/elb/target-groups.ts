import { Problems, shown } from "../core";
import type { VpcLike } from "../vpc";
import { createUnhealthyHostsAlarm, type GroupAlarmOptions } from "./alarms";
import {
  isTargetGroup,
  targetGroupOptions,
  targetsOf,
  type Destination,
  type ForwardOptions,
  type WeightedDestinations,
} from "./forward-options";
import { TargetGroup, type TargetGroupOwner } from "./target-group";
import type { TargetGroupOptions, TargetProtocol } from "./target-group-options";
import { targetPortOf, type Target } from "./target-kinds";

/** A group and its part of the requests. */
export interface Share {
  readonly group: TargetGroup;
  readonly weight: number;
}

type GroupOptions = Pick<ForwardOptions, "port" | "weight"> &
  TargetGroupOptions & {
    /**
     * What the targets of groups that are made here speak. A group that was made by hand says it for itself.
     * @default "HTTP"
     */
    readonly defaultProtocol?: TargetProtocol;
  };

/** Ids that a load balancer's own parts have: a target group of the same name would have their place. */
const OWN_PARTS = /^(Resource|security_group|logs|web_acl_association|listener_\d+|alarm_.*|elastic_ip_[a-h])$/;

/** The target groups that a load balancer sends to: those that it makes, and those that it is given. */
export class TargetGroups {
  readonly byName: Record<string, TargetGroup> = {};
  private watchedBy?: GroupAlarmOptions;

  /**
   * @param owner the load balancer
   * @param noun its class, for messages
   */
  constructor(
    private readonly owner: TargetGroupOwner,
    private readonly noun: "ApplicationLoadBalancer" | "NetworkLoadBalancer",
    private readonly vpc: VpcLike,
  ) {}

  /**
   * The groups that `forward` names, made where they are not there yet.
   * @throws InvalidConstructError when a name is taken, or a port is not known
   */
  shares(name: string, to: Destination | Pick<WeightedDestinations, "weighted">, options: GroupOptions): Share[] {
    if (!("weighted" in to)) return [{ group: this.group(name, to, options), weight: options.weight ?? 1 }];
    const problems = new Problems(this.owner, this.noun);
    problems.require(
      Object.keys(to.weighted).length > 0,
      `forward "${name}" must have somewhere to go, got no weighted destinations: name one`,
    );
    problems.throwIfAny();
    return Object.entries(to.weighted).map(([key, { to: destination, weight, port = options.port }]) => ({
      group: this.group(`${name}_${key}`, destination, { ...options, port }),
      weight,
    }));
  }

  /** Alarms on unhealthy targets, for the groups that there are and those that follow. */
  watch(options: GroupAlarmOptions): void {
    this.watchedBy = options;
    for (const [name, group] of Object.entries(this.byName)) this.createAlarm(name, group, options);
  }

  /** One group, by the name of its `forward`. */
  group(name: string, to: Destination, options: GroupOptions): TargetGroup {
    this.check(name, to, options);
    const group = isTargetGroup(to) ? to : this.createGroup(name, targetsOf(to), options);
    group.belongTo(this.owner);
    this.byName[name] = group;
    if (this.watchedBy) this.createAlarm(name, group, this.watchedBy);
    return group;
  }

  private createGroup(name: string, targets: readonly Target[], options: GroupOptions): TargetGroup {
    const { port, defaultProtocol } = options;
    const described = targetGroupOptions(options);
    const protocol = described.protocol ?? defaultProtocol;
    return new TargetGroup(this.owner, name, { vpc: this.vpc, port, targets, ...described, protocol });
  }

  private createAlarm(name: string, group: TargetGroup, options: GroupAlarmOptions): void {
    const namespace = this.noun === "NetworkLoadBalancer" ? "AWS/NetworkELB" : "AWS/ApplicationELB";
    createUnhealthyHostsAlarm(this.owner, name, group, namespace, options);
  }

  private check(name: string, to: Destination, options: GroupOptions): void {
    const problems = new Problems(this.owner, this.noun);
    problems.require(this.byName[name] === undefined, `there is a forward "${name}" already: choose another name`);
    problems.require(
      !OWN_PARTS.test(name),
      `a forward must not be named ${shown(name)}, which is an address of the load balancer's own: rename it`,
    );
    if (isTargetGroup(to)) {
      const said = Object.entries({ ...targetGroupOptions(options), port: options.port });
      for (const [option, value] of said.filter(([, given]) => given !== undefined)) {
        problems.add(`${option} of forward "${name}" belongs to its target group, got ${shown(value)}: say it there`);
      }
    } else {
      const targets = targetsOf(to);
      problems.require(
        options.port !== undefined ||
          targets.some((target) => targetPortOf(target) !== undefined || "lambda" in target),
        `forward "${name}" needs port, got none: its target does not know which one it listens on`,
      );
    }
    problems.throwIfAny();
  }
}
