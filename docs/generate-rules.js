"use strict";
const { writeFileSync } = require("node:fs");
const path = require("node:path");

/* `npm run docs:rules`: writes docs/rules.md from the rules themselves. */

const SERVICES = {
  names: "Names",
  vpc: "VPC",
  "security-group": "Security groups",
  "elastic-ip": "Elastic IPs",
  ec2: "EC2 instances and launch templates",
  ebs: "EBS volumes, snapshots and images",
  "launch-template": "Launch templates",
  autoscaling: "Auto Scaling groups, their policies and schedules",
  "load-balancer": "Load balancers",
  "target-group": "Target groups",
  listener: "Listeners and their rules",
  rds: "RDS",
  aurora: "Aurora",
  route53: "Route 53",
  iam: "IAM",
  secrets: "Secrets",
  scheduler: "EventBridge Scheduler",
};

const INTRODUCTION = `# Rules

<!-- Written by npm run docs:rules: change the rules, not this page. -->

What AWS would refuse at apply is refused when the program synthesizes, at the line that wrote it. \`andamio check\` runs the same
rules over any folder of Terraform JSON (\`--dir\`) and over a plan (\`--plan\`).

An \`error\` would be refused at apply, and blocks. A \`warning\` does not: a quota can be raised, or it is unwise. A policy is
\`critical\`, \`high\`, \`medium\` or \`low\` by the tier of the environment; what is not mentioned is off. A rule that cannot tell, because
a value is known to Terraform only, finds nothing; a plan closes it.

\`acknowledge(construct, { id, reason })\` silences one rule for a construct and what is below it; \`policy.acknowledge\` in an environment's
file does so for constructs by their paths. Of several, the nearest counts. What is silenced stays in every report, and
\`andamio check --no-suppressions\` shows it as if it were not. In production, what is \`critical\` or \`high\` needs a \`ticket\`, what is
\`critical\` the day on which it \`expires\`, and a rule that is locked \`approvedBy\`, one of the environment's \`policy.approvers\`.
What is wrong with an acknowledgement is [found too](#acknowledgements).

\`defineRule\` makes [rules of your own](other-repositories.md#a-rule-of-your-own), which are reported and acknowledged like these.`;

/** The page: a table for each service, and one of the quotas. */
function rulesPage({ rules, QUOTAS, ACKNOWLEDGEMENT_FINDINGS }) {
  const sections = Object.entries(SERVICES).map(([prefix, title]) => {
    const own = rules.filter(({ id }) => serviceOf(id) === prefix);
    const rows = own.map((rule) => [
      `\`${rule.id}\``,
      rule.title,
      rule.why,
      severity(rule.severity) + (rule.locked ? "; locked" : ""),
      rule.fix,
      `[AWS](${rule.source})`,
    ]);
    return `## ${title}\n\n${table(["Rule", "What", "Why", "Severity", "Fix", "Source"], rows)}`;
  });
  const quotas = Object.entries(QUOTAS).map(([name, quota]) => [
    `\`quotas.${name}\``,
    `${quota.unit} in ${quota.per}`,
    quota.default.toLocaleString("en-US"),
    `[AWS](${quota.source})`,
  ]);
  const section = `## Quotas\n\nAn environment says what AWS has raised.\n\n${table(["Key", "What", "Default", "Source"], quotas)}`;
  const faults = Object.entries(ACKNOWLEDGEMENT_FINDINGS).map(([id, { title, severity: levels, fix }]) => [
    `\`${id}\``,
    title,
    severity(levels),
    fix,
  ]);
  const acknowledgements = `## Acknowledgements\n\n${table(["Finding", "What must hold", "Severity", "Fix"], faults)}`;
  return `${[INTRODUCTION, ...sections, acknowledgements, section].join("\n\n")}\n`;
}

function serviceOf(id) {
  const service = Object.keys(SERVICES).find((prefix) => id.startsWith(`${prefix}-`));
  if (service === undefined) throw new Error(`docs/generate-rules.js names no service for ${id}`);
  return service;
}

function severity(value) {
  if (typeof value === "string") return value;
  const levels = Object.entries(value).filter(([, level]) => level !== "off");
  return levels.map(([tier, level]) => `${level} in ${tier}`).join(", ");
}

/** As prettier writes it. */
function table(head, rows) {
  const cells = [head, ...rows.map((row) => row.map((cell) => cell.replace(/[|*]/g, "\\$&")))];
  const widths = head.map((_title, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const [first, ...others] = cells.map(line);
  return [first, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...others].join("\n");
}

module.exports = { rulesPage };

if (require.main === module) {
  const { load } = require("../bin/load.js");
  writeFileSync(path.join(__dirname, "rules.md"), rulesPage(load(path.join(__dirname, "..", "rules", "index.ts"))));
}
