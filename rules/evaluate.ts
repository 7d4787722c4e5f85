import { Acknowledgements } from "./acknowledgements";
import { covers } from "./values/argument";
import { UnknownValueError } from "./values/block";
import type { Estate } from "./estate";
import { listed, type Fault, type Rule } from "./rule";
import type { Acknowledgement, Resource } from "./resource";
import { shownValue } from "./secrets";
import { blocksIn, severityIn, type Severity } from "./severity";

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

/** A finding that somebody acknowledged, and what was said of it. */
export interface AcknowledgedFinding
  extends Finding, Pick<Acknowledgement, "reason" | "ticket" | "expires" | "approvedBy"> {}

/** Everything that the rules said. */
export interface Report {
  readonly findings: readonly Finding[];
  /** Findings that somebody acknowledged, with the reason. */
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Rules that could not tell before Terraform runs: a plan closes these. */
  readonly unknown: readonly {
    readonly rule: string;
    readonly stack: string;
    readonly address: string;
    readonly argument: string;
  }[];
}

/** A rule threw: a mistake in the rule, not in what it looked at. Counting it as passed would hide faults. */
export class RuleFailedError extends Error {
  readonly code = "RULE_FAILED";
  // Neither usage nor a finding: what the process ends with.
  readonly exitCode = 1;

  constructor(rule: string, resource: string, cause: unknown) {
    super(`Rule ${rule} failed on ${resource}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
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
  /**
   * Whether the program has rules that are not among these: then nothing is said of what is acknowledged of others.
   * @default false
   */
  readonly partial?: boolean;
  /**
   * The line of a key of an environment's configuration: `environments/prod.ts:14:20`.
   * @default none is known
   */
  readonly locateKey?: (environment: string, key: string) => string | undefined;
}

/**
 * Runs every rule on every resource of its types.
 * @throws RuleFailedError when a rule throws anything but "unknown"
 */
export function evaluate(estate: Estate, options: EvaluateOptions): Report {
  const { rules, today, locate = locateBySideFile, locateKey = () => undefined, partial = false } = options;
  const everyFault: Found[] = [];
  const undecided: Undecided[] = [];
  for (const rule of rules) {
    for (const group of groupsFor(rule, estate)) {
      const [first] = group;
      if (!first || severityIn(rule.severity, first.stack.tier) === "off") continue;
      try {
        everyFault.push(...judge(rule, group, estate));
      } catch (error) {
        if (!(error instanceof UnknownValueError))
          throw new RuleFailedError(rule.id, `${first.stack.id} ${first.address}`, error);
        undecided.push({ rule, resource: first, argument: error.argument });
      }
    }
  }
  const faults = alike(everyFault, estate);
  const acknowledgements = new Acknowledgements(estate, { rules, today, locateKey, partial });
  const silencing = faults.map((one) => acknowledgements.silencing(one));
  return {
    findings: [
      ...faults.filter((_one, index) => silencing[index] === undefined).map((one) => finding(one, locate)),
      ...acknowledgements.findings([...faults, ...undecided]),
    ],
    acknowledged: faults.flatMap((one, index) => {
      const acknowledgement = silencing[index];
      return acknowledgement === undefined ? [] : [{ ...finding(one, locate), ...said(acknowledgement) }];
    }),
    unknown: undecided.map(({ rule, resource: { stack, address }, argument }) => ({
      rule: rule.id,
      stack: stack.id,
      address,
      argument,
    })),
  };
}

/** A fault with the rule that found it and the resource that has it. */
export interface Found {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly fault: Fault;
}

/** A rule that cannot be told yet of a resource. */
export interface Undecided {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly argument: string;
}

/** What a rule is asked about at once: one resource, or all of an environment. */
function groupsFor(rule: Rule, estate: Estate): readonly (readonly Resource[])[] {
  const resources = estate.ofType(...rule.types);
  if ("check" in rule) return resources.map((resource) => [resource]);
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const { stack, region, account } = resource;
    const known = stack.environment ?? account ?? region;
    // Quotas are of an account in a region. Where nothing tells of either, each stack is by itself.
    const name = JSON.stringify(known === undefined ? [stack.id] : [stack.environment, account, region]);
    const group = groups.get(name);
    if (group) group.push(resource);
    else groups.set(name, [resource]);
  }
  return [...groups.values()];
}

function judge(rule: Rule, group: readonly Resource[], estate: Estate): Found[] {
  const [resource] = group;
  if (!resource) return [];
  if ("check" in rule) return listed(rule.check(resource, estate)).map((fault) => found(rule, resource, fault));
  const faults = rule.checkEnvironment(group, { quotas: resource.stack.quotas }, estate);
  return listed(faults).map(({ resource: faulty, ...fault }) => found(rule, faulty, fault));
}

/** A rule of the project's own may answer with anything: what is no fault would be told without its argument. */
function found(rule: Rule, resource: Resource, fault: Fault): Found {
  const isFault = (value: unknown): value is Fault =>
    typeof value === "object" && value !== null && "argument" in value && "message" in value;
  if (isFault(fault) && typeof resource === "object") return { rule, resource, fault };
  const isPromise = typeof (fault as { then?: unknown } | undefined)?.then === "function";
  const error = new TypeError(
    isPromise ? "it answers later, and rules answer at once" : `it must return faults, got ${JSON.stringify(fault)}`,
  );
  // It came about here, and nobody's line is here.
  error.stack = "";
  throw error;
}

/** Faults without repetitions: one that all instances of a resource have is that of the whole. */
function alike(found: readonly Found[], estate: Estate): Found[] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const { stack, address, instanceOf = address } = one.resource;
    const { argument, value, message } = one.fault;
    const key = JSON.stringify([one.rule.id, stack.id, instanceOf, argument, value, message]);
    const group = groups.get(key);
    if (!group) groups.set(key, [one]);
    else if (group.every(({ resource }) => resource !== one.resource)) group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const whole = first?.resource.instanceOf;
    if (!first || whole === undefined) return group;
    const isOfAll = group.length === estate.instancesBeside(first.resource).length;
    return isOfAll ? [{ ...first, resource: { ...first.resource, address: whole } }] : group;
  });
}

function said({ reason, ticket, expires, approvedBy }: Acknowledgement): Pick<AcknowledgedFinding, "reason"> {
  const optional = Object.entries({ ticket, expires, approvedBy }).filter(([, value]) => value !== undefined);
  return { reason, ...Object.fromEntries(optional) };
}

function finding({ rule, resource, fault }: Found, locate: Locate): Finding {
  const { stack, address } = resource;
  const severity = severityIn(rule.severity, stack.tier) as Severity;
  const { argument, value, message, fix = rule.fix } = fault;
  return {
    rule: rule.id,
    severity,
    blocks: blocksIn(severity, stack.tier),
    stack: stack.id,
    ...(stack.environment === undefined ? {} : { environment: stack.environment }),
    address,
    argument,
    ...shownValue(value, argument, resource),
    message,
    fix,
    location: locate(resource, fault),
  };
}

/** The line that the side file tells, or for output without one, the construct path. */
export function locateBySideFile({ stack, origin }: Resource, { argument }: Fault): Location {
  const { path, source, via, configuration, written } = origin;
  // The line that set most of the argument's name: `root_block_device.iops` before `root_block_device`.
  const [, set] =
    Object.entries(written ?? {})
      .filter(([name]) => covers(name, argument) || covers(argument, name))
      .sort(([one], [other]) => other.length - one.length)[0] ?? [];
  return {
    ...(set === undefined ? (source === undefined ? {} : { source }) : { source: set, construct: source }),
    ...(via === undefined ? {} : { via }),
    ...(path === undefined ? {} : { path }),
    ...(configuration === undefined ? {} : { configuration: `${stack.environment}: ${configuration}` }),
  };
}
