import type { Construct } from "constructs";
import type { ZoneConfig } from "../environments/zone-config";
import { HostedZone } from "../modules/route53";
import type { VpcLike } from "../modules/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface DnsStackProps extends EnvironmentStackProps {
  /** Resolves the private zones. */
  readonly vpc: VpcLike;
}

/** The environment's hosted zones, with the records that the configuration names. */
export class DnsStack extends EnvironmentStack {
  /** By their name in the configuration. */
  readonly zones: Readonly<Record<string, HostedZone>>;

  constructor(scope: Construct, props: DnsStackProps) {
    super(scope, "dns", props);
    this.zones = Object.fromEntries(
      Object.entries(props.environment.zones ?? {}).map(([name, zone]) => [
        name,
        this.createZone(name, zone, props.vpc),
      ]),
    );
    this.createOutputs();
  }

  private createZone(name: string, { domainName, visibility, records = {} }: ZoneConfig, vpc: VpcLike): HostedZone {
    const { deletionProtection } = this.environment;
    const vpcs = visibility === "private" ? { vpcs: [vpc] } : {};
    const zone = this.configuredBy(
      `zones.${name}`,
      new HostedZone(this, name, { domainName, deletionProtection, ...vpcs }),
    );
    for (const [key, { name: recordName, ...record }] of Object.entries(records)) {
      this.configuredBy(`zones.${name}.records.${key}`, zone.record(recordName, record));
    }
    return zone;
  }

  private createOutputs(): void {
    for (const [name, zone] of Object.entries(this.zones)) {
      this.output(`${name}_zone_id`, zone.id, `Id of the hosted zone ${zone.domainName}`);
      this.output(`${name}_name_servers`, zone.resource.nameServers, `Name servers of ${zone.domainName}`);
    }
  }
}
