import type {
  AliasRoutingPolicy,
  AliasTarget,
  ExistingAliasTarget,
  HealthCheckProps,
  QueryLogOptions,
  RecordSetOptions,
  RecordValue,
  Routing,
  RoutingPolicy,
  TimeToLive,
} from "../modules/route53";

/** A hosted zone and what is in it. */
export interface ZoneConfig {
  /** Domain name: `dev.acme.internal`. Changing it replaces the zone. */
  readonly domainName: string;
  /** `private` zones are resolved by the environment's VPC only, and by those of `vpcs`. Changing it replaces the zone. */
  readonly visibility: "public" | "private";
  /**
   * Records, by a name of your own.
   * @default none but those that other stacks make
   */
  readonly records?: Readonly<Record<string, RecordConfig>>;
  /**
   * Names that lead to something of AWS's, or to another record, by a name of your own.
   * @default none but those that other stacks make
   */
  readonly aliases?: Readonly<Record<string, AliasConfig>>;
  /**
   * Health checks, by the name that records and aliases know them by.
   * @default none
   */
  readonly healthChecks?: Readonly<Record<string, HealthCheckConfig>>;
  /**
   * Blocks of client addresses by collection and location, for routing by address: `{ offices: { berlin: ["192.0.2.0/24"] } }`.
   * @default none
   */
  readonly cidrCollections?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /**
   * Zones below this one that have servers of their own, by a name of your own.
   * @default none
   */
  readonly delegations?: Readonly<Record<string, DelegationConfig>>;
  /**
   * The zone above, where that is in another account: the NS record is made there.
   * @default none: whoever owns the zone above makes the record, or its `delegations` do
   */
  readonly parent?: ParentZoneConfig;
  /**
   * Further VPCs that resolve a private zone, by a name of your own, which becomes part of their addresses.
   * @default none: the environment's own
   */
  readonly vpcs?: Readonly<Record<string, ZoneVpcConfig>>;
  /**
   * Sign a public zone, with a key of its own or with one that exists in us-east-1. Publish the output `<name>_ds_record` afterwards; before this is
   * taken away again, the DS record must be gone for as long as its TTL.
   * @default false
   */
  readonly dnssec?: boolean | { readonly kmsKeyArn: string };
  /**
   * Log the queries of a public zone, in us-east-1.
   * @default false
   */
  readonly queryLog?: boolean | Omit<QueryLogOptions, "provider">;
  /**
   * Name servers that public zones share: those that say the same name have the same four. Or the id of a set that exists. Changing it replaces the
   * zone.
   * @default four that AWS picks
   */
  readonly delegationSet?: string | { readonly id: string };
  /**
   * Destroy the zone together with records that Terraform does not know.
   * @default false
   */
  readonly forceDestroy?: boolean;
}

/** What records and aliases have in common. */
interface RecordSetConfig<Policy> extends Pick<RecordSetOptions, "id" | "allowOverwrite"> {
  /** Relative to the zone (`www`), or `"@"` for the zone's own name. Changing it replaces the record. */
  readonly name: string;
  /**
   * How it is chosen among several of its name and type.
   * @default none: it is the only one
   */
  readonly routing?: Policy;
  /**
   * Leave it out of answers while this is not healthy: a name in `healthChecks`, or the id of one that exists.
   * @default none
   */
  readonly healthCheck?: string | { readonly id: string };
}

/** By the address of who asks: a location of `cidrCollections`, or `"*"` for whoever is in none of them. */
export interface CidrRoutingConfig {
  /** A name in `cidrCollections`, and one of its locations. */
  readonly cidr: { readonly collection: string; readonly location: string };
}

/** A record: its type and what belongs to that, as `HostedZone.record` takes it. Say it whole, in the base or in the environment. */
export type RecordConfig = RecordValue & TimeToLive & RecordSetConfig<Routing<RoutingPolicy | CidrRoutingConfig>>;

/** A name, and what it leads to. */
export interface AliasConfig extends RecordSetConfig<Routing<AliasRoutingPolicy | CidrRoutingConfig>> {
  /** An endpoint of a service, whatever has a DNS name and a zone id, or another record of the zone by its name. */
  readonly to: ExistingAliasTarget | AliasTarget | { readonly record: string };
  /**
   * Make an AAAA record too: for a target with IPv6 addresses.
   * @default false
   */
  readonly ipv6?: boolean;
}

/** What decides whether something is healthy. A calculated one names others of `healthChecks`. */
export type HealthCheckConfig =
  | Exclude<HealthCheckProps, { readonly type: "calculated" }>
  | (Omit<Extract<HealthCheckProps, { readonly type: "calculated" }>, "children"> & {
      readonly type: "calculated";
      readonly children: readonly string[];
    });

/** A zone below: one of the environment's own `zones` by its name, or one of elsewhere by its servers. */
export type DelegationConfig = TimeToLive &
  (
    | {
        /** A name in `zones`. */
        readonly zone: string;
        /**
         * Publish its DS record, after it is signed.
         * @default false
         */
        readonly signed?: boolean;
      }
    | {
        /** Domain name of the zone below, which ends with this zone's. */
        readonly domainName: string;
        /** Its name servers: `ns-1.example.org`. */
        readonly nameServers: readonly string[];
        /**
         * Its DS record, when it is signed: `<key tag> <algorithm> <digest type> <digest>`.
         * @default none
         */
        readonly dsRecord?: string;
      }
  );

/** A public zone of another account, in which the environment's `assumeRole` is trusted under the same name. */
export interface ParentZoneConfig extends TimeToLive {
  /** Id of the zone above: `Z0123456789ABCDEFGHIJ`. */
  readonly zoneId: string;
  /** Its domain name, which the zone's own ends with. */
  readonly domainName: string;
  /**
   * Twelve-digit id of its account.
   * @default the environment's
   */
  readonly account?: string;
  /**
   * Publish the DS record there, after the zone is signed.
   * @default false
   */
  readonly signed?: boolean;
}

/** A VPC by its id, and where it is. */
export interface ZoneVpcConfig {
  /** `vpc-0123456789abcdef0` */
  readonly id: string;
  /**
   * Region of the VPC.
   * @default the environment's
   */
  readonly region?: string;
  /**
   * Twelve-digit id of its account, in which the environment's `assumeRole` is trusted under the same name: this account authorizes the VPC, and that
   * one associates it.
   * @default the environment's
   */
  readonly account?: string;
}
