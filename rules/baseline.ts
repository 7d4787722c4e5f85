import type { Finding, Report } from "./evaluate";

/**
 * The report without what a former one has already found: for rules that come to an estate which is there. A finding is the same when rule,
 * stack, resource and argument are; lines may have moved, and values changed.
 */
export function sinceBaseline(report: Report, baseline: { readonly findings: readonly Finding[] }): Report {
  const known = new Set(baseline.findings.map(identity));
  return { ...report, findings: report.findings.filter((finding) => !known.has(identity(finding))) };
}

function identity({ rule, stack, address, argument }: Finding): string {
  return [rule, stack, address, argument].join("\0");
}
