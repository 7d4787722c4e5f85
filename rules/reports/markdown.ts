import type { Report } from "../evaluate";

/** What a comment on a pull request may hold. */
const LONGEST_COMMENT = 65_000;

/** The report as Markdown, for a comment on a pull request: the blocking ones first. */
export function reportMarkdown({ findings, acknowledged }: Report): string {
  if (findings.length === 0) return `### andamio check\n\nNothing was found.${silenced(acknowledged.length)}\n`;
  const blocking = findings.filter(({ blocks }) => blocks).length;
  const head = `### andamio check\n\n${findings.length} found, ${blocking} of them must be mended.${silenced(acknowledged.length)}\n`;
  const table = ["", "| | rule | where | what | fix |", "|---|---|---|---|---|"];
  const rows = [...findings]
    .sort((a, b) => Number(b.blocks) - Number(a.blocks))
    .map(({ blocks, severity, rule, stack, address, argument, message, fix, location }) => {
      const where = [location.source && `\`${location.source}\``, `${stack} \`${address}\``]
        .filter(Boolean)
        .join("<br>");
      const cells = [
        `${blocks ? "**" : ""}${severity}${blocks ? "**" : ""}`,
        rule,
        where,
        `\`${argument}\`: ${message}`,
        fix,
      ];
      return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
    });
  return fitted(`${head}${table.join("\n")}\n`, rows);
}

function silenced(count: number): string {
  return count === 0 ? "" : ` ${count} acknowledged.`;
}

function fitted(head: string, rows: readonly string[]): string {
  let text = head;
  for (const [index, row] of rows.entries()) {
    if (text.length + row.length > LONGEST_COMMENT) return `${text}\n… and ${rows.length - index} more.\n`;
    text += `${row}\n`;
  }
  return text;
}
