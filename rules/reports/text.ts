import type { Finding, Report } from "../evaluate";

/** The document of `andamio check --json`. */
export function reportDocument({ findings, acknowledged, unknown }: Report): object {
  return { format_version: "1.0", findings, acknowledged, unknown };
}

/** How severe, the worst first. */
const ORDER = ["critical", "error", "high", "medium", "warning", "low"];

/**
 * What was found, for people: by source file, in the order of lines. What one line causes in several environments is told once.
 * Empty when nothing was found.
 */
export function reportText({ findings, acknowledged }: Pick<Report, "findings" | "acknowledged">): string {
  if (findings.length === 0) return "";
  const files = new Map<string, Finding[][]>();
  for (const group of sameCause(findings)) {
    const file = fileOf(group[0]);
    const known = files.get(file);
    if (known) known.push(group);
    else files.set(file, [group]);
  }
  const sections = [...files.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, groups]) => section(file, groups));
  return printable([...sections, summary(findings, acknowledged.length)].join("\n\n"));
}

/** What others wrote may hold characters that a terminal obeys. */
function printable(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, "\uFFFD");
}

function section(file: string, groups: readonly Finding[][]): string {
  const sorted = [...groups].sort((a, b) => lineOf(a[0]) - lineOf(b[0]) || severityOf(a) - severityOf(b));
  return [file, ...sorted.map(entry)].join("\n");
}

function entry(group: readonly Finding[]): string {
  const [finding] = group as [Finding, ...Finding[]];
  const { location, argument, message, fix, severity, rule } = finding;
  const value = "value" in finding ? ` = ${shown(finding.value)}` : "";
  const addresses = [...new Set(group.map(({ address }) => address))];
  const where = positionOf(location.source);
  const lines = [
    `  ${where === "" ? "" : `${where}  `}${severity} ${rule}  ${[...new Set(group.map(({ stack }) => stack))].join(", ")}`,
    `    ${addresses.join(", ")}: ${argument}${value}`,
    `    ${message}`,
    `    Fix: ${fix}`,
  ];
  const configurations = [...new Set(group.flatMap((one) => one.location.configuration ?? []))];
  if (configurations.length > 0) lines.push(`    Configuration: ${configurations.join(", ")}`);
  const made = location.construct ?? location.via;
  if (made !== undefined)
    lines.push(`    Made at: ${[location.construct, location.via].filter(Boolean).join(", via ")}`);
  if (location.source === undefined && location.path !== undefined) lines.push(`    Construct: ${location.path}`);
  return lines.join("\n");
}

/** Findings of one rule that one line of source causes with one value: `dev, staging, prod` share the base. */
function sameCause(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, severity, argument, value, message, location, address, stack } = finding;
    const place = location.source ?? `${stack} ${location.path ?? address}`;
    const key = JSON.stringify([rule, severity, argument, value, message, place]);
    const known = groups.get(key);
    if (known) known.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function summary(findings: readonly Finding[], acknowledged: number): string {
  const blocking = findings.filter(({ blocks }) => blocks).length;
  const counts = ORDER.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const noun = ["error", "warning"].includes(severity) && count > 1 ? `${severity}s` : severity;
    return count === 0 ? [] : [`${count} ${noun}`];
  });
  const silenced = acknowledged === 0 ? "" : `, ${acknowledged} acknowledged`;
  return `${counts.join(", ")}${silenced}. ${blocking === 0 ? "Nothing blocks." : `${blocking} must be mended, or acknowledged with a reason.`}`;
}

function fileOf(finding: Finding | undefined): string {
  const source = finding?.location.source;
  return source === undefined ? (finding?.stack ?? "") : source.replace(/:\d+:\d+$/, "");
}

function lineOf(finding: Finding | undefined): number {
  return Number(/:(\d+):\d+$/.exec(finding?.location.source ?? "")?.[1] ?? 0);
}

function positionOf(source: string | undefined): string {
  return /:(\d+:\d+)$/.exec(source ?? "")?.[1] ?? "";
}

function severityOf(group: readonly Finding[]): number {
  return ORDER.indexOf(group[0]?.severity ?? "low");
}

const LONGEST_VALUE = 80;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 3)}...` : text;
}
