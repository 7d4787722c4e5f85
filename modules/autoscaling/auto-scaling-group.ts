import { Aspects, Lazy } from "cdktf";
import { Construct } from "constructs";
import { AutoscalingAttachment } from "@cdktf/provider-aws/lib/autoscaling-attachment";
import { AutoscalingGroup, type AutoscalingGroupConfig } from "@cdktf/provider-aws/lib/autoscaling-group";
import type { Alarm, Widget } from "../cloudwatch";
import { awsName, isLater, laterOf, Problems, sameStack, shown } from "../core";
import type { Connectable, Peer, Port, RuleOptions, SecurityGroupLike } from "../ec2";
import { constructId } from "../ec2/peer";
import type { LoadBalancerTarget, TargetGroupAttachment, TargetGroupSender } from "../elb/target";
import type { Grantee, Role } from "../iam";
import { checkAutoScalingGroupProps } from "./auto-scaling-group-problems";
import type { AutoScalingGroupProps } from "./auto-scaling-group-props";
import { createGroupAlarms } from "./group-alarms";
import { groupArguments } from "./group-arguments";
import { groupWidgets } from "./group-widgets";
import { GroupNotification } from "./group-notification";
import { LaunchTemplate, roleOf, securityGroupOf, type LaunchTemplateLike } from "./launch-template";
import { launchTags } from "./launch-tags";
import { LifecycleHook } from "./lifecycle-hook";
import { mixedInstancesPolicy } from "./mixed-instances";
import { requestSourceProblems } from "./request-sources";
import { countsRequests } from "./scaling-options";
import { ScalingPolicy } from "./scaling-policy";
import { ScheduledAction } from "./scheduled-action";

/**
 * Instances that are alike, as many as are needed: an Auto Scaling group with its launch template, spread over availability zones. What
 * breaks is replaced; a change of the template rolls through the group, and back when it fails.
 *
 * Replaced by: nothing that can be said here. Costs: its instances, volumes and alarms; the group itself nothing.
 *
 * @example
 * const web = new AutoScalingGroup(this, "web", {
 *   vpc, instanceType: "t4g.small", minSize: 2, maxSize: 6, port: 8080,
 *   scaling: { cpu: { type: "cpu", targetPercent: 60 }, requests: { type: "requests", targetPerInstance: 1000 } },
 *   schedules: { night: { recurrence: "0 20 * * *", timeZone: "Europe/Madrid", minSize: 1 } },
 * });
 * alb.forward("web", { to: web });
 */
export class AutoScalingGroup extends Construct implements Connectable, Grantee, LoadBalancerTarget {
  readonly arn: string;
  readonly name: string;
  readonly targetPort?: number;
  readonly launchTemplate: LaunchTemplateLike;
  /** The default alarms, by name: `cpuHigh`, `inServiceLow`. */
  readonly alarms: Readonly<Record<string, Alarm>>;
  /** By the names in `hooks`. */
  readonly hooks: Readonly<Record<string, LifecycleHook>>;
  /** By the names in `schedules`. */
  readonly schedules: Readonly<Record<string, ScheduledAction>>;
  /** By the names in `notifications`. */
  readonly notifications: Readonly<Record<string, GroupNotification>>;
  readonly resource: AutoscalingGroup;

  private readonly props: AutoScalingGroupProps;
  private readonly policiesByName: Record<string, ScalingPolicy> = {};
  private readonly targetGroups: TargetGroupAttachment[] = [];

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: AutoScalingGroupProps) {
    super(scope, id);
    checkAutoScalingGroupProps(this, props);
    this.props = props;
    this.targetPort = props.port;

    this.launchTemplate = props.launchTemplate ?? this.createLaunchTemplate();
    this.resource = this.createGroup();
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    this.createPolicies();
    const made = { groupName: this.name };
    this.schedules = each(
      props.schedules,
      (name, o) => new ScheduledAction(this, `${name}_schedule`, { ...o, ...made }),
    );
    this.hooks = each(props.hooks, (name, o) => new LifecycleHook(this, `${name}_hook`, { ...o, ...made }));
    this.notifications = each(
      props.notifications,
      (name, o) => new GroupNotification(this, `${name}_notification`, { ...o, ...made }),
    );
    this.alarms = props.alarms ? createGroupAlarms(this, props.alarms, props) : {};
    // Load balancers come later, in this stack or another: only then is it known whose requests count.
    Aspects.of(this).add({ visit: (construct) => construct === this && this.checkTargetGroups() });
  }

  /**
   * The instances' security group.
   * @throws Error when `launchTemplate` is from outside and does not say which it is
   */
  get securityGroup(): SecurityGroupLike {
    return this.launchTemplate.securityGroup ?? this.unknown("securityGroup");
  }

  /**
   * What the instances act under.
   * @throws Error when `launchTemplate` is from outside and does not say which it is
   */
  get role(): Role {
    return this.launchTemplate.role ?? this.unknown("role");
  }

  /** By the names in `scaling`; those that count requests once the group belongs to a target group. */
  get policies(): Readonly<Record<string, ScalingPolicy>> {
    return this.policiesByName;
  }

  /**
   * Lets `client` reach the instances.
   * @param port by default the group's own
   * @throws Error when neither the call nor the group says a port
   */
  allowFrom(client: Peer, port: Port | undefined = this.targetPort, options?: RuleOptions): void {
    if (port === undefined) {
      throw new Error(
        `AutoScalingGroup "${this.node.path}" has no port of its own: say which one, allowFrom(client, 80)`,
      );
    }
    this.securityGroup.allowFrom(client, port, options);
  }

  /** CPU, instances and traffic, for a `Dashboard`. */
  widgets(): Record<string, Widget> {
    return groupWidgets(this.name);
  }

  /**
   * Used by load balancers: puts the instances into a target group, in the later of the two stacks. From then on the load balancer's health checks
   * count.
   * @throws InvalidConstructError when the target group does not take instances
   */
  attachToTargetGroup(targetGroup: TargetGroupAttachment): void {
    const problems = new Problems(this, "AutoScalingGroup");
    problems.require(
      targetGroup.targetType === "instance",
      `it can only join a target group of type "instance", got ${shown(targetGroup.targetType)} of "${targetGroup.scope.node.path}"`,
    );
    problems.throwIfAny();
    if (this.targetGroups.includes(targetGroup)) return;
    this.targetGroups.push(targetGroup);
    this.createAttachment(targetGroup);
  }

  private unknown(what: string): never {
    throw new Error(
      `AutoScalingGroup "${this.node.path}" has a launch template from outside that does not say its ${what}: ` +
        `give it with the template, launchTemplate: { id, version, ${what} }`,
    );
  }

  private get instanceTags(): Record<string, string> {
    return { Name: awsName(this, "tag"), ...this.props.tags };
  }

  private createLaunchTemplate(): LaunchTemplate {
    const { props } = this;
    const [firstType] = Object.keys(props.instanceTypes ?? {});
    return new LaunchTemplate(this, "launch_template", {
      ...props,
      // The types of the group go before the template's own; its image is found by it.
      instanceType: props.instanceType ?? firstType,
      securityGroup: securityGroupOf(this, props),
      role: roleOf(this, props),
      publicIp: props.subnets === "public",
      tags: this.instanceTags,
    });
  }

  private createGroup(): AutoscalingGroup {
    const { id, version } = this.launchTemplate;
    const mixed = mixedInstancesPolicy(this.props, this.launchTemplate);
    return new AutoscalingGroup(this, "Resource", {
      name: awsName(this, "autoScalingGroup"),
      ...(mixed ? { mixedInstancesPolicy: mixed } : { launchTemplate: { id, version } }),
      ...groupArguments(this.props),
      healthCheckType: Lazy.stringValue({ produce: () => this.healthCheckType() }),
      tag: this.tags(),
    });
  }

  private healthCheckType(): string {
    return this.props.healthCheckType ?? (this.targetGroups.length > 0 ? "ELB" : "EC2");
  }

  private tags(): AutoscalingGroupConfig["tag"] {
    return Lazy.anyValue({
      produce: () =>
        Object.entries(launchTags(this, this.instanceTags)).map(([key, value]) => ({
          key,
          value,
          propagate_at_launch: true,
        })),
    });
  }

  private createPolicies(): void {
    for (const [name, options] of Object.entries(this.props.scaling ?? {})) {
      if (countsRequests(options)) continue;
      this.policiesByName[name] = new ScalingPolicy(this, `${name}_policy`, { groupName: this.name, options });
    }
  }

  /**
   * An attachment of its own, and nothing about target groups on the group itself: the group may be in an earlier stack, which cannot know of them. The
   * provider takes what the group does not say from AWS (`target_group_arns` is computed), so the two do not fight.
   */
  private createAttachment(targetGroup: TargetGroupAttachment): void {
    const here = !isLater(targetGroup.scope, this);
    const scope = here ? this : targetGroup.scope;
    const id = here ? `in_${constructId(this, targetGroup.scope)}` : constructId(scope, this);
    const attachment = new AutoscalingAttachment(scope, id, {
      autoscalingGroupName: this.name,
      lbTargetGroupArn: targetGroup.arn,
      // A target group that is replaced has its instances before the listener turns to it.
      lifecycle: { createBeforeDestroy: true },
    });
    targetGroup.whenUsed((sender) => this.createRequestPolicies(targetGroup, attachment, sender));
  }

  /**
   * Policies that count the requests of a target group. AWS refuses them until the group belongs to it, and it to a load balancer: they are made in the
   * latest stack of the three, after both.
   */
  private createRequestPolicies(
    targetGroup: TargetGroupAttachment,
    attachment: AutoscalingAttachment,
    { type, loadBalancer, resource }: TargetGroupSender,
  ): void {
    for (const [name, options] of Object.entries(this.props.scaling ?? {})) {
      const wanted = countsRequests(options) && (options.targetGroup ?? targetGroup.scope.node.id);
      if (wanted !== targetGroup.scope.node.id || this.policiesByName[name]) continue;
      const problems = new Problems(this, "AutoScalingGroup");
      problems.require(
        type === "application",
        `scaling.${name} counts the requests of an Application Load Balancer, got "${loadBalancer.node.path}", which counts connections: ` +
          "scale on cpu, on the network, or on a metric of its own",
      );
      problems.throwIfAny();
      const [joined, ofLoadBalancer] = [
        laterOf<Construct, Construct>(targetGroup.scope, this),
        isLater(loadBalancer, attachment),
      ];
      const scope = ofLoadBalancer ? loadBalancer : joined;
      const prefix = ofLoadBalancer ? constructId(scope, this) : attachment.node.id;
      this.policiesByName[name] = new ScalingPolicy(
        scope,
        scope === this ? `${name}_policy` : `${prefix}_${name}_policy`,
        {
          groupName: this.name,
          options,
          resourceLabel: `${targetGroup.loadBalancerArnSuffix}/${targetGroup.arnSuffix}`,
          dependsOn: [attachment, resource].filter((needed) => sameStack(needed, scope)),
        },
      );
    }
  }

  /** @throws InvalidConstructError when it is not clear whose requests a policy counts */
  private checkTargetGroups(): void {
    const problems = new Problems(this, "AutoScalingGroup");
    const known = this.targetGroups.map((targetGroup) => targetGroup.scope.node.id);
    for (const problem of requestSourceProblems(this.props.scaling, known, Object.keys(this.policiesByName)))
      problems.add(problem);
    problems.throwIfAny();
  }
}

/** One of each entry, under its name. */
function each<Options, Made>(
  entries: Readonly<Record<string, Options>> = {},
  make: (name: string, options: Options) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(entries).map(([name, options]) => [name, make(name, options)]));
}
