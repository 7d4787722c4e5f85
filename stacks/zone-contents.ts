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
import { named, UnknownNameError, type Reference } from "./unknown-name";

/** What a zone's configuration says of health checks, address blocks, records and aliases, made in the zone. */
export class ZoneContents {
  private readonly healthChecks = new Map<string, HealthCheck>();
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
    for (const name of Object.keys(config.healthChecks ?? {})) this.healthCheck(name, `healthChecks.${name}`, []);
    for (const [name, locations] of Object.entries(config.cidrCollections ?? {}))
      this.collections[name] = this.configured(
        `cidrCollections.${name}`,
        new CidrCollection(zone, `${name}_cidr_collection`, { locations }),
      );
    for (const [name, record] of Object.entries(config.records ?? {})) this.createRecord(name, record);
    for (const [name, alias] of Object.entries(config.aliases ?? {})) this.createAlias(name, alias);
  }

  private createRecord(key: string, { name, routing, healthCheck, ...value }: RecordConfig): void {
    const from = `records.${key}`;
    const record = this.zone.record(name, {
      ...value,
      routing: routing && this.routed(routing, from),
      healthCheck: this.healthCheckOf(healthCheck, from),
    });
    this.configured(from, record);
  }

  private createAlias(key: string, { name, to, routing, healthCheck, ...options }: AliasConfig): void {
    const from = `aliases.${key}`;
    const records = this.zone.alias(name, this.targetOf(to), {
      ...options,
      routing: routing && this.routed(routing, from),
      healthCheck: this.healthCheckOf(healthCheck, from),
    });
    for (const record of records) this.configured(from, record);
  }

  private targetOf(to: AliasConfig["to"]): AliasTarget {
    if ("service" in to) return existingAliasTarget(to);
    if ("dnsName" in to) return to;
    const { domainName, id } = this.zone;
    return { dnsName: ["", "@"].includes(to.record) ? domainName : `${to.record}.${domainName}`, zoneId: id };
  }

  private healthCheckOf(
    given: string | { readonly id: string } | undefined,
    from: string,
  ): { readonly id: string } | undefined {
    return typeof given === "string" ? this.healthCheck(given, `${from}.healthCheck`, []) : given;
  }

  /**
   * @param from the key that names it
   * @param above those that are calculated from it, which it cannot be calculated from
   */
  private healthCheck(name: string, from: string, above: readonly string[]): HealthCheck {
    const existing = this.healthChecks.get(name);
    if (existing) return existing;
    const config = named(this.config.healthChecks ?? {}, name, this.reference(from, "healthChecks"));
    if (above.includes(name)) throw this.calculatedFromItself(name, from);
    const check = new HealthCheck(
      this.zone,
      `${name}_health_check`,
      this.healthCheckProps(name, config, [...above, name]),
    );
    this.configured(`healthChecks.${name}`, check);
    this.healthChecks.set(name, check);
    return check;
  }

  private healthCheckProps(
    name: string,
    config: HealthCheckConfig,
    above: readonly string[],
  ): ConstructorParameters<typeof HealthCheck>[2] {
    if (config.type !== "calculated") return config;
    const from = `healthChecks.${name}.children`;
    const children = config.children.map((child) => [child, this.healthCheck(child, from, above)] as const);
    return { ...config, children: Object.fromEntries(children) };
  }

  /** The policy with its location in place of the location's name. */
  private routed<Policy extends object>(routing: Policy, from: string): Exclude<Policy, CidrRoutingConfig> {
    const { cidr } = routing as Partial<CidrRoutingConfig>;
    const resolved =
      cidr && "collection" in cidr ? { ...routing, cidr: this.location(cidr, `${from}.routing.cidr`) } : routing;
    return resolved as Exclude<Policy, CidrRoutingConfig>;
  }

  private location({ collection, location }: CidrRoutingConfig["cidr"], from: string): CidrLocation {
    const blocks = named(this.collections, collection, this.reference(from, "cidrCollections"));
    return location === "*" ? blocks.everywhereElse : blocks.location(location);
  }

  /** From a key of the zone to one of its own maps. */
  private reference(from: string, map: string): Reference {
    return { environment: this.stack.environment, from: `${this.key}.${from}`, to: `${this.key}.${map}` };
  }

  private calculatedFromItself(name: string, from: string): UnknownNameError {
    const path = `${this.stack.environment.name}: ${this.key}.${from}`;
    return new UnknownNameError(`${path} names ${JSON.stringify(name)}, which is calculated from it: name another`);
  }

  private configured<T extends Parameters<EnvironmentStack["configuredBy"]>[1]>(part: string, construct: T): T {
    return this.stack.configuredBy(`${this.key}.${part}`, construct);
  }
}
