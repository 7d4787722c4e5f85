import type { Finding, Report } from "../evaluate";

/**
 * The report as JUnit XML, which every CI shows as a table of passed and failed: a suite for each stack, a case for each rule. A rule fails
 * where it found something; where all that it found is acknowledged, it is skipped with the reasons.
 * @param stacks ids of the stacks that were looked at
 * @param rules ids of the rules that ran
 */
export function reportJunit(report: Report, stacks: readonly string[], rules: readonly string[]): string {
  const suites = stacks.map((stack) => suite(stack, report, rules));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="andamio check">\n${suites.join("\n")}\n</testsuites>\n`;
}

function suite(stack: string, { findings, acknowledged }: Report, rules: readonly string[]): string {
  const here = <T extends Finding>(all: readonly T[]): T[] => all.filter((finding) => finding.stack === stack);
  const [found, silenced] = [here(findings), here(acknowledged)];
  const ids = [...new Set([...rules, ...found.map(({ rule }) => rule)])];
  const cases = ids.map((id) => {
    const failures = found.filter(({ rule }) => rule === id);
    const reasons = silenced.filter(({ rule }) => rule === id).map(({ reason }) => reason);
    return testcase(stack, id, failures, [...new Set(reasons)]);
  });
  const failed = new Set(found.map(({ rule }) => rule)).size;
  return `  <testsuite name="${escaped(stack)}" tests="${ids.length}" failures="${failed}">\n${cases.join("\n")}\n  </testsuite>`;
}

function testcase(stack: string, id: string, failures: readonly Finding[], reasons: readonly string[]): string {
  const open = `    <testcase classname="${escaped(stack)}" name="${escaped(id)}"`;
  if (failures.length > 0) {
    const text = failures.map(({ address, argument, message, fix, location }) =>
      [location.source, `${address}: ${argument}: ${message}. ${fix}`].filter(Boolean).join("  "),
    );
    const [first] = failures;
    return `${open}>\n      <failure message="${escaped(first?.message ?? "")}">${escaped(text.join("\n"))}</failure>\n    </testcase>`;
  }
  if (reasons.length > 0) return `${open}>\n      <skipped message="${escaped(reasons.join("; "))}"/>\n    </testcase>`;
  return `${open}/>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escaped(text: string): string {
  // XML has no way to write control characters.
  return text
    .replace(/(?![\t\n\r])\p{Cc}/gu, "\uFFFD")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
