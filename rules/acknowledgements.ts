import {
  ACKNOWLEDGEMENT_FINDINGS,
  VOIDING,
  type AcknowledgementFindingId as FindingId,
} from "./acknowledgement-findings";
import { covers } from "./values/argument";
import type { Estate } from "./estate";
import type { Finding, Found, Location, Report, Undecided } from "./evaluate";
import { coversPath, depthOf, isStackWide, reachesStack } from "./path-pattern";
import type { Acknowledgement, StackView } from "./resource";
import type { Rule } from "./rule";
import { blocksIn, severityIn, type Severity } from "./severity";

/** The fewest characters in which something can be said. */
export const SHORTEST_REASON = 15;
const PLACEHOLDER = /^\W*(n\/?a|none|todo|tbd|fixme|x+|wip|test(ing)?)\W*$/i;
const POSTPONED = /^\W*(n\/a|todo|tbd|fixme)\b/i;
const SOON_DAYS = 30;

/** Whether a text says why: it is long enough, and neither begins with "todo" nor consists of such words. */
export function isReason(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /\w/.test(word));
  const isPlaceholder = POSTPONED.test(text) || words.every((word) => PLACEHOLDER.test(word));
  return text.trim().length >= SHORTEST_REASON && !isPlaceholder;
}

/** An acknowledgement, and the stacks in which it may silence something: its own, or all of its environment. */
interface Entry {
  readonly acknowledgement: Acknowledgement;
  readonly stacks: readonly [StackView, ...StackView[]];
}

export interface AcknowledgementSettings {
  readonly rules: readonly Rule[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Line of a key of an environment's configuration. */
  readonly locateKey: (environment: string, key: string) => string | undefined;
  /** Whether there are rules that are not among these. */
  readonly partial: boolean;
}

/** Everything that was acknowledged in an estate: what it silences, and what is wrong with it. */
export class Acknowledgements {
  private readonly entries: readonly Entry[];
  private readonly valid: readonly Entry[];
  private readonly rules: ReadonlyMap<string, Rule>;

  constructor(
    estate: Estate,
    private readonly settings: AcknowledgementSettings,
  ) {
    this.rules = new Map(settings.rules.map((rule) => [rule.id, rule]));
    // What does not hold here is as if it were not there.
    this.entries = entriesOf(estate).filter((entry) => this.holds(entry));
    this.valid = this.entries.filter((entry) => !this.faults(entry).some(([id]) => VOIDING.has(id)));
  }

  /** The acknowledgement that silences a fault; of several, the one nearest to the resource. */
  silencing(found: Found): Acknowledgement | undefined {
    return this.valid
      .filter((entry) => matches(entry, found))
      .map(({ acknowledgement }) => acknowledgement)
      .sort((one, other) => depthOf(other.path) - depthOf(one.path))[0];
  }

  /** What is wrong with the acknowledgements. What cannot be told yet may still come to match. */
  findings(found: readonly (Found | Undecided)[]): Finding[] {
    return this.entries.flatMap((entry) => {
      const { id } = entry.acknowledgement;
      if (!found.some((one) => matches(entry, one))) {
        const why = this.rules.has(id) ? "" : ": there is no such rule";
        return [this.finding(entry, "acknowledgement-unused", `the acknowledgement of ${id} matches nothing${why}`)];
      }
      return this.faults(entry).map(([fault, text]) =>
        this.finding(entry, fault, `the acknowledgement of ${id} ${text}`),
      );
    });
  }

  private holds({ acknowledgement, stacks: [{ tier }] }: Entry): boolean {
    const { id, tiers } = acknowledgement;
    if (this.settings.partial && !this.rules.has(id)) return false;
    return (tiers === undefined || tiers.includes(tier)) && this.severityOf(id, tier) !== "off";
  }

  private severityOf(id: string, tier: StackView["tier"]): Severity | "off" | undefined {
    const rule = this.rules.get(id);
    return rule && severityIn(rule.severity, tier);
  }

  /** Whatever is wrong with one that matches, and in what words. */
  private faults({ acknowledgement, stacks: [view] }: Entry): [FindingId, string][] {
    const { id, path, reason, expires, ticket } = acknowledgement;
    const { today } = this.settings;
    const severity = this.severityOf(id, view.tier);
    const production = view.tier === "production";
    const grave = severity === "critical" || severity === "high";
    const found: [FindingId, string][] = [];
    if (!isReason(reason)) found.push(["acknowledgement-without-reason", `gives no reason: ${JSON.stringify(reason)}`]);
    if (expires !== undefined && expires < today) found.push(["acknowledgement-expired", `expired on ${expires}`]);
    else if (expires !== undefined && expires < daysAfter(today, SOON_DAYS))
      found.push(["acknowledgement-expires-soon", `expires on ${expires}`]);
    if (production && grave && !ticket?.trim())
      found.push(["acknowledgement-without-ticket", `has no ticket, and it is ${severity} in production`]);
    if (production && severity === "critical" && expires === undefined)
      found.push(["acknowledgement-without-expiry", "holds for ever, and it is critical in production"]);
    const disapproval = this.disapproval(acknowledgement, view);
    if (disapproval !== undefined) found.push(["acknowledgement-not-approved", disapproval]);
    if (severity === "critical" && isStackWide(path))
      found.push(["acknowledgement-too-broad", `silences all of ${path}, and it is critical here`]);
    return found;
  }

  /** An approver who is named must be one; where the environment names none, that matters for locked rules in production only. */
  private disapproval({ id, approvedBy }: Acknowledgement, { tier, policy }: StackView): string | undefined {
    const locked = tier === "production" && this.rules.get(id)?.locked === true;
    const approvers = policy?.approvers;
    if (approvedBy === undefined) return locked ? "is of a locked rule, and nobody approved it" : undefined;
    if (approvers === undefined)
      return locked ? `was approved by ${approvedBy}, and the environment names no approvers` : undefined;
    return approvers.includes(approvedBy) ? undefined : `was approved by ${approvedBy}, who is no approver`;
  }

  private finding({ acknowledgement, stacks }: Entry, rule: FindingId, message: string): Finding {
    const { id, path, source, configuration: key } = acknowledgement;
    const view = stacks.find((stack) => reachesStack(path, stack.id)) ?? stacks[0];
    const { environment, tier } = view;
    const { severity: severities, fix } = ACKNOWLEDGEMENT_FINDINGS[rule];
    const severity = severityIn(severities, tier) as Severity;
    const inFile = key !== undefined && environment !== undefined;
    const line = inFile ? this.settings.locateKey(environment, key) : source;
    const location: Location = {
      path,
      ...(line === undefined ? {} : { source: line }),
      ...(inFile ? { configuration: `${environment}: ${key}` } : {}),
    };
    return {
      rule,
      severity,
      blocks: blocksIn(severity, tier),
      stack: view.id,
      ...(environment === undefined ? {} : { environment }),
      address: path,
      argument: "acknowledge",
      value: id,
      message,
      fix,
      location,
    };
  }
}

/** The report as if nothing had been acknowledged. */
export function withoutAcknowledgements(report: Report): Report {
  const silenced = report.acknowledged.map(
    ({ reason: _reason, ticket: _ticket, expires: _expires, approvedBy: _approvedBy, ...finding }): Finding => finding,
  );
  const findings = report.findings.filter(({ rule }) => !(rule in ACKNOWLEDGEMENT_FINDINGS));
  return { ...report, findings: [...findings, ...silenced], acknowledged: [] };
}

/** Those of the constructs first: they are nearer than what is said in a file. */
function entriesOf({ stacks }: Estate): Entry[] {
  const own = stacks.flatMap((stack) =>
    stack.acknowledgements.map((acknowledgement): Entry => ({ acknowledgement, stacks: [stack] })),
  );
  const environments = new Map<string, [StackView, ...StackView[]]>();
  for (const stack of stacks) {
    const known = environments.get(stack.environment ?? "");
    if (known) known.push(stack);
    else if (stack.environment !== undefined) environments.set(stack.environment, [stack]);
  }
  const inFiles = [...environments.values()].flatMap((all) =>
    (all[0].policy?.acknowledgements ?? []).map((acknowledgement): Entry => ({ acknowledgement, stacks: all })),
  );
  return [...own, ...inFiles];
}

function matches({ acknowledgement, stacks }: Entry, found: Found | Undecided): boolean {
  const { id, path, at, configuration } = acknowledgement;
  if (id !== found.rule.id || !stacks.includes(found.resource.stack)) return false;
  const { path: place = "" } = found.resource.origin;
  // What a construct is called may hold a star: only what is said in a file is a pattern.
  const isThere = configuration === undefined ? isAtOrBelow(place, path) : coversPath(path, place);
  return isThere && (at === undefined || !("fault" in found) || covers(at, found.fault.argument));
}

function isAtOrBelow(place: string, path: string): boolean {
  return place === path || place.startsWith(`${path}/`);
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
