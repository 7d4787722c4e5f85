import type { Construct } from "constructs";
import type { DomainConfig, GreenConfig, ServiceConfig, WebConfig } from "../environments/web-config";
import { Certificate } from "../modules/acm";
import { AutoScalingGroup } from "../modules/autoscaling";
import { Dashboard, type Widget } from "../modules/cloudwatch";
import { ApplicationLoadBalancer, TargetGroup, type RouteOptions, type TargetGroupOptions } from "../modules/elb";
import type { HostedZone } from "../modules/route53";
import type { Topic } from "../modules/sns";
import type { VpcLike } from "../modules/vpc";
import { connectDatabases, type AnyDatabase } from "./data";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { named, UnknownNameError } from "./unknown-name";

/** What the web stack takes from those before it. */
export interface WebStackProps extends EnvironmentStackProps {
  /** Holds the load balancer and the services. */
  readonly vpc: VpcLike;
  /** The environment's hosted zones, by their name in the configuration. */
  readonly zones: Readonly<Record<string, HostedZone>>;
  /**
   * The environment's databases, by their name in the configuration.
   * @default none
   */
  readonly databases?: Readonly<Record<string, AnyDatabase>>;
  /**
   * Where alarms go.
   * @default nowhere: none are made
   */
  readonly alarmTopic?: Topic;
  /**
   * What earlier stacks have to show, by title: it stands on the environment's dashboard after what is here.
   * @default nothing
   */
  readonly widgets?: Readonly<Record<string, Widget>>;
}

const HTTP_PORT = 80;

/** The environment's services: Auto Scaling groups behind one load balancer, with a certificate and a name. */
export class WebStack extends EnvironmentStack {
  readonly loadBalancer: ApplicationLoadBalancer;
  /** By their name in the configuration; a green group is `<name>_green`. */
  readonly groups: Readonly<Record<string, AutoScalingGroup>>;

  private readonly props: WebStackProps;

  /** @throws UnknownNameError when the configuration refers to a zone or a database that it does not say, or to a private zone */
  constructor(scope: Construct, props: WebStackProps) {
    super(scope, "web", props);
    this.props = props;
    const web = props.environment.web ?? { services: {} };
    const zone = web.domain && this.zoneOf(web.domain);

    this.loadBalancer = this.createLoadBalancer(web, zone);
    this.groups = Object.assign(
      {},
      ...Object.entries(web.services).map(([name, service]) => this.createService(name, service)),
    ) as Record<string, AutoScalingGroup>;
    zone?.alias(web.domain?.name ?? "@", this.loadBalancer);
    if (props.alarmTopic) this.loadBalancer.alarms({ notify: [props.alarmTopic] });
    if (web.dashboard) this.createDashboard();
    this.createOutputs(web.domain, zone);
  }

  private createLoadBalancer(web: WebConfig, zone: HostedZone | undefined): ApplicationLoadBalancer {
    const { internetFacing = true, accessLogs, domain, tlsPolicy, webAclArn } = web;
    const { deletionProtection } = this.environment;
    const certificate =
      zone && this.configuredBy("web.domain", new Certificate(this, "certificate", { ...namesOf(zone, domain), zone }));
    return this.configuredBy(
      "web",
      new ApplicationLoadBalancer(this, "alb", {
        vpc: this.props.vpc,
        certificate,
        internetFacing,
        accessLogs,
        tlsPolicy,
        webAclArn,
        deletionProtection,
      }),
    );
  }

  /** The group of a service, the green one beside it, and the rule that sends requests to them. */
  private createService(name: string, config: ServiceConfig): Record<string, AutoScalingGroup> {
    const { green } = config;
    const route = this.routeOf(config);
    const blueGroup = this.createGroup(name, name, config);
    if (!green) {
      this.loadBalancer.forward(name, { to: blueGroup, ...targetGroupOptions(config), ...route });
      return { [name]: blueGroup };
    }
    const greenGroup = this.createGroup(`${name}_green`, name, greenConfig(config, green));
    this.loadBalancer.forward(name, {
      to: {
        weighted: {
          blue: { to: this.createTargetGroup(name, blueGroup, config), weight: 100 - green.percent },
          green: { to: this.createTargetGroup(`${name}_green`, greenGroup, config), weight: green.percent },
        },
      },
      ...route,
    });
    return { [name]: blueGroup, [`${name}_green`]: greenGroup };
  }

  /** Under the name that `forward` gives it for a service alone: what serves requests stays when a green group comes or goes. */
  private createTargetGroup(name: string, group: AutoScalingGroup, config: ServiceConfig): TargetGroup {
    const { vpc } = this.props;
    return new TargetGroup(this.loadBalancer, name, { vpc, targets: [group], ...targetGroupOptions(config) });
  }

  /** Which requests are a service's. Without a domain there is no certificate, and so HTTP. */
  private routeOf({ hosts, paths }: ServiceConfig): RouteOptions {
    const plain = this.environment.web?.domain === undefined;
    return { hosts, paths, ...(plain ? { listenerPort: HTTP_PORT } : {}) };
  }

  private createGroup(id: string, name: string, config: ServiceConfig): AutoScalingGroup {
    const { hosts: _hosts, paths: _paths, green: _green, databases, ...rest } = config;
    const { healthCheck: _healthCheck, stickiness: _stickiness, ...others } = rest;
    const { slowStartSeconds: _slowStart, deregistrationDelaySeconds: _delay, ...group } = others;
    const { vpc, alarmTopic } = this.props;
    const alarms = alarmTopic ? { alarms: { notify: [alarmTopic] } } : {};
    const created = new AutoScalingGroup(this, id, { ...group, ...alarms, vpc });
    const reference = { environment: this.environment, from: `web.services.${name}.databases` };
    connectDatabases(created, reference, this.props.databases, databases);
    return this.configuredBy(`web.services.${name}`, created);
  }

  private createDashboard(): void {
    const groups = Object.entries(this.groups).flatMap(([name, group]) =>
      Object.entries(group.widgets()).map(([title, widget]): [string, Widget] => [`${name}: ${title}`, widget]),
    );
    const widgets = { ...this.loadBalancer.widgets(), ...Object.fromEntries(groups), ...this.props.widgets };
    this.configuredBy("web.dashboard", new Dashboard(this, "dashboard", { widgets }));
  }

  private zoneOf({ zone: name }: DomainConfig): HostedZone {
    const zone = named(this.props.zones, name, {
      environment: this.environment,
      from: "web.domain.zone",
      to: "zones",
    });
    if (!zone.isPrivate) return zone;
    throw new UnknownNameError(
      `${this.environment.name}: web.domain.zone must name a public zone, ${JSON.stringify(name)} is private: ` +
        "certificates are validated through public zones only",
    );
  }

  private createOutputs(domain: DomainConfig | undefined, zone: HostedZone | undefined): void {
    this.output("load_balancer_dns_name", this.loadBalancer.dnsName, "What clients' names lead to");
    if (zone) this.output("url", `https://${namesOf(zone, domain).domainName}`, "Where clients find it");
    for (const [name, group] of Object.entries(this.groups))
      this.output(`${name}_group_name`, group.name, `Auto Scaling group of ${name}`);
  }
}

function namesOf(zone: HostedZone, domain: DomainConfig | undefined): { readonly domainName: string } {
  return { domainName: domain?.name === undefined ? zone.domainName : `${domain.name}.${zone.domainName}` };
}

/** What a service says of its target groups. */
function targetGroupOptions(config: ServiceConfig): TargetGroupOptions {
  const { healthCheck, stickiness, slowStartSeconds, deregistrationDelaySeconds } = config;
  return { healthCheck, stickiness, slowStartSeconds, deregistrationDelaySeconds };
}

/** The green group is as the blue one, but for what it says itself. */
function greenConfig(blue: ServiceConfig, { percent: _percent, ...own }: GreenConfig): ServiceConfig {
  return { ...blue, ...own };
}
