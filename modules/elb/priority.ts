import { stableHash } from "../core";
import { covers, type RuleConditions } from "./conditions";

/** A rule as far as its place among the others goes. */
export interface RankedRule {
  readonly name: string;
  readonly conditions: RuleConditions;
  readonly priority: number;
}

/** Priorities below this are never given by `rulePriority`: there is always room in front for one that is written out. */
const FIRST = 1_000;
/** The highest that AWS takes. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
export const HIGHEST_PRIORITY = 50_000;

/** AWS takes paths of at most 128 characters. Long ones are rare, so that their bands are narrow. */
const LONGEST_PATH = 128;
const COMMON_PATH = 32;
const WIDTH = { exactPath: 2_000, commonPath: 240, longPath: 16 } as const;
/** Rules that say nothing of the path, by their hosts. One exact host for each service is what most load balancers have. */
const WIDTH_WITHOUT_PATH = { exact: 10_000, wildcard: 2_000, any: 2_000 } as const;

type HostKind = keyof typeof WIDTH_WITHOUT_PATH;
const HOST_KINDS: readonly HostKind[] = ["exact", "wildcard", "any"];

/**
 * The priority of a rule that names none: a function of the rule alone, so that adding, dropping or moving another rule changes nothing.
 *
 * The lower number wins. Exact hosts come before wildcards and these before any host; among the same kind of hosts exact paths come first,
 * then patterns from long to short (`*` and `?` do not count), then no path; and at the same place a rule that also names headers, methods,
 * query strings or addresses comes before one that does not. Of several values the least specific counts. Where that leaves a
 * choice, the rule's name decides (its hash).
 */
export function rulePriority(name: string, conditions: RuleConditions): number {
  const [start, width] = bandOf(conditions);
  // Two fifths of a band are for rules that are narrowed down further, the rest for those that are not.
  const cut = Math.floor((width * 2) / 5);
  const [from, slots] = isRefined(conditions) ? [start, cut] : [start + cut, width - cut];
  return from + (parseInt(stableHash(name), 16) % slots);
}

/** First number and width of a rule's band. */
function bandOf({ hosts, paths }: RuleConditions): [number, number] {
  const kind = hostKind(hosts);
  let start = FIRST;
  for (const other of HOST_KINDS) {
    if (other === kind) break;
    start += pathsWidth() + WIDTH_WITHOUT_PATH[other];
  }
  if (!paths?.length) return [start + pathsWidth(), WIDTH_WITHOUT_PATH[kind]];
  if (paths.every((path) => !isPattern(path))) return [start, WIDTH.exactPath];
  const length = Math.min(LONGEST_PATH, ...paths.filter(isPattern).map((path) => path.replace(/[*?]/g, "").length));
  start += WIDTH.exactPath;
  for (let longer = LONGEST_PATH; longer > length; longer--) start += patternWidth(longer);
  return [start, patternWidth(length)];
}

/** All bands of one kind of hosts that have a path. */
function pathsWidth(): number {
  let width: number = WIDTH.exactPath;
  for (let length = 0; length <= LONGEST_PATH; length++) width += patternWidth(length);
  return width;
}

function patternWidth(length: number): number {
  return length > COMMON_PATH ? WIDTH.longPath : WIDTH.commonPath;
}

function hostKind(hosts: readonly string[] | undefined): HostKind {
  if (!hosts?.length) return "any";
  return hosts.some(isPattern) ? "wildcard" : "exact";
}

function isPattern(value: string): boolean {
  return /[*?]/.test(value);
}

/** True when something besides host and path is asked for; without either, when more than one thing is. */
function isRefined(conditions: RuleConditions): boolean {
  const { hosts, paths, headers, methods, queryStrings, sourceIps } = conditions;
  const further = [methods, queryStrings, sourceIps].filter((values) => values?.length).length;
  return further + Object.keys(headers ?? {}).length > (hosts?.length || paths?.length ? 0 : 1);
}

/**
 * Why a rule cannot stand beside those that the listener has: its priority is taken, or one of the two would never be reached.
 * @returns each problem, naming both rules and the fix
 */
export function priorityProblems(rule: RankedRule, others: readonly RankedRule[]): string[] {
  return others.flatMap((other) => {
    if (covers(rule.conditions, other.conditions) && covers(other.conditions, rule.conditions)) {
      return [`"${rule.name}" and "${other.name}" have the same conditions: only one of them could ever match`];
    }
    if (rule.priority === other.priority) {
      const free = freePriority(rule.priority, others);
      return [
        `"${rule.name}" and "${other.name}" both have priority ${rule.priority}: give one of them another ` +
          `(priority: ${free} is free)`,
      ];
    }
    const [first, second] = rule.priority < other.priority ? [rule, other] : [other, rule];
    if (!covers(first.conditions, second.conditions)) return [];
    return [
      `"${second.name}" (priority ${second.priority}) is never reached, because "${first.name}" (priority ${first.priority}) matches ` +
        `all that it matches and comes first: give "${second.name}" a priority below ${first.priority}`,
    ];
  });
}

function freePriority(taken: number, others: readonly RankedRule[]): number {
  const used = new Set(others.map(({ priority }) => priority));
  for (let next = taken + 1; next <= HIGHEST_PRIORITY; next++) if (!used.has(next)) return next;
  return taken - 1;
}
