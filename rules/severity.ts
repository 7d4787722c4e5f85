import type { Tier } from "./resource";
import type { LimitSeverity, PolicyLevel, PolicySeverity } from "./rule";

/** As reports name it: of a limit `error` or `warning`, of a policy its level in the stack's tier. */
export type Severity = "error" | "warning" | Exclude<PolicyLevel, "off">;

/** How severe something is in a tier. */
export function severityIn(severity: LimitSeverity | PolicySeverity, tier: Tier): Severity | "off" {
  return typeof severity === "string" ? severity : severity[tier];
}

/** From which level on a policy blocks, by tier. */
const BLOCKING: Readonly<Record<Tier, readonly Severity[]>> = {
  sandbox: ["critical"],
  development: ["critical"],
  staging: ["critical", "high"],
  production: ["critical", "high", "medium"],
};

/** Whether nothing may be planned or applied before it is mended or acknowledged. */
export function blocksIn(severity: Severity, tier: Tier): boolean {
  return severity === "error" || BLOCKING[tier].includes(severity);
}
