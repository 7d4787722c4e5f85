import type {
  AliasConfig,
  CidrRoutingConfig,
  HealthCheckConfig,
  RecordConfig,
  ZoneConfig,
} from "../environments/zone-config";
import {
  CidrCollection,
  existingAliasTarget,
  HealthCheck,
  type AliasTarget,
  type CidrLocation,
  type HostedZone,
} from "../modules/route53";
import type { EnvironmentStack } from "./environment-stack";
import { named, type Reference } from "./unknown-name";

/** What a zone's configuration says of health checks, address blocks, records and aliases, made in the zone. */
export class ZoneContents {
  private readonly healthChecks: Record<string, HealthCheck> = {};
  private readonly collections: Record<string, CidrCollection> = {};

  /**
   * @param key of the zone in the configuration: `zones.public`
   * @throws UnknownNameError
   */
  constructor(
    private readonly stack: EnvironmentStack,
    private readonly zone: HostedZone,
    private readonly config: ZoneConfig,
    private readonly key: string,
  ) {
    for (const name of Object.keys(config.healthChecks ?? {})) this.healthCheck(name, []);
    for (const [name, locations] of Object.entries(config.cidrCollections ?? {}))
      this.collections[name] = this.configured(
        `cidrCollections.${name}`,
        new CidrCollection(zone, `${name}_cidr_collection`, { locations }),
      );
    for (const [name, record] of Object.entries(config.records ?? {})) this.createRecord(name, record);
    for (const [name, alias] of Object.entries(config.aliases ?? {})) this.createAlias(name, alias);
  }

  private createRecord(key: string, { name, routing, healthCheck, ...value }: RecordConfig): void {
    const record = this.zone.record(name, {
      ...value,
      routing: routing && this.routed(routing),
      healthCheck: this.healthCheckOf(healthCheck),
    });
    this.configured(`records.${key}`, record);
  }

  private createAlias(key: string, { name, to, routing, healthCheck, ...options }: AliasConfig): void {
    const records = this.zone.alias(name, this.targetOf(to), {
      ...options,
      routing: routing && this.routed(routing),
      healthCheck: this.healthCheckOf(healthCheck),
    });
    for (const record of records) this.configured(`aliases.${key}`, record);
  }

  private targetOf(to: AliasConfig["to"]): AliasTarget {
    if ("service" in to) return existingAliasTarget(to);
    if ("dnsName" in to) return to;
    const { domainName, id } = this.zone;
    return { dnsName: ["", "@"].includes(to.record) ? domainName : `${to.record}.${domainName}`, zoneId: id };
  }

  private healthCheckOf(given: string | { readonly id: string } | undefined): { readonly id: string } | undefined {
    return typeof given === "string" ? this.healthCheck(given, []) : given;
  }

  /** @param above those that are calculated from it, which it cannot be calculated from */
  private healthCheck(name: string, above: readonly string[]): HealthCheck {
    const existing = this.healthChecks[name];
    if (existing) return existing;
    const known = Object.fromEntries(
      Object.entries(this.config.healthChecks ?? {}).filter(([other]) => !above.includes(other)),
    );
    const config = named(known, name, this.reference("healthChecks"));
    const check = new HealthCheck(this.zone, `${name}_health_check`, this.healthCheckProps(config, [...above, name]));
    this.configured(`healthChecks.${name}`, check);
    return (this.healthChecks[name] = check);
  }

  private healthCheckProps(
    config: HealthCheckConfig,
    above: readonly string[],
  ): ConstructorParameters<typeof HealthCheck>[2] {
    if (config.type !== "calculated") return config;
    const children = config.children.map((name) => [name, this.healthCheck(name, above)] as const);
    return { ...config, children: Object.fromEntries(children) };
  }

  /** The policy with its location in place of the location's name. */
  private routed<Policy extends object>(routing: Policy): Exclude<Policy, CidrRoutingConfig> {
    const { cidr } = routing as Partial<CidrRoutingConfig>;
    const resolved = cidr && "collection" in cidr ? { ...routing, cidr: this.location(cidr) } : routing;
    return resolved as Exclude<Policy, CidrRoutingConfig>;
  }

  private location({ collection, location }: CidrRoutingConfig["cidr"]): CidrLocation {
    const blocks = named(this.collections, collection, this.reference("cidrCollections"));
    return location === "*" ? blocks.everywhereElse : blocks.location(location);
  }

  /** From somewhere in the zone to one of its own maps. */
  private reference(map: string): Reference {
    return { environment: this.stack.environment, from: this.key, to: `${this.key}.${map}` };
  }

  private configured<T extends Parameters<EnvironmentStack["configuredBy"]>[1]>(part: string, construct: T): T {
    return this.stack.configuredBy(`${this.key}.${part}`, construct);
  }
}
