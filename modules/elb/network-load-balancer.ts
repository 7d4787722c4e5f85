import { Construct } from "constructs";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb, type LbSubnetMapping } from "@cdktf/provider-aws/lib/lb";
import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { Widget } from "../cloudwatch";
import { awsName, contextOf, laterOf, Problems, shown } from "../core";
import { SecurityGroup, type Connectable, type Peer, type Port, type SecurityGroupLike } from "../ec2";
import type { SubnetTier, ZoneLetter } from "../vpc";
import { logArguments } from "./access-logs";
import type { GroupAlarmOptions } from "./alarms";
import { forwardAction, weightedAction } from "./actions";
import { ingressPeers, ipAddressTypeOf } from "./ingress";
import { TLS_POLICY } from "./load-balancer-props";
import { NetworkListener, networkPorts, type NetworkProtocol } from "./network-listener";
import type { NetworkForwardOptions, NetworkLoadBalancerProps } from "./network-load-balancer-props";
import type { TargetGroup } from "./target-group";
import { TargetGroups, type Share } from "./target-groups";
import { networkWidgets } from "./widgets";

/**
 * A Network Load Balancer: connections of TCP, TLS and UDP to targets in several zones, with addresses that can be fixed. Its security group is opened by
 * its listeners, and lets out to its targets only.
 *
 * Replaced by: a change of `vpc`, `internetFacing`, `elasticIps` or `privateIps`, and by a zone that is dropped. Costs: by the hour, and by what
 * goes through. https://aws.amazon.com/elasticloadbalancing/pricing/
 *
 * @example
 * const nlb = new NetworkLoadBalancer(this, "nlb", { vpc, internetFacing: true, elasticIps: true });
 * nlb.forward("mqtt", { to: broker, port: 1883, listenerPort: 8883 });
 */
export class NetworkLoadBalancer extends Construct implements Connectable {
  readonly arn: string;
  /** `net/<name>/<id>`: dimension `LoadBalancer` of its metrics. */
  readonly arnSuffix: string;
  /** What clients connect to. With `zoneId` it is all that an alias record needs. */
  readonly dnsName: string;
  /** Route 53's zone of `dnsName`. */
  readonly zoneId: string;
  /** Where its targets' traffic comes from: itself, or addresses where it has no security group. */
  readonly origins: readonly Peer[];
  /** By port. */
  readonly listeners: Readonly<Record<number, NetworkListener>>;
  /** Those that it sends to, by the name of their `forward`. */
  readonly targetGroups: Readonly<Record<string, TargetGroup>>;
  /** The new Elastic IPs by zone; empty when there are none, or they were given. */
  readonly elasticIps: { readonly [zone in ZoneLetter]?: Eip };
  readonly resource: Lb;

  private readonly props: NetworkLoadBalancerProps;
  private readonly ownGroup?: SecurityGroupLike;
  private readonly groups: TargetGroups;
  private readonly listenerByPort: Record<number, NetworkListener> = {};

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    this.props = props;
    this.checkProps();
    this.listeners = this.listenerByPort;

    const { vpc, securityGroup } = props;
    if (securityGroup !== "none")
      this.ownGroup = securityGroup ?? new SecurityGroup(this, "security_group", { vpc, egress: "none" });
    this.origins = this.ownGroup ? [this] : [...ingressPeers(props), { cidr: vpc.cidr }];
    this.elasticIps = this.createElasticIps();
    this.resource = this.createLoadBalancer();
    this.arn = this.resource.arn;
    this.arnSuffix = this.resource.arnSuffix;
    this.dnsName = this.resource.dnsName;
    this.zoneId = this.resource.zoneId;
    this.groups = new TargetGroups(this, "NetworkLoadBalancer", props.vpc);
    this.targetGroups = this.groups.byName;
  }

  /**
   * Sends what comes to a port to a target. Makes the listener, the target group and the security group rules that it takes.
   * @param name becomes part of addresses: `aws_lb_target_group.<load balancer>_<name>`
   * @throws InvalidConstructError when the port is taken, TLS has no certificate, or the targets' port is not known
   */
  forward(name: string, options: NetworkForwardOptions): void {
    this.checkForward(name, options);
    const { to, port, listenerPort, protocol = "TCP", targetProtocol } = options;
    const defaultProtocol = protocol === "TLS" ? "TCP" : protocol;
    const shares = this.groups.shares(name, to, { ...options, port, protocol: targetProtocol, defaultProtocol });
    for (const share of shares) this.checkStack(name, share.group);
    this.createListener(listenerPort, protocol, shares, options);
  }

  /**
   * What its clients and its targets know it by.
   * @throws Error when it was made without a group
   */
  get securityGroup(): SecurityGroupLike {
    if (this.ownGroup) return this.ownGroup;
    throw new Error(
      `NetworkLoadBalancer "${this.node.path}" has no security group: leave out securityGroup: "none", or name addresses instead`,
    );
  }

  /** Lets `client` reach the load balancer at a listener's port. */
  allowFrom(client: Peer, port: Port): void {
    this.securityGroup.allowFrom(client, port);
  }

  /** Alarms on the unhealthy targets of every group, of those that follow too. */
  alarms(options: GroupAlarmOptions): void {
    this.groups.watch(options);
  }

  /** Connections, bytes and resets, for a `Dashboard`. */
  widgets(): Record<string, Widget> {
    return networkWidgets(this.arnSuffix);
  }

  private get subnetTier(): SubnetTier {
    const { subnets, internetFacing } = this.props;
    return subnets ?? (internetFacing ? "public" : "private");
  }

  /** The zones that it is in. */
  private get zones(): ZoneLetter[] {
    const { vpc } = this.props;
    return vpc.availabilityZones.filter((zone) => vpc.subnets[this.subnetTier]?.[zone] !== undefined);
  }

  private createListener(
    port: number,
    protocol: NetworkProtocol,
    shares: readonly Share[],
    { alpnPolicy, idleTimeoutSeconds }: NetworkForwardOptions,
  ): void {
    const { certificate, certificates, tlsPolicy = TLS_POLICY } = this.props;
    const listener = new NetworkListener(this, `listener_${port}`, {
      loadBalancer: this,
      port,
      protocol,
      action: sharesAction(shares),
      certificate,
      certificates,
      tlsPolicy,
      alpnPolicy,
      idleTimeoutSeconds,
    });
    this.listenerByPort[port] = listener;
    for (const { group } of shares) group.usedBy({ type: "network", loadBalancer: this, resource: listener.resource });
    if (!this.ownGroup) return;
    for (const peer of ingressPeers(this.props)) {
      for (const open of networkPorts(protocol, port)) this.allowFrom(peer, open);
    }
  }

  private createElasticIps(): { [zone in ZoneLetter]?: Eip } {
    if (this.props.elasticIps !== true) return {};
    return Object.fromEntries(this.zones.map((zone) => [zone, new Eip(this, `elastic_ip_${zone}`, { domain: "vpc" })]));
  }

  private createLoadBalancer(): Lb {
    const { props } = this;
    return new Lb(this, "Resource", {
      name: awsName(this, "loadBalancer"),
      loadBalancerType: "network",
      internal: !props.internetFacing,
      ...(this.ownGroup ? { securityGroups: [this.ownGroup.id] } : {}),
      ipAddressType: ipAddressTypeOf(props),
      enableDeletionProtection: props.deletionProtection ?? contextOf(this).tier === "production",
      enableCrossZoneLoadBalancing: props.crossZone ?? true,
      enableZonalShift: props.zonalShift,
      ...this.subnetArguments(),
      ...logArguments(this, props, "network"),
    });
  }

  /** Subnets alone, unless there are addresses to go with them. */
  private subnetArguments(): { subnets?: string[]; subnetMapping?: LbSubnetMapping[] } {
    const { vpc, elasticIps, privateIps } = this.props;
    if (!elasticIps && !privateIps) return { subnets: vpc.subnetIds(this.subnetTier) };
    const given = typeof elasticIps === "object" ? elasticIps : {};
    const subnetMapping = this.zones.map((zone) => ({
      subnetId: vpc.subnets[this.subnetTier]?.[zone]?.id ?? "",
      allocationId: this.elasticIps[zone]?.id ?? given[zone],
      privateIpv4Address: privateIps?.[zone],
    }));
    return { subnetMapping };
  }

  private checkProps(): void {
    const problems = new Problems(this, "NetworkLoadBalancer");
    const { internetFacing = false, elasticIps = false, privateIps, certificate, certificates } = this.props;
    problems.require(
      certificates === undefined || certificate !== undefined,
      "certificates is for TLS listeners and needs a certificate of the load balancer's own, got none: give certificate",
    );
    problems.require(
      elasticIps === false || internetFacing,
      `elasticIps need internetFacing, got ${shown(elasticIps)}: nobody could reach the addresses`,
    );
    problems.require(
      privateIps === undefined || !internetFacing,
      `privateIps are for load balancers that do not face the internet, got ${shown(privateIps)}: use elasticIps`,
    );
    for (const [name, byZone] of Object.entries({ elasticIps, privateIps })) {
      if (typeof byZone !== "object") continue;
      const named = Object.keys(byZone);
      problems.require(
        named.length === this.zones.length && this.zones.every((zone) => named.includes(zone)),
        `${name} must name an address for each of the zones ${shown(this.zones)}, got ${shown(named)}`,
      );
    }
    problems.throwIfAny();
  }

  /**
   * UDP over IPv6 takes a prefix for source NAT, which provider 5.100 cannot switch on.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
   */
  private checkForward(name: string, { listenerPort, protocol = "TCP", alpnPolicy }: NetworkForwardOptions): void {
    const problems = new Problems(this, "NetworkLoadBalancer");
    problems.require(
      protocol === "TLS" || alpnPolicy === undefined,
      `alpnPolicy of "${name}" is for TLS, got ${shown(alpnPolicy)} for ${protocol}: drop it, or say protocol "TLS"`,
    );
    problems.require(
      protocol !== "TLS" || this.props.certificate !== undefined,
      `TLS at port ${listenerPort} needs a certificate, got none ("${name}"): give certificate, or protocol "TCP" and let the targets do TLS`,
    );
    problems.require(
      !protocol.includes("UDP") || ipAddressTypeOf(this.props) === "ipv4",
      `${protocol} at port ${listenerPort} ("${name}") is not possible with IPv6 clients, got ipAddressType "dualstack", the default in a VPC with ` +
        'IPv6: give the load balancer ipAddressType: "ipv4"',
    );
    problems.require(
      this.listenerByPort[listenerPort] === undefined,
      `port ${listenerPort} has a forward already, got "${name}" besides: take another listenerPort, or put the targets into one group`,
    );
    problems.throwIfAny();
  }

  /** A listener is made with its group: it cannot be in an earlier stack. */
  private checkStack(name: string, group: TargetGroup): void {
    const problems = new Problems(this, "NetworkLoadBalancer");
    problems.require(
      laterOf<Construct, Construct>(group, this) === this,
      `"${name}" sends to a group of a later stack, "${group.node.path}": make the group here, and let its targets join it from there`,
    );
    problems.throwIfAny();
  }
}

/** One group plainly, several by weight. */
function sharesAction(shares: readonly Share[]): LbListenerRuleAction {
  const [only] = shares;
  if (only && shares.length === 1) return forwardAction(only.group.arn);
  return weightedAction(shares.map(({ group, weight }) => ({ arn: group.arn, weight })));
}
