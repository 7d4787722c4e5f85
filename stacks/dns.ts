import type { Construct } from "constructs";
import { HostedZone } from "../modules/route53";
import type { Vpc } from "../modules/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface DnsStackProps extends EnvironmentStackProps {
  /** Resolves the private zones. */
  readonly vpc: Vpc;
}

/** The environment's hosted zones. */
export class DnsStack extends EnvironmentStack {
  /** By their name in the configuration. */
  readonly zones: Readonly<Record<string, HostedZone>>;

  constructor(scope: Construct, props: DnsStackProps) {
    super(scope, "dns", props);
    const { zones = {}, deletionProtection } = props.environment;
    this.zones = Object.fromEntries(
      Object.entries(zones).map(([name, { domainName, visibility }]) => [
        name,
        this.configuredBy(
          `zones.${name}`,
          new HostedZone(this, name, {
            domainName,
            deletionProtection,
            ...(visibility === "private" ? { vpcs: [props.vpc] } : {}),
          }),
        ),
      ]),
    );
    this.createOutputs();
  }

  private createOutputs(): void {
    for (const [name, zone] of Object.entries(this.zones)) {
      this.output(`${name}_zone_id`, zone.id, `Id of the hosted zone ${zone.domainName}`);
      this.output(`${name}_name_servers`, zone.resource.nameServers, `Name servers of ${zone.domainName}`);
    }
  }
}
