import { TerraformStack, Token, type TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { Route53Record, type Route53RecordConfig } from "@cdktf/provider-aws/lib/route53-record";
import { InvalidConstructError, laterOf, pathBelowStack, Problems } from "../core";
import { recordName, type RecordName } from "./record-name";
import type { RecordType } from "./record-value";
import { routingArguments, type Routing } from "./routing";

/** What records and aliases have in common. `Policy` is which of the routing policies they can have. */
export interface RecordSetOptions<Policy = Routing> {
  /**
   * How it is chosen among several of its name and type.
   * @default none: it is the only one
   */
  readonly routing?: Policy;
  /**
   * Leave it out of answers while this is not healthy. It matters beside others of its name and type.
   * @default none
   */
  readonly healthCheck?: { readonly id: string };
  /**
   * What stands for the name in the address, when the name is known only after apply or two names come out the same.
   * @default the name: `www`, `apex`, `wildcard_app`
   */
  readonly id?: string;
  /**
   * Where the record is made: it goes into that construct's stack.
   * @default the zone; an alias target or a health check of a later stack
   */
  readonly scope?: Construct;
  /**
   * Take over a record that exists already, the name servers at the apex for one, instead of failing.
   * @default false
   */
  readonly allowOverwrite?: boolean;
}

/** One record as it is asked for. */
export interface RecordSetRequest extends RecordSetOptions {
  readonly name: string;
  readonly type: RecordType;
  /** What it answers. */
  readonly answer: Pick<Route53RecordConfig, "alias" | "records" | "ttl">;
  /** Constructs that it refers to: the latest of their stacks holds the record. */
  readonly refersTo?: readonly unknown[];
}

/** What records need to know of their zone. */
export interface RecordZone extends Construct {
  readonly id: string;
  readonly domainName: string;
  readonly provider?: TerraformProvider;
}

/** The records of one zone: each once, and no CNAME where others are. */
export class RecordSets {
  /** By name, type and set id: `www.example.com A`, `www.example.com A blue`. */
  readonly byName: Record<string, Route53Record> = {};

  private readonly typesOf = new Map<string, Map<RecordType, Route53Record>>();

  constructor(private readonly zone: RecordZone) {}

  /** @throws InvalidConstructError when the zone cannot have the record */
  add(request: RecordSetRequest): Route53Record {
    const { routing, type } = request;
    const name = this.nameOf(request.name, request.id);
    const parts = [type, ...(routing ? [routing.setId] : [])];
    const key = [name.known, ...parts].join(" ");
    const scope = this.scopeOf(request);
    const ownId = [name.id, type.toLowerCase(), ...parts.slice(1)].join("_");
    const id = scope === this.zone ? ownId : [...zonePath(this.zone, scope), ownId].join("_");
    this.check(name.known, type, key, scope.node.tryFindChild(id));
    const record = this.create(scope, id, name.fqdn, request);
    this.byName[key] = record;
    this.typesOf.set(name.known, (this.typesOf.get(name.known) ?? new Map()).set(type, record));
    return record;
  }

  /** The id of something that belongs to a name of the zone: `www_primary_health_check`. */
  partId(name: string, part: string): string {
    return `${this.nameOf(name).id}_${part}`;
  }

  /** `known` is what stands for the name here: one that is known only after apply is known by its id. */
  private nameOf(given: string, id?: string): RecordName & { readonly known: string } {
    const name = recordName(this.zone.domainName, given, id);
    if (!("problem" in name)) return { ...name, known: Token.isUnresolved(given) ? name.id : name.fqdn };
    throw new InvalidConstructError(`HostedZone "${this.zone.node.path}"`, [name.problem]);
  }

  private check(name: string, type: RecordType, key: string, clash: IConstruct | undefined): void {
    const problems = new Problems(this.zone, "HostedZone");
    const taken = this.byName[key];
    problems.require(
      taken === undefined,
      `record ${key} is there already, ${taken?.node.path}: drop one of the two, put all values into one, ` +
        "or give both a routing policy with set ids of their own",
    );
    problems.require(
      clash === undefined || taken !== undefined,
      `record ${key} would have the address of ${clash?.node.path}: give it an id of its own`,
    );
    problems.require(
      type !== "CNAME" || name !== this.zone.domainName.toLowerCase(),
      `${name} is the zone itself and cannot be a CNAME: use alias, which may stand there`,
    );
    for (const [other, record] of this.typesOf.get(name) ?? [])
      problems.require(
        other === type || (other !== "CNAME" && type !== "CNAME"),
        `${name} cannot be ${type} and ${other} (${record.node.path}): a CNAME stands alone. Use alias, or drop one`,
      );
    problems.throwIfAny();
  }

  private create(scope: Construct, id: string, name: string, request: RecordSetRequest): Route53Record {
    const { provider } = this.zone;
    return new Route53Record(scope, id, {
      zoneId: this.zone.id,
      name,
      type: request.type,
      ...request.answer,
      ...(request.routing ? routingArguments(request.routing) : {}),
      healthCheckId: request.healthCheck?.id,
      allowOverwrite: request.allowOverwrite,
      ...(provider ? { provider } : {}),
    });
  }

  private scopeOf({ scope, refersTo = [], healthCheck }: RecordSetRequest): Construct {
    return scope ?? latest(this.zone, [...refersTo, healthCheck]);
  }
}

/**
 * The construct of the latest stack, `own` where none is in a later one: references go to earlier stacks only.
 * @param others constructs, or whatever else has the shape that was asked for
 */
export function latest(own: Construct, others: readonly unknown[]): Construct {
  return others
    .filter((other): other is Construct => Construct.isConstruct(other))
    .reduce<Construct>((found, other) => laterOf<Construct, Construct>(other, found), own);
}

/** The zone as part of an id elsewhere: `internal`, or `dns_internal` seen from another stack. */
export function zonePath(zone: Construct, from: Construct): string[] {
  const [stack, ownStack] = [TerraformStack.of(zone).node.id, TerraformStack.of(from).node.id];
  return [...(stack === ownStack ? [] : [stack.slice(stack.indexOf("-") + 1)]), ...pathBelowStack(zone)];
}
