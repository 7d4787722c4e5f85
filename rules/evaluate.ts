import { UnknownValueError } from "./block";
import type { Estate } from "./estate";
import { listed, type Fault, type PolicyLevel, type Rule } from "./rule";
import type { Acknowledgement, Resource, StackView, Tier } from "./resource";

/** As reports name it: of a limit `error` or `warning`, of a policy its level in the stack's tier. */
export type Severity = "error" | "warning" | Exclude<PolicyLevel, "off">;

/** One fault of one resource. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Whether nothing may be planned or applied before it is mended or acknowledged. */
  readonly blocks: boolean;
  readonly stack: string;
  readonly environment?: string;
  readonly address: string;
  readonly argument: string;
  /** What it is; absent where the argument may hold a secret. */
  readonly value?: unknown;
  readonly message: string;
  readonly fix: string;
  readonly location: Location;
}

/** Where what was found was written. */
export interface Location {
  /** `file:line:column`: of the configuration that holds the value, else of the call that set it, else of the construct. */
  readonly source?: string;
  /** Line of the construct, when `source` is another. */
  readonly construct?: string;
  /** The module's own line. */
  readonly via?: string;
  /** Construct path. */
  readonly path?: string;
  /** Environment and key of its configuration: `dev: servers.web`. */
  readonly configuration?: string;
}

/** Everything that the rules said. */
export interface Report {
  readonly findings: readonly Finding[];
  /** Findings that somebody acknowledged, with the reason. */
  readonly acknowledged: readonly (Finding & { readonly reason: string })[];
  /** Rules that could not tell before Terraform runs: a plan closes these. */
  readonly unknown: readonly { readonly rule: string; readonly stack: string; readonly address: string; readonly argument: string }[];
}

/** A rule threw: a mistake in the rule, not in what it looked at. Counting it as passed would hide faults. */
export class RuleFailedError extends Error {
  readonly code = "RULE_FAILED";

  constructor(rule: string, resource: string, cause: unknown) {
    super(`Rule ${rule} failed on ${resource}: ${(cause as Error).message}`, { cause });
    this.name = "RuleFailedError";
  }
}

/** Where a finding of an argument was written. The default knows only the side file. */
export type Locate = (resource: Resource, fault: Fault) => Location;

export interface EvaluateOptions {
  readonly rules: readonly Rule[];
  /** Acknowledgements that expired before this day are void. `YYYY-MM-DD` */
  readonly today: string;
  /** @default locateBySideFile */
  readonly locate?: Locate;
}

/**
 * Runs every rule on every resource of its types.
 * @throws RuleFailedError when a rule throws anything but "unknown"
 */
export function evaluate(estate: Estate, { rules, today, locate = locateBySideFile }: EvaluateOptions): Report {
  const faults: Found[] = [];
  const unknown: Report["unknown"][number][] = [];
  for (const rule of rules) {
    for (const group of groupsFor(rule, estate)) {
      const [first] = group;
      if (!first || severityIn(rule, first.stack.tier) === "off") continue;
      try {
        faults.push(...judge(rule, group, estate));
      } catch (error) {
        if (!(error instanceof UnknownValueError)) throw new RuleFailedError(rule.id, `${first.stack.id} ${first.address}`, error);
        unknown.push({ rule: rule.id, stack: first.stack.id, address: first.address, argument: error.argument });
      }
    }
  }
  return { unknown, ...acknowledge(estate, faults, today, (found) => finding(found, locate)) };
}

/** A fault with the rule that found it and the resource that has it. */
interface Found {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly fault: Fault;
}

/** What a rule is asked about at once: one resource, or all of an environment. */
function groupsFor(rule: Rule, estate: Estate): readonly (readonly Resource[])[] {
  const resources = estate.ofType(...rule.types);
  if ("check" in rule) return resources.map((resource) => [resource]);
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const { environment, account, region, id } = resource.stack;
    // Where nothing tells of environments, an account and region have the quotas.
    const name = environment ?? (account || region ? `${account} ${region}` : id);
    groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  return [...groups.values()];
}

function judge(rule: Rule, group: readonly Resource[], estate: Estate): Found[] {
  const [resource] = group;
  if (!resource) return [];
  if ("check" in rule) return listed(rule.check(resource, estate)).map((fault) => ({ rule, resource, fault }));
  const faults = rule.checkEnvironment(group, { quotas: resource.stack.quotas }, estate);
  return faults.map(({ resource: faulty, ...fault }) => ({ rule, resource: faulty, fault }));
}

function severityIn(rule: Rule, tier: Tier): Severity | "off" {
  return typeof rule.severity === "string" ? rule.severity : rule.severity[tier];
}

/** From which level on a policy blocks, by tier. */
const BLOCKING: Readonly<Record<Tier, readonly Severity[]>> = {
  sandbox: ["critical"],
  development: ["critical"],
  staging: ["critical", "high"],
  production: ["critical", "high", "medium"],
};

function finding({ rule, resource, fault }: Found, locate: Locate): Finding {
  const { stack, address } = resource;
  const severity = severityIn(rule, stack.tier) as Severity;
  const { argument, value, message, fix = rule.fix } = fault;
  return {
    rule: rule.id,
    severity,
    blocks: severity === "error" || BLOCKING[stack.tier].includes(severity),
    stack: stack.id,
    ...(stack.environment === undefined ? {} : { environment: stack.environment }),
    address,
    argument,
    ...(value === undefined || isSensitive(argument) ? {} : { value }),
    message,
    fix,
    location: locate(resource, fault),
  };
}

/** Arguments whose values are never shown: secrets by name, and texts that often hold one. */
const SENSITIVE = /password|secret|token|private_key|key_material|credential|user_data|passphrase|plaintext/i;

function isSensitive(argument: string): boolean {
  return SENSITIVE.test(argument);
}

/** The line that the side file tells, or for output without one, the construct path. */
export function locateBySideFile({ stack, origin }: Resource, { argument }: Fault): Location {
  const { path, source, via, configuration, written } = origin;
  const set = Object.entries(written ?? {}).find(([name]) => covers(name, argument))?.[1];
  return {
    ...(set === undefined ? (source === undefined ? {} : { source }) : { source: set, construct: source }),
    ...(via === undefined ? {} : { via }),
    ...(path === undefined ? {} : { path }),
    ...(configuration === undefined ? {} : { configuration: `${stack.environment}: ${configuration}` }),
  };
}

/** `root_block_device` covers `root_block_device.0.iops`; indexes count only where both have them. */
export function covers(written: string, argument: string): boolean {
  const names = (text: string): string[] => text.split(".").filter((part) => !/^\d+$/.test(part));
  const [one, other] = [names(written), names(argument)];
  return one.every((part, index) => part === other[index]) || other.every((part, index) => part === one[index]);
}

/** Takes out what is acknowledged, and adds what is wrong with the acknowledgements themselves. */
function acknowledge(
  estate: Estate,
  found: readonly Found[],
  today: string,
  toFinding: (found: Found) => Finding,
): Pick<Report, "findings" | "acknowledged"> {
  const used = new Set<Acknowledgement>();
  const findings: Finding[] = [];
  const acknowledged: (Finding & { reason: string })[] = [];
  for (const one of found) {
    const matching = one.resource.stack.acknowledgements.filter((candidate) => applies(candidate, one));
    for (const candidate of matching) used.add(candidate);
    const valid = matching.find(({ expires }) => expires === undefined || expires >= today);
    if (valid) acknowledged.push({ ...toFinding(one), reason: valid.reason });
    else findings.push(toFinding(one));
  }
  const stacks = new Set(estate.resources.map(({ stack }) => stack));
  for (const stack of stacks) findings.push(...faultyAcknowledgements(stack, used, today));
  return { findings, acknowledged };
}

function applies(acknowledgement: Acknowledgement, { rule, resource, fault }: Found): boolean {
  const path = resource.origin.path ?? "";
  const below = path === acknowledgement.path || path.startsWith(`${acknowledgement.path}/`);
  return below && acknowledgement.id === rule.id && (acknowledgement.at === undefined || covers(acknowledgement.at, fault.argument));
}

function faultyAcknowledgements(stack: StackView, used: ReadonlySet<Acknowledgement>, today: string): Finding[] {
  return stack.acknowledgements.flatMap((acknowledgement) => {
    const { id, path, expires, source } = acknowledgement;
    const base = { stack: stack.id, environment: stack.environment, address: path, argument: "acknowledge", value: id };
    const location: Location = { path, ...(source === undefined ? {} : { source }) };
    if (!used.has(acknowledgement)) {
      const message = `the acknowledgement of ${id} matches nothing`;
      const fix = "Drop it: what it silenced is mended, or was never there.";
      return [{ ...base, rule: "acknowledgement-unused", severity: "warning" as const, blocks: false, message, fix, location }];
    }
    if (expires !== undefined && expires < today) {
      const message = `the acknowledgement of ${id} expired on ${expires}`;
      const fix = "Mend what it silenced, or renew it with a new date.";
      return [{ ...base, rule: "acknowledgement-expired", severity: "warning" as const, blocks: false, message, fix, location }];
    }
    return [];
  });
}
