import type { RecordOptions } from "../modules/route53";

export interface ZoneConfig {
  /** Domain name: `dev.acme.internal`. Changing it replaces the zone. */
  readonly domainName: string;
  /** `private` zones are resolved by the environment's VPC only. Changing it replaces the zone. */
  readonly visibility: "public" | "private";
  /**
   * Records, by a name of your own.
   * @default none but those that other stacks make
   */
  readonly records?: Readonly<Record<string, RecordConfig>>;
}

/** A record: its type and what belongs to that, as `HostedZone.record` takes it. It is said in one place: nothing is merged into it. */
export type RecordConfig = RecordOptions & {
  /** Relative to the zone (`www`), or `"@"` for the zone's own name. Changing it replaces the record. */
  readonly name: string;
};
