import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Problems, shown } from "../core";
import type { AliasTarget } from "./alias-target";
import { HealthCheck, type HealthCheckProps } from "./health-check";
import { RecordSets, type RecordSetOptions } from "./record-set";
import { recordStrings, type RecordValue } from "./record-value";
import type { AliasRoutingPolicy, Routing } from "./routing";

/** How long an answer is kept. */
export interface TimeToLive {
  /**
   * Seconds that resolvers may keep the answer, 0 to 2147483647. Records of one name and type have the same.
   * @default 300; 60 with a routing policy, so that a change is soon seen
   */
  readonly ttlSeconds?: number;
}

/** A record: its type, its values, how long they are kept, and how it is chosen. */
export type RecordOptions = RecordValue & TimeToLive & RecordSetOptions;

/** How an alias is chosen, and for which addresses. */
export interface AliasOptions extends RecordSetOptions<Routing<AliasRoutingPolicy>> {
  /**
   * Make an AAAA record too: for a target with IPv6 addresses.
   * @default what the target says
   */
  readonly ipv6?: boolean;
}

/** What a name leads to: something of AWS's, or values. */
export type Answer = { readonly target: AliasTarget } | (RecordValue & TimeToLive);

/** One of several answers, in proportion to its weight: 0 to 255, and none with 0. */
export type WeightedAnswer = Answer & { readonly weight: number; readonly healthCheck?: { readonly id: string } };

/** Two answers, and the share of the second. */
export interface BlueGreenOptions {
  readonly blue: Answer;
  readonly green: Answer;
  /** Share of the answers that are green, 0 to 100. It is the one number to change: the plan is two updates. */
  readonly greenPercent: number;
}

/** A health check that is there, or what is to be checked: it is made beside the record. */
export type AnswerHealth = { readonly id: string } | HealthCheckProps;

/** An answer that gives way when it is not healthy: an alias asks its target, values need a health check. */
export type FailoverAnswer =
  | { readonly target: AliasTarget; readonly healthCheck?: AnswerHealth }
  | (RecordValue & TimeToLive & { readonly healthCheck: AnswerHealth });

/** An answer, and what stands in for it. */
export interface FailoverOptions {
  readonly primary: FailoverAnswer;
  /** What is answered while the primary is not healthy; it needs no health check of its own. */
  readonly secondary: Answer & { readonly healthCheck?: AnswerHealth };
}

/** What a zone needs to know of one below it. */
export interface ChildZone {
  readonly domainName: string;
  readonly nameServers: readonly string[];
  /**
   * What the zone above publishes of a signed zone.
   * @default none: not signed
   */
  readonly dsRecord?: string;
}

/** How the records of a delegation are kept, and whether they vouch for the child. */
export interface DelegateOptions extends TimeToLive {
  /**
   * Publish the DS record, so that resolvers verify the child. Only after the child is signed; and it must be gone for as long as its TTL
   * before signing is switched off. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-enable-signing.html
   * @default false
   */
  readonly signed?: boolean;
}

const CHILD_TTL_SECONDS = 172_800;

/**
 * A hosted zone to put records into: one that is made here (`HostedZone`), or one that exists (`existingHostedZone`). A record's address is
 * made of its name, type and set id: adding or dropping one touches no other. The zone refuses what DNS does not allow in it: a record twice, a CNAME
 * at its apex or beside others, a name outside of it.
 */
export abstract class Zone extends Construct {
  abstract readonly id: string;
  /** Without the dot at its end. */
  abstract readonly domainName: string;
  /** Resolved inside of VPCs only. */
  abstract readonly isPrivate: boolean;
  /** The provider that its records are made with: that of another account, for a zone of another account. */
  readonly provider?: TerraformProvider;

  private readonly recordSets = new RecordSets(this);

  /** By name, type and set id: `zone.records["www.example.com A"]`. */
  get records(): Readonly<Record<string, Route53Record>> {
    return this.recordSets.byName;
  }

  /**
   * Adds a record.
   * @param name relative (`www`), whole (`www.example.com`), or `""` or `"@"` for the zone's own. Changing it replaces the record
   * @throws InvalidConstructError when the zone cannot have it
   */
  record(name: string, options: RecordOptions): Route53Record {
    const records = recordStrings(options);
    const problems = new Problems(this, "HostedZone");
    problems.require(records.length > 0, `record ${shown(name)} ${options.type} has no values: give one at least`);
    problems.throwIfAny();
    const ttl = options.ttlSeconds ?? (options.routing ? 60 : 300);
    return this.recordSets.add({ ...options, name, answer: { records, ttl } });
  }

  /**
   * Answers with what an AWS service has at the moment: a load balancer, a distribution, another record of the zone. It has no TTL of its own,
   * and may stand at the apex.
   * @returns the A record, then the AAAA record if there is one
   */
  alias(name: string, target: AliasTarget, options: AliasOptions = {}): Route53Record[] {
    const alias = {
      name: target.dnsName,
      zoneId: target.zoneId,
      evaluateTargetHealth: target.evaluateTargetHealth ?? true,
    };
    const types = (options.ipv6 ?? target.ipv6) ? (["A", "AAAA"] as const) : (["A"] as const);
    return types.map((type) => this.recordSets.add({ ...options, name, type, answer: { alias }, refersTo: [target] }));
  }

  /**
   * Several answers by weight.
   * @param answers by set id, which becomes part of the address: a change of a weight is an update, another answer touches no other
   */
  weighted(name: string, answers: Readonly<Record<string, WeightedAnswer>>): void {
    for (const [setId, answer] of Object.entries(answers))
      this.answer(name, answer, { setId, weighted: { weight: answer.weight } }, answer.healthCheck);
  }

  /** Two answers, `blue` and `green`, and one number that says how much goes to which. */
  blueGreen(name: string, { blue, green, greenPercent }: BlueGreenOptions): void {
    const problems = new Problems(this, "HostedZone");
    problems.require(
      Number.isInteger(greenPercent) && greenPercent >= 0 && greenPercent <= 100,
      `greenPercent of ${shown(name)} must be a whole number from 0 to 100, got ${greenPercent}`,
    );
    problems.throwIfAny();
    this.answer(name, blue, { setId: "blue", weighted: { weight: 100 - greenPercent } });
    this.answer(name, green, { setId: "green", weighted: { weight: greenPercent } });
  }

  /** An answer, and the one that stands in for it while it is not healthy. */
  failover(name: string, options: FailoverOptions): void {
    for (const setId of ["primary", "secondary"] as const) {
      const answer = options[setId];
      const healthCheck = answer.healthCheck && this.healthCheckOf(name, setId, answer.healthCheck);
      this.answer(name, answer, { setId, failover: setId }, healthCheck);
    }
  }

  /**
   * Leaves a name below this zone to a zone of its own: makes the NS record, in the later of the two stacks. Without `ttlSeconds` it is kept for
   * two days, as AWS keeps the name servers of a zone.
   * @throws InvalidConstructError when the child's domain is not below this zone's
   */
  delegate(child: ChildZone, options: DelegateOptions = {}): Route53Record {
    const { ttlSeconds = CHILD_TTL_SECONDS, signed = false } = options;
    const problems = new Problems(this, "HostedZone");
    problems.require(
      child.domainName.toLowerCase() !== this.domainName.toLowerCase(),
      `${child.domainName} cannot be delegated to itself: name a zone below it`,
    );
    problems.require(
      !signed || child.dsRecord !== undefined,
      `${child.domainName} is not signed, so there is no DS record to publish: give it dnssec first`,
    );
    problems.throwIfAny();
    const common = { name: `${child.domainName}.`, refersTo: [child] };
    if (signed)
      this.recordSets.add({ ...common, type: "DS", answer: { records: [child.dsRecord ?? ""], ttl: ttlSeconds } });
    // Not copied: the name servers of a zone are one token.
    return this.recordSets.add({
      ...common,
      type: "NS",
      answer: { records: child.nameServers as string[], ttl: ttlSeconds },
    });
  }

  private answer(
    name: string,
    answer: Answer,
    routing: Routing<AliasRoutingPolicy>,
    healthCheck?: { readonly id: string },
  ): void {
    if ("target" in answer) this.alias(name, answer.target, { routing, healthCheck });
    else this.record(name, { ...answer, routing, healthCheck });
  }

  private healthCheckOf(name: string, setId: string, health: AnswerHealth): { readonly id: string } {
    if (!("type" in health)) return health;
    return new HealthCheck(this, this.recordSets.partId(name, `${setId}_health_check`), health);
  }
}
