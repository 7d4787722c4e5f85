import { ACKNOWLEDGEMENT_FINDINGS } from "./acknowledgement-findings";
import type { Rule } from "./rule";

/** A project's own rule cannot be run as it is. */
export class InvalidRuleError extends Error {
  readonly code = "INVALID_RULE";

  constructor(problems: readonly string[]) {
    super(`The project's own rules are invalid:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "InvalidRuleError";
  }
}

const TIERS = ["sandbox", "development", "staging", "production"];
const LIMIT_SEVERITIES: readonly unknown[] = ["error", "warning"];
const POLICY_LEVELS: readonly unknown[] = ["critical", "high", "medium", "low", "off"];

/**
 * A program in JavaScript, and one that is not type-checked, may hand over anything.
 * @param own the rules that are Andamio's
 * @throws InvalidRuleError with everything that is wrong with any of them
 */
export function refuseInvalidRules(custom: readonly unknown[], own: readonly Rule[]): void {
  const taken = new Set([...own.map(({ id }) => id), ...Object.keys(ACKNOWLEDGEMENT_FINDINGS)]);
  const seen = new Set<unknown>();
  const problems = custom.flatMap((rule, index) => {
    if (!isObject(rule))
      return [`rules[${index}] must be what defineRule returns, got ${JSON.stringify(rule) ?? "nothing"}`];
    const { id } = rule;
    const name = typeof id === "string" && id !== "" ? id : `rules[${index}]`;
    const found = problemsOf(rule);
    if (taken.has(id as string)) found.push("its id is one of Andamio's: give it another, with a prefix of your own");
    if (seen.has(id)) found.push("its id is there twice: a rule is given once, and each has an id of its own");
    seen.add(id);
    return found.map((problem) => `${name}: ${problem}`);
  });
  if (problems.length > 0) throw new InvalidRuleError(problems);
}

function problemsOf(rule: Record<string, unknown>): string[] {
  const { types, severity, check, checkEnvironment } = rule;
  const problems: string[] = [];
  const require = (condition: boolean, problem: string): void => void (condition || problems.push(problem));
  for (const name of ["id", "title", "why", "fix", "source"])
    require(typeof rule[name] === "string" && rule[name] !== "", `${name} must be a text, got ${shown(rule[name])}`);
  const areTypes = Array.isArray(types) && types.length > 0 && types.every((type) => typeof type === "string");
  require(areTypes, `types must name one resource type or more, got ${shown(types)}`);
  require(LIMIT_SEVERITIES.includes(severity) ||
    isPolicySeverity(
      severity,
    ), `severity must be "error", "warning", or of each tier (${TIERS.join(", ")}) one of ${POLICY_LEVELS.join(", ")}, got ${shown(severity)}`);
  require([check, checkEnvironment].filter((one) => typeof one === "function").length ===
    1, "it must have one function: check for a resource, or checkEnvironment for all of them together");
  return problems;
}

function isPolicySeverity(severity: unknown): boolean {
  return isObject(severity) && TIERS.every((tier) => POLICY_LEVELS.includes(severity[tier]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
