import type { Finding, Report } from "../../rules";
import { reportJunit, reportMarkdown, reportSarif, rules, sinceBaseline } from "../../rules";

const finding: Finding = {
  rule: "ebs-gp3-iops-range",
  severity: "error",
  blocks: true,
  stack: "dev-servers",
  environment: "dev",
  address: "aws_instance.app",
  argument: "root_block_device.0.iops",
  value: 100,
  message: "the IOPS of a gp3 volume is 3,000 to 80,000",
  fix: 'Set iops to "3,000" & more.',
  location: { source: "environments/dev.ts:14:20", path: "dev-servers/app/Resource" },
};
const report: Report = {
  findings: [finding, { ...finding, rule: "elastic-ip-quota", severity: "warning", blocks: false, location: {} }],
  acknowledged: [{ ...finding, rule: "vpc-subnet-size", reason: "a test that nobody reads" }],
  unknown: [],
};

describe("SARIF", () => {
  const sarif = reportSarif(report, rules) as {
    runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
  };
  const [run] = sarif.runs;

  test("points at the source line, names the resource, and describes each rule once", () => {
    expect(run?.results[0]).toMatchObject({
      ruleId: "ebs-gp3-iops-range",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "environments/dev.ts", uriBaseId: "SRCROOT" },
            region: { startLine: 14, startColumn: 20 },
          },
          logicalLocations: [{ fullyQualifiedName: "dev-servers/app/Resource#root_block_device.0.iops" }],
        },
      ],
      properties: { "security-severity": "8.0" },
    });
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual([
      "ebs-gp3-iops-range",
      "elastic-ip-quota",
      "vpc-subnet-size",
    ]);
  });

  test("names a file as a URI", () => {
    const source = "stacks/mañana #1.ts:3:5";
    expect(
      JSON.stringify(reportSarif({ ...report, findings: [{ ...finding, location: { source } }] }, rules)),
    ).toContain(`"uri":"stacks/ma%C3%B1ana%20%231.ts"`);
  });

  test("keeps a fingerprint when lines move", () => {
    const moved = {
      ...report,
      findings: [{ ...finding, location: { ...finding.location, source: "environments/dev.ts:99:1" } }],
    };
    const other = reportSarif(moved, rules) as typeof sarif;
    expect(other.runs[0]?.results[0]?.["partialFingerprints"]).toEqual(run?.results[0]?.["partialFingerprints"]);
  });

  test("shows what is acknowledged as suppressed, and where there is no line, none", () => {
    expect(run?.results[2]).toMatchObject({
      suppressions: [{ kind: "inSource", justification: "a test that nobody reads" }],
    });
    expect(JSON.stringify(run?.results[1])).not.toContain("physicalLocation");
    const grounds = { ticket: "SEC-1", approvedBy: "security@acme", expires: "2027-01-31" };
    const acknowledged = report.acknowledged.map((one) => ({ ...one, ...grounds }));
    expect(JSON.stringify(reportSarif({ ...report, acknowledged }, rules))).toContain(
      '"justification":"a test that nobody reads (SEC-1, approved by security@acme, until 2027-01-31)"',
    );
  });

  test("holds no value", () => {
    expect(
      JSON.stringify(reportSarif({ ...report, findings: [{ ...finding, value: "hunter2" }] }, rules)),
    ).not.toContain("hunter2");
  });
});

test("JUnit has a suite for each stack and a case for each rule: passed, failed, or skipped with the reason", () => {
  expect(reportJunit(report, ["dev-servers", "dev-dns"], ["ebs-gp3-iops-range", "vpc-subnet-size"]))
    .toMatchInlineSnapshot(`
   "<?xml version="1.0" encoding="UTF-8"?>
   <testsuites name="andamio check">
     <testsuite name="dev-servers" tests="3" failures="2">
       <testcase classname="dev-servers" name="ebs-gp3-iops-range">
         <failure message="the IOPS of a gp3 volume is 3,000 to 80,000">environments/dev.ts:14:20  aws_instance.app: root_block_device.0.iops: the IOPS of a gp3 volume is 3,000 to 80,000. Set iops to &quot;3,000&quot; &amp; more.</failure>
       </testcase>
       <testcase classname="dev-servers" name="vpc-subnet-size">
         <skipped message="a test that nobody reads"/>
       </testcase>
       <testcase classname="dev-servers" name="elastic-ip-quota">
         <failure message="the IOPS of a gp3 volume is 3,000 to 80,000">aws_instance.app: root_block_device.0.iops: the IOPS of a gp3 volume is 3,000 to 80,000. Set iops to &quot;3,000&quot; &amp; more.</failure>
       </testcase>
     </testsuite>
     <testsuite name="dev-dns" tests="2" failures="0">
       <testcase classname="dev-dns" name="ebs-gp3-iops-range"/>
       <testcase classname="dev-dns" name="vpc-subnet-size"/>
     </testsuite>
   </testsuites>
   "
  `);
});

test("JUnit holds nothing that XML cannot", () => {
  const message = "the \u001bname";
  expect(reportJunit({ ...report, findings: [{ ...finding, message }] }, ["dev-servers"], [])).toContain(
    "the \uFFFDname",
  );
});

test("Markdown has the blocking ones first, and fits into a comment", () => {
  const [blocking, other] = report.findings as [Finding, Finding];
  expect(reportMarkdown({ ...report, findings: [other, blocking] })).toMatchInlineSnapshot(`
   "### andamio check

   2 found, 1 of them must be mended. 1 acknowledged.

   | | rule | where | what | fix |
   |---|---|---|---|---|
   | **error** | ebs-gp3-iops-range | \`environments/dev.ts:14:20\`<br>dev-servers \`aws_instance.app\` | \`root_block_device.0.iops\`: the IOPS of a gp3 volume is 3,000 to 80,000 | Set iops to "3,000" & more. |
   | warning | elastic-ip-quota | dev-servers \`aws_instance.app\` | \`root_block_device.0.iops\`: the IOPS of a gp3 volume is 3,000 to 80,000 | Set iops to "3,000" & more. |
   "
  `);
  const many = reportMarkdown({ ...report, findings: Array.from({ length: 2000 }, () => finding) });
  expect(many.length).toBeLessThan(65_536);
  expect(many).toMatch(/and \d+ more\.\n$/);
  expect(reportMarkdown({ findings: [], acknowledged: [], unknown: [] })).toBe(
    "### andamio check\n\nNothing was found.\n",
  );
});

test("A baseline takes out what was found before, wherever its line is now, and nothing else", () => {
  const moved = { ...finding, location: { source: "environments/dev.ts:99:1" }, value: 200 };
  const fresh = { ...finding, address: "aws_instance.other" };
  expect(sinceBaseline({ ...report, findings: [moved, fresh] }, { findings: [finding] }).findings).toEqual([fresh]);
});
