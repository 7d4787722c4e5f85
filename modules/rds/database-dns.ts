import type { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import type { Construct } from "constructs";
import { isLater } from "../core";
import type { Zone } from "../route53";

/** Names for a database, relative to the zone (`orders`) or whole. */
export interface DatabaseDnsNames {
  /**
   * For what writes. It leads to the primary, whichever of its two machines that is.
   * @default none
   */
  readonly writer?: string;
  /**
   * For what only reads: each replica in turn. TLS clients that check host names must know the replica's own name, which a CNAME leads to.
   * @default none
   */
  readonly readers?: string;
  /**
   * Shares of the replicas, by their names, 0 to 255.
   * @default 1 each
   */
  readonly weights?: Readonly<Record<string, number>>;
  /**
   * Seconds that resolvers may keep an answer: how long a replica that is gone is still asked for.
   * @default 60
   */
  readonly ttlSeconds?: number;
}

/** A name for each of two addresses: what reads goes where what writes goes, unless there is another address for it. */
export function addEndpointNames(
  endpoints: Construct & { readonly address: string; readonly readerAddress: string | undefined },
  zone: Zone,
  { writer, readers, ttlSeconds = 60 }: Omit<DatabaseDnsNames, "weights">,
): void {
  const { address, readerAddress = address } = endpoints;
  const scope = isLater(endpoints, zone) ? endpoints : undefined;
  if (writer !== undefined) zone.record(writer, { type: "CNAME", value: address, ttlSeconds, scope });
  if (readers !== undefined) zone.record(readers, { type: "CNAME", value: readerAddress, ttlSeconds, scope });
}

/**
 * The reader's name has a weighted record for each replica, so that adding one touches none of the others. While there is none, it has one
 * for the primary.
 */
export function addDnsNames(
  database: Construct & { readonly address: string; readonly replicas: Readonly<Record<string, DbInstance>> },
  zone: Zone,
  { writer, readers, weights = {}, ttlSeconds = 60 }: DatabaseDnsNames,
): void {
  const scope = isLater(database, zone) ? database : undefined;
  if (writer !== undefined) zone.record(writer, { type: "CNAME", value: database.address, ttlSeconds, scope });
  if (readers === undefined) return;
  const replicas = Object.entries(database.replicas).map(([name, { address }]): [string, string] => [name, address]);
  for (const [setId, address] of replicas.length > 0 ? replicas : [["primary", database.address] as const])
    zone.record(readers, {
      type: "CNAME",
      value: address,
      ttlSeconds,
      routing: { setId, weighted: { weight: weights[setId] ?? 1 } },
      scope,
    });
}
