import { Lazy, Token } from "cdktf";
import { Construct } from "constructs";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { awsName, Problems, shown, stableHash } from "../core";
import type { Peer, Port } from "../ec2";
import type { VpcLike } from "../vpc";
import type { TargetGroupAttachment, TargetGroupSender } from "./target";
import {
  healthCheckArguments,
  isNetworkProtocol,
  stickinessArguments,
  type TargetGroupOptions,
  type TargetProtocol,
} from "./target-group-options";
import { attachTarget, openTarget, targetPortOf, targetTypeOf, type Target } from "./target-kinds";

/** Where targets are, how they are spoken to and checked, and who they are. */
export interface TargetGroupProps extends TargetGroupOptions {
  /** VPC of the targets. Changing it replaces the group. */
  readonly vpc: VpcLike;
  /**
   * Port that the targets listen on. Changing it replaces the group, in use: the new one is there before the old one goes.
   * @default the one that the first target knows; Lambda functions have none
   */
  readonly port?: number;
  /**
   * Who is in the group.
   * @default nobody: `addTarget` adds them
   */
  readonly targets?: readonly Target[];
}

/** What a target group needs to know of the load balancer that sends to it. */
export interface TargetGroupOwner extends Construct {
  readonly arnSuffix: string;
  /** Where its traffic comes from, which the targets have to let in: itself, or addresses where it has no security group. */
  readonly origins: readonly Peer[];
}

/**
 * A target group: what a load balancer sends requests to, and how it finds out which of the targets work. Usually made by `forward`; by hand
 * where it is shared, or weighed against another.
 *
 * Replaced by: a change of `port`, `protocol`, `protocolVersion`, `targetType` or `vpc`. The new group is made and filled, listeners and rules
 * turn to it in place, and the old one goes. Costs: nothing.
 *
 * @example
 * const blue = new TargetGroup(this, "blue", { vpc, port: 8080, targets: [server], healthCheck: { path: "/health" } });
 * alb.forward("web", { to: blue });
 */
export class TargetGroup extends Construct implements TargetGroupAttachment {
  readonly arn: string;
  readonly arnSuffix: string;
  readonly loadBalancerArnSuffix: string;
  readonly targetType: TargetGroupAttachment["targetType"];
  readonly protocol: TargetProtocol;
  readonly port?: number;
  /** Itself: what a target is put into. */
  readonly scope: Construct = this;
  readonly resource: LbTargetGroup;

  private readonly props: TargetGroupProps;
  private readonly targets: Target[] = [];
  private readonly awaitingUse: ((sender: TargetGroupSender) => void)[] = [];
  private owner?: TargetGroupOwner;
  private sender?: TargetGroupSender;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { targets = [] } = props;
    this.props = props;
    this.targetType = props.targetType ?? (targets[0] && targetTypeOf(targets[0])) ?? "instance";
    this.protocol = props.protocol ?? (this.targetType === "alb" ? "TCP" : "HTTP");
    if (this.targetType !== "lambda") this.port = props.port ?? targets.map(targetPortOf).find((port) => port);
    this.checkProps();

    this.resource = this.createTargetGroup();
    this.arn = this.resource.arn;
    this.arnSuffix = this.resource.arnSuffix;
    this.loadBalancerArnSuffix = Lazy.stringValue({ produce: () => this.ownerArnSuffix() });
    for (const target of targets) this.addTarget(target);
  }

  /**
   * Puts one more target into the group, and lets the load balancer reach it.
   * @throws InvalidConstructError when it is of another type than the group's targets
   */
  addTarget(target: Target): void {
    const problems = new Problems(this, "TargetGroup");
    const type = targetTypeOf(target);
    problems.require(
      type === this.targetType,
      `a target of type ${shown(type)} cannot be in a group of type ${shown(this.targetType)}: give it a group of its own`,
    );
    problems.throwIfAny();
    this.targets.push(target);
    attachTarget(this, target, this.props.vpc.cidr);
    if (this.owner) this.openTo(this.owner, target);
  }

  /**
   * Used by the load balancer that sends to the group: lets it reach every target.
   * @throws InvalidConstructError when another one sends to it already, which AWS does not allow
   */
  belongTo(owner: TargetGroupOwner): void {
    if (this.owner === owner) return;
    const problems = new Problems(this, "TargetGroup");
    problems.require(
      this.owner === undefined,
      `only one load balancer can send to a group, got "${owner.node.path}" besides "${this.owner?.node.path}": make a group for each`,
    );
    problems.throwIfAny();
    this.owner = owner;
    for (const target of this.targets) this.openTo(owner, target);
  }

  /** Used by the load balancer that sends to the group: says by which listener or rule it does. */
  usedBy(sender: TargetGroupSender): void {
    if (this.sender) return;
    this.sender = sender;
    for (const use of this.awaitingUse) use(sender);
  }

  /** Does something once a load balancer sends to the group: now, or when one begins to. */
  whenUsed(use: (sender: TargetGroupSender) => void): void {
    if (this.sender) use(this.sender);
    else this.awaitingUse.push(use);
  }

  private openTo({ origins }: TargetGroupOwner, target: Target): void {
    openTarget(origins, this, target, (port) => this.portsOf(port));
  }

  /** What must be open at a target: for traffic, and for the health check where that comes another way. */
  private portsOf(port: number): Port[] {
    const healthPort = this.props.healthCheck?.port ?? port;
    const udp: Port[] = this.protocol.includes("UDP") ? [{ protocol: "udp", from: port, to: port }] : [];
    const tcp = this.protocol === "UDP" ? [healthPort] : [...new Set([port, healthPort])];
    return [...udp, ...tcp];
  }

  private ownerArnSuffix(): string {
    if (this.owner) return this.owner.arnSuffix;
    throw new Error(`TargetGroup "${this.node.path}" has no load balancer: forward to it, alb.forward("…", { to: … })`);
  }

  private checkProps(): void {
    const problems = new Problems(this, "TargetGroup");
    const { port, targetType } = this;
    problems.require(
      targetType === "lambda" || port !== undefined,
      "port must be given, got none: the targets do not say which one they listen on",
    );
    problems.require(
      port === undefined || Token.isUnresolved(port) || (Number.isInteger(port) && port >= 1 && port <= 65_535),
      `port must be 1 to 65535, got ${shown(port)}`,
    );
    problems.require(
      targetType !== "lambda" || this.props.port === undefined,
      `port must not be given for a Lambda function, got ${shown(this.props.port)}: it has none`,
    );
    problems.throwIfAny();
  }

  private createTargetGroup(): LbTargetGroup {
    const { props, targetType, protocol, port } = this;
    const lambda = targetType === "lambda";
    const http = !lambda && !isNetworkProtocol(protocol);
    const protocolVersion = http ? (props.protocolVersion ?? "HTTP1") : undefined;
    const replacing = [targetType, protocol, `${port}`, protocolVersion ?? "", vpcText(props.vpc)];
    return new LbTargetGroup(this, "Resource", {
      // What replaces the group is in its name: the old and the new one live side by side for a while.
      name: awsName(this, "targetGroup", stableHash(...replacing)),
      targetType,
      ...(lambda ? { lambdaMultiValueHeadersEnabled: props.multiValueHeaders ?? false } : {}),
      ...(lambda ? {} : { port, protocol, protocolVersion, vpcId: props.vpc.id }),
      healthCheck: healthCheckArguments(props, protocol, targetType, port),
      stickiness: stickinessArguments(props.stickiness),
      slowStart: props.slowStartSeconds,
      deregistrationDelay: props.deregistrationDelaySeconds?.toString(),
      loadBalancingAlgorithmType: props.algorithm,
      loadBalancingAnomalyMitigation: onOff(props.anomalyMitigation),
      loadBalancingCrossZoneEnabled: props.crossZone?.toString(),
      preserveClientIp: props.preserveClientIp?.toString(),
      proxyProtocolV2: props.proxyProtocol,
      connectionTermination: props.connectionTermination,
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? "on" : "off";
}

/** What tells one VPC from the next in a name: an id is not known yet, and a VPC of another block is another VPC. */
function vpcText({ cidr }: VpcLike): string {
  return Token.isUnresolved(cidr) ? "" : cidr;
}
