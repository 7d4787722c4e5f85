import type { Construct } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { DelegationConfig, ZoneConfig } from "../environments/zone-config";
import {
  DelegationSet,
  existingHostedZone,
  HostedZone,
  type HostedZoneProps,
  type QueryLogOptions,
} from "../modules/route53";
import type { VpcLike } from "../modules/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { providerConfig, setEmulatorEndpoints } from "./provider";
import { named, type Reference } from "./unknown-name";
import { ZoneContents } from "./zone-contents";

/** What the DNS stack takes from those before it. */
export interface DnsStackProps extends EnvironmentStackProps {
  /** Resolves the private zones. */
  readonly vpc: VpcLike;
}

/** Where Route 53 wants signing keys and query logs. */
const SIGNING_REGION = "us-east-1";

/** The environment's hosted zones, with the records that the configuration names. */
export class DnsStack extends EnvironmentStack {
  /** By their name in the configuration. */
  readonly zones: Readonly<Record<string, HostedZone>>;

  /** @throws UnknownNameError when the configuration refers to something that it does not say */
  constructor(scope: Construct, props: DnsStackProps) {
    super(scope, "dns", props);
    const created = Object.entries(props.environment.zones ?? {}).map(
      ([name, config]) => [name, config, this.createZone(name, config, props.vpc)] as const,
    );
    this.zones = Object.fromEntries(created.map(([name, , zone]) => [name, zone]));
    for (const [name, config, zone] of created) this.connectZone(name, config, zone);
    this.createOutputs();
  }

  private createZone(name: string, config: ZoneConfig, vpc: VpcLike): HostedZone {
    const { domainName, visibility, forceDestroy } = config;
    const { deletionProtection } = this.environment;
    const key = `zones.${name}`;
    const zone = this.configuredBy(
      key,
      new HostedZone(this, name, {
        domainName,
        deletionProtection,
        forceDestroy,
        dnssec: this.signingOf(config),
        queryLog: this.queryLogOf(config),
        delegationSet: this.delegationSetOf(config),
        ...(visibility === "private" ? { vpcs: [vpc] } : {}),
      }),
    );
    new ZoneContents(this, zone, config, key);
    return zone;
  }

  /** What joins a zone to others, and to VPCs of elsewhere: all zones are there. */
  private connectZone(name: string, { delegations, parent, vpcs }: ZoneConfig, zone: HostedZone): void {
    const { environment } = this;
    for (const [key, delegation] of Object.entries(delegations ?? {}))
      this.delegate(zone, delegation, { environment, from: `zones.${name}.delegations.${key}.zone`, to: "zones" });
    for (const [vpcName, { id, region, account }] of Object.entries(vpcs ?? {}))
      zone.associateVpc(vpcName, { id, region }, { provider: this.providerOf(account) });
    if (!parent) return;
    const { zoneId, domainName, account, ...options } = parent;
    const above = existingHostedZone(this, `${name}_parent`, {
      zoneId,
      domainName,
      provider: this.providerOf(account),
    });
    above.delegate(zone, options);
  }

  private delegate(zone: HostedZone, delegation: DelegationConfig, reference: Reference): void {
    if ("zone" in delegation) {
      const { zone: child, ...options } = delegation;
      zone.delegate(named(this.zones, child, reference), options);
    } else {
      const { ttlSeconds, ...child } = delegation;
      zone.delegate(child, { ttlSeconds, signed: child.dsRecord !== undefined });
    }
  }

  private signingOf({ dnssec = false }: ZoneConfig): HostedZoneProps["dnssec"] {
    if (dnssec === false) return undefined;
    return dnssec === true ? { provider: this.signingProvider() } : dnssec;
  }

  private queryLogOf({ queryLog = false }: ZoneConfig): QueryLogOptions | undefined {
    if (queryLog === false) return undefined;
    return { ...(queryLog === true ? {} : queryLog), provider: this.signingProvider() };
  }

  private signingProvider(): AwsProvider | "stack" {
    return this.environment.region === SIGNING_REGION ? "stack" : this.providerIn(SIGNING_REGION);
  }

  /** One set for all zones that say its name. */
  private delegationSetOf({ delegationSet }: ZoneConfig): { readonly id: string } | undefined {
    if (typeof delegationSet !== "string") return delegationSet;
    const id = `${delegationSet}_delegation_set`;
    return (this.node.tryFindChild(id) as DelegationSet | undefined) ?? new DelegationSet(this, id);
  }

  /** The provider of another account, through the role of the same name there; none for the environment's own. */
  private providerOf(account: string | undefined): AwsProvider | undefined {
    if (account === undefined || account === this.environment.account) return undefined;
    const id = `aws_${account}`;
    const existing = this.node.tryFindChild(id) as AwsProvider | undefined;
    if (existing) return existing;
    const config = providerConfig({ ...this.environment, account }, this.emulator);
    const provider = new AwsProvider(this, id, { ...config, alias: `account_${account}` });
    if (this.emulator !== undefined) setEmulatorEndpoints(provider, this.emulator);
    return provider;
  }

  private createOutputs(): void {
    for (const [name, zone] of Object.entries(this.zones)) {
      this.output(`${name}_zone_id`, zone.id, `Id of the hosted zone ${zone.domainName}`);
      this.output(`${name}_name_servers`, zone.resource.nameServers, `Name servers of ${zone.domainName}`);
      if (zone.dsRecord !== undefined)
        this.output(`${name}_ds_record`, zone.dsRecord, `What the zone above ${zone.domainName} has to publish`);
    }
  }
}
