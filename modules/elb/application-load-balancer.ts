import { Construct } from "constructs";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { Widget } from "../cloudwatch";
import { awsName, contextOf, laterOf, Problems, sameStack, shown } from "../core";
import { SecurityGroup, type Connectable, type Peer, type SecurityGroupLike } from "../ec2";
import { constructId } from "../ec2/peer";
import { logArguments } from "./access-logs";
import { fixedResponseAction, forwardAction, redirectAction, weightedAction, withAuthentication } from "./actions";
import { createApplicationAlarms, type LoadBalancerAlarmOptions } from "./alarms";
import { TLS_POLICY, type ApplicationLoadBalancerProps } from "./load-balancer-props";
import { authenticationProblems } from "./authentication";
import { conditionBlocks, conditionsOf } from "./conditions";
import type { ForwardOptions, RedirectOptions, RespondOptions, RouteOptions } from "./forward-options";
import { everywhere, ingressPeers, ipAddressTypeOf } from "./ingress";
import { Listener } from "./listener";
import type { LoadBalancerTarget, TargetGroupAttachment } from "./target";
import type { TargetGroup } from "./target-group";
import { TargetGroups, type Share } from "./target-groups";
import { applicationWidgets } from "./widgets";

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
/** Who says the default that several forwards share by weight. */
const SHARED_DEFAULT = "the forwards with a weight";

/**
 * An Application Load Balancer: HTTP and HTTPS to targets in several zones, chosen by host, path and more. With a certificate it listens at 443 and
 * redirects from 80. Its security group is opened by its listeners, and lets out to its targets only.
 *
 * Replaced by: a change of `vpc` or `internetFacing`. Costs: by the hour, and by what goes through.
 * https://aws.amazon.com/elasticloadbalancing/pricing/
 *
 * @example
 * const alb = new ApplicationLoadBalancer(this, "alb", { vpc, certificate, internetFacing: true });
 * alb.forward("web", { to: web });
 * alb.forward("api", { to: api, hosts: ["api.example.com"], paths: ["/v1/*"] });
 */
export class ApplicationLoadBalancer extends Construct implements Connectable, LoadBalancerTarget {
  readonly arn: string;
  /** `app/<name>/<id>`: dimension `LoadBalancer` of its metrics. */
  readonly arnSuffix: string;
  /** What clients connect to. With `zoneId` it is all that an alias record needs. */
  readonly dnsName: string;
  /** Route 53's zone of `dnsName`. */
  readonly zoneId: string;
  readonly securityGroup: SecurityGroupLike;
  /** By port. */
  readonly listeners: Readonly<Record<number, Listener>>;
  /** Those that it sends to, by the name of their `forward`; of weighted ones `<forward>_<name>`. */
  readonly targetGroups: Readonly<Record<string, TargetGroup>>;
  /** Behind a Network Load Balancer: the port that it is reached at. */
  readonly targetPort: number;
  /** Behind a Network Load Balancer: the type of target that it is. */
  readonly targetType = "alb";
  /** Where its targets' traffic comes from: itself. */
  readonly origins: readonly Peer[] = [this];
  readonly resource: Lb;

  private readonly props: ApplicationLoadBalancerProps;
  private readonly groups: TargetGroups;
  private readonly listenerByPort: Record<number, Listener> = {};
  /** By port: what forwards with a weight divide among themselves. */
  private readonly defaultShares: Record<number, Share[]> = {};

  /** @throws InvalidConstructError when `certificates` or `mutualTls` are given where there is no HTTPS */
  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps) {
    super(scope, id);
    const problems = new Problems(this, "ApplicationLoadBalancer");
    for (const option of ["certificates", "mutualTls"] as const)
      problems.require(
        props[option] === undefined || props.certificate !== undefined,
        `${option} is for HTTPS listeners and needs a certificate of the load balancer's own, got none: give certificate`,
      );
    problems.throwIfAny();
    this.props = props;
    this.targetPort = props.certificate ? HTTPS_PORT : HTTP_PORT;
    this.listeners = this.listenerByPort;

    this.securityGroup =
      props.securityGroup ?? new SecurityGroup(this, "security_group", { vpc: props.vpc, egress: "none" });
    this.resource = this.createLoadBalancer();
    this.arn = this.resource.arn;
    this.arnSuffix = this.resource.arnSuffix;
    this.dnsName = this.resource.dnsName;
    this.zoneId = this.resource.zoneId;
    this.groups = new TargetGroups(this, "ApplicationLoadBalancer", props.vpc);
    this.targetGroups = this.groups.byName;
    this.createListeners();
    this.createWebAclAssociation();
  }

  /**
   * Sends requests to a target, or divides them among several. Without conditions this is what the listener does by default; with conditions it
   * is a rule. Makes the listener, the target group and the security group rules that it takes.
   * @param name becomes part of addresses: `aws_lb_target_group.<load balancer>_<name>`
   * @throws InvalidConstructError when the listener has no certificate, a port is not known, or rules contradict each other
   */
  forward(name: string, options: ForwardOptions): void {
    const { to, weight, authenticate } = options;
    const listener = this.listenerFor(name, options);
    this.checkWeight(name, options);
    const own = this.groups.shares(name, to, options);
    if (weight === undefined) {
      this.route(name, listener, options, withAuthentication(sharesAction(own, to), authenticate), own);
    } else {
      const shares = (this.defaultShares[listener.port] ??= []);
      shares.push(...own);
      const action = weightedAction(shares.map(({ group, weight: share }) => ({ arn: group.arn, weight: share })));
      this.route(SHARED_DEFAULT, listener, options, withAuthentication(action, authenticate), own);
    }
  }

  /** Sends clients elsewhere: without conditions by default, with conditions by a rule. */
  redirect(name: string, options: RedirectOptions): void {
    const listener = this.listenerFor(name, options);
    this.route(name, listener, options, withAuthentication(redirectAction(options.to), options.authenticate));
  }

  /** Answers without a target: without conditions by default, with conditions by a rule. */
  respond(name: string, options: RespondOptions): void {
    const listener = this.listenerFor(name, options);
    this.route(name, listener, options, withAuthentication(fixedResponseAction(options), options.authenticate));
  }

  /** Lets `client` reach the load balancer at a listener's port. */
  allowFrom(client: Peer, port: number): void {
    this.securityGroup.allowFrom(client, port);
  }

  /** Alarms on errors, answer times, and the unhealthy targets of every group, of those that follow too. */
  alarms(options: LoadBalancerAlarmOptions): void {
    createApplicationAlarms(this, this.arnSuffix, options);
    this.groups.watch(options);
  }

  /** Requests, errors and answer times, for a `Dashboard`. */
  widgets(): Record<string, Widget> {
    return applicationWidgets(this.arnSuffix);
  }

  /** Used by a Network Load Balancer that sends to this one. AWS wants a listener at the port first. */
  attachToTargetGroup(group: TargetGroupAttachment): void {
    const { port } = group;
    const listener = port === undefined ? undefined : this.listenerByPort[port];
    const problems = new Problems(this, "ApplicationLoadBalancer");
    problems.require(
      listener !== undefined,
      `it must have a listener at port ${port} before a Network Load Balancer sends there: forward to something at this port first`,
    );
    problems.throwIfAny();
    const scope = laterOf<Construct, Construct>(this, group.scope);
    const id = scope === this ? `in_${constructId(this, group.scope)}` : constructId(group.scope, this);
    new LbTargetGroupAttachment(scope, id, {
      targetGroupArn: group.arn,
      targetId: this.arn,
      port,
      lifecycle: { createBeforeDestroy: true },
      ...(listener && sameStack(scope, listener) ? { dependsOn: [listener.resource] } : {}),
    });
  }

  /** A rule when there are conditions, else the listener's default. */
  private route(
    name: string,
    listener: Listener,
    options: RouteOptions,
    actions: LbListenerRuleAction[],
    shares: readonly Share[] = [],
  ): void {
    const conditions = conditionsOf(options);
    const isRule = conditionBlocks(conditions).length > 0;
    const { authenticate, priority } = options;
    // What it sends to may be in a later stack: then that is where the rule is.
    const scope = shares.reduce<Construct>(
      (latest, { group }) => laterOf<Construct, Construct>(group, latest),
      listener,
    );
    const problems = new Problems(this, "ApplicationLoadBalancer");
    if (authenticate) {
      for (const problem of authenticationProblems(authenticate, listener.protocol))
        problems.add(`"${name}": ${problem}`);
    }
    problems.require(
      isRule || priority === undefined,
      `priority of "${name}" needs conditions, got ${shown(priority)}: the default has no place among the rules`,
    );
    problems.require(
      isRule || scope === listener,
      `"${name}" sends to a group of a later stack, "${scope.node.path}", which a default cannot: give it conditions, or make the group here`,
    );
    problems.throwIfAny();
    if (authenticate) this.openToSignIn();
    const resource = isRule
      ? listener.addRule(name, { conditions, actions, priority, scope })
      : listener.setDefault(name, actions, name === SHARED_DEFAULT);
    for (const { group } of shares) group.usedBy({ type: "application", loadBalancer: this, resource });
  }

  private checkWeight(name: string, options: ForwardOptions): void {
    const problems = new Problems(this, "ApplicationLoadBalancer");
    const { to, weight, authenticate } = options;
    const isDefault = conditionBlocks(conditionsOf(options)).length === 0;
    problems.require(
      weight === undefined || (isDefault && !("weighted" in to) && authenticate === undefined),
      `weight of "${name}" is a share of the listener's default, got ${shown(weight)} with conditions, authenticate or weighted ` +
        "destinations: say to: { weighted: { ... } } with a weight for each",
    );
    problems.throwIfAny();
  }

  /** The listener that a route is for, made when it is first asked for. */
  private listenerFor(name: string, { listenerPort: port = HTTPS_PORT, listenerProtocol }: RouteOptions): Listener {
    const existing = this.listenerByPort[port];
    const protocol = listenerProtocol ?? existing?.protocol ?? (port === HTTP_PORT ? "HTTP" : "HTTPS");
    const problems = new Problems(this, "ApplicationLoadBalancer");
    problems.require(
      protocol === "HTTP" || this.props.certificate !== undefined,
      `HTTPS at port ${port} needs a certificate, got none ("${name}"): give certificate, or ` +
        (port === HTTPS_PORT ? "listenerPort: 80 for plain HTTP" : 'listenerProtocol: "HTTP"'),
    );
    problems.require(
      existing === undefined || existing.protocol === protocol,
      `port ${port} speaks ${existing?.protocol}, got ${protocol} ("${name}"): say the same, or take another listenerPort`,
    );
    problems.throwIfAny();
    return existing ?? this.createListener(port, protocol);
  }

  private createListener(port: number, protocol: "HTTP" | "HTTPS"): Listener {
    const { certificate, certificates, mutualTls, tlsPolicy = TLS_POLICY } = this.props;
    const https = protocol === "HTTPS" ? { certificate, certificates, mutualTls } : {};
    const listener = new Listener(this, `listener_${port}`, {
      loadBalancer: this,
      port,
      protocol,
      tlsPolicy,
      ...https,
    });
    this.listenerByPort[port] = listener;
    for (const peer of ingressPeers(this.props)) this.allowFrom(peer, port);
    return listener;
  }

  private createListeners(): void {
    const { certificate, redirectHttpToHttps = certificate !== undefined } = this.props;
    if (certificate) this.createListener(HTTPS_PORT, "HTTPS");
    if (!redirectHttpToHttps) return;
    const to = redirectAction({ protocol: "HTTPS", port: HTTPS_PORT });
    this.createListener(HTTP_PORT, "HTTP").setDefault("redirectHttpToHttps (false switches it off)", [to]);
  }

  /** It asks the identity provider by itself, over HTTPS. */
  private openToSignIn(): void {
    for (const peer of everywhere(this.props)) this.securityGroup.allowTo(peer, HTTPS_PORT);
  }

  private createLoadBalancer(): Lb {
    const { props } = this;
    const { vpc, internetFacing = false } = props;
    return new Lb(this, "Resource", {
      name: awsName(this, "loadBalancer"),
      loadBalancerType: "application",
      internal: !internetFacing,
      subnets: vpc.subnetIds(props.subnets ?? (internetFacing ? "public" : "private")),
      securityGroups: [this.securityGroup.id],
      ipAddressType: ipAddressTypeOf(props),
      enableDeletionProtection: props.deletionProtection ?? contextOf(this).tier === "production",
      idleTimeout: props.idleTimeoutSeconds,
      clientKeepAlive: props.clientKeepAliveSeconds,
      enableHttp2: props.http2 ?? true,
      xffHeaderProcessingMode: props.forwardedForHeader,
      enableXffClientPort: props.forwardedForClientPort,
      preserveHostHeader: props.preserveHostHeader,
      dropInvalidHeaderFields: props.dropInvalidHeaders ?? true,
      desyncMitigationMode: props.desyncMitigation ?? "defensive",
      enableTlsVersionAndCipherSuiteHeaders: props.tlsHeaders,
      enableWafFailOpen: props.wafFailOpen,
      enableZonalShift: props.zonalShift,
      ...logArguments(this, props, "application"),
    });
  }

  private createWebAclAssociation(): void {
    const { webAclArn } = this.props;
    if (webAclArn === undefined) return;
    new Wafv2WebAclAssociation(this, "web_acl_association", { resourceArn: this.arn, webAclArn });
  }
}

/** One group plainly, several by weight. */
function sharesAction(shares: readonly Share[], to: ForwardOptions["to"]): LbListenerRuleAction {
  const [only] = shares;
  if (only && !("weighted" in to)) return forwardAction(only.group.arn);
  const groups = shares.map(({ group, weight }) => ({ arn: group.arn, weight }));
  return weightedAction(groups, "weighted" in to ? to.stickySeconds : undefined);
}
