import { createHash } from "node:crypto";
import type { AcknowledgedFinding, Finding, Report } from "../evaluate";
import type { Rule } from "../rule";
import type { Severity } from "../severity";

/** What code scanning sorts by: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  error: "8.0",
  high: "8.0",
  medium: "5.5",
  warning: "4.0",
  low: "2.0",
};

const LEVEL: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  error: "error",
  high: "error",
  medium: "warning",
  warning: "warning",
  low: "note",
};

/** The report as SARIF 2.1.0, for code scanning: findings at their source lines, acknowledged ones suppressed with their reason. */
export function reportSarif({ findings, acknowledged }: Report, rules: readonly Rule[]): object {
  const used = new Set([...findings, ...acknowledged].map(({ rule }) => rule));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "andamio",
            rules: [...used].sort().map((id) => descriptor(id, rules)),
          },
        },
        columnKind: "utf16CodeUnits",
        results: [
          ...findings.map((finding) => result(finding)),
          ...acknowledged.map((finding) => ({
            ...result(finding),
            suppressions: [{ kind: "inSource", justification: justification(finding) }],
          })),
        ],
      },
    ],
  };
}

/** The reason, and what it rests on: `a honeypot nobody reaches (SEC-123, approved by security@acme, until 2027-01-31)`. */
function justification({ reason, ticket, approvedBy, expires }: AcknowledgedFinding): string {
  const grounds = [ticket, approvedBy && `approved by ${approvedBy}`, expires && `until ${expires}`].filter(Boolean);
  return grounds.length === 0 ? reason : `${reason} (${grounds.join(", ")})`;
}

function descriptor(id: string, rules: readonly Rule[]): object {
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) return { id };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.fix },
    helpUri: rule.source,
  };
}

function result(finding: Finding): object {
  const { rule, severity, message, fix, argument, address, stack, location } = finding;
  const name = `${location.path ?? `${stack} ${address}`}#${argument}`;
  return {
    ruleId: rule,
    level: LEVEL[severity],
    kind: "fail",
    message: { text: `${stack} ${address}: ${message}. ${fix}` },
    locations: [{ ...physical(location.source), logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }] }],
    // The same finding has the same fingerprint when lines move.
    partialFingerprints: { "andamio/v1": createHash("sha256").update(`${rule} ${name}`).digest("hex").slice(0, 32) },
    properties: { "security-severity": SECURITY_SEVERITY[severity], stack, address, argument },
  };
}

function physical(source: string | undefined): object {
  const match = /^(.*):(\d+):(\d+)$/.exec(source ?? "");
  if (!match) return {};
  const [, file = "", line, column] = match;
  const uri = file.split("/").map(encodeURIComponent).join("/");
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: "SRCROOT" },
      region: { startLine: Number(line), startColumn: Number(column) },
    },
  };
}
