import { reportDocument, reportText, type Finding } from "../../rules";

const finding = (own: Partial<Finding>): Finding => ({
  rule: "ebs-gp3-iops-range",
  severity: "error",
  blocks: true,
  stack: "dev-servers",
  environment: "dev",
  address: "aws_ebs_volume.data",
  argument: "iops",
  value: 100,
  message: "the IOPS of a gp3 volume is 3,000 to 80,000",
  fix: "Set iops to 3,000 to 80,000.",
  location: { source: "environments/base.ts:12:5", path: "dev-servers/data", configuration: "dev: servers.web" },
  ...own,
});

it("is empty when nothing was found", () => {
  expect(reportText({ findings: [], acknowledged: [] })).toBe("");
});

it("groups by source file, in the order of lines, and tells the same line in several environments once", () => {
  const prod = finding({
    stack: "prod-servers",
    environment: "prod",
    location: { source: "environments/base.ts:12:5", path: "prod-servers/data", configuration: "prod: servers.web" },
  });
  const later = finding({ location: { source: "environments/base.ts:9:1" }, address: "aws_ebs_volume.more" });
  const escape = finding({
    rule: "elastic-ip-quota",
    severity: "warning",
    blocks: false,
    address: "aws_eip.n5",
    argument: "domain",
    value: undefined,
    message: "the region has 6 Elastic IPs, the quota is 5",
    fix: "Use fewer.",
    location: { source: "main.ts:3:1", construct: "main.ts:2:1", via: "modules/ec2/address.ts:4:4" },
  });
  const { value: _value, ...hidden } = escape;
  const elsewhere = finding({ location: { path: "app/data" }, value: "x".repeat(100) });
  expect(reportText({ findings: [hidden, finding({}), prod, later, elsewhere], acknowledged: [] }))
    .toMatchInlineSnapshot(`
   "dev-servers
     error ebs-gp3-iops-range  dev-servers
       aws_ebs_volume.data: iops = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
       the IOPS of a gp3 volume is 3,000 to 80,000
       Fix: Set iops to 3,000 to 80,000.
       Construct: app/data

   environments/base.ts
     9:1  error ebs-gp3-iops-range  dev-servers
       aws_ebs_volume.more: iops = 100
       the IOPS of a gp3 volume is 3,000 to 80,000
       Fix: Set iops to 3,000 to 80,000.
     12:5  error ebs-gp3-iops-range  dev-servers, prod-servers
       aws_ebs_volume.data: iops = 100
       the IOPS of a gp3 volume is 3,000 to 80,000
       Fix: Set iops to 3,000 to 80,000.
       Configuration: dev: servers.web, prod: servers.web

   main.ts
     3:1  warning elastic-ip-quota  dev-servers
       aws_eip.n5: domain
       the region has 6 Elastic IPs, the quota is 5
       Fix: Use fewer.
       Made at: main.ts:2:1, via modules/ec2/address.ts:4:4

   4 errors, 1 warning. 4 must be mended, or acknowledged with a reason."
  `);
});

it("counts what was acknowledged, and says when nothing blocks", () => {
  const warning = finding({ severity: "warning", blocks: false });
  expect(reportText({ findings: [warning], acknowledged: [{ ...warning, reason: "it is a trial" }] }))
    .toMatchInlineSnapshot(`
   "environments/base.ts
     12:5  warning ebs-gp3-iops-range  dev-servers
       aws_ebs_volume.data: iops = 100
       the IOPS of a gp3 volume is 3,000 to 80,000
       Fix: Set iops to 3,000 to 80,000.
       Configuration: dev: servers.web

   1 warning, 1 acknowledged. Nothing blocks."
  `);
});

it("tells many at once in no more than the time of a few, times their number", () => {
  const findings = Array.from({ length: 20_000 }, (_one, index) => finding({ address: `aws_ebs_volume.v${index}` }));
  const started = performance.now();
  // One file, one line: a group; and 20,000 groups of one file.
  expect(reportText({ findings, acknowledged: [] })).toContain("20000 errors");
  const apart = findings.map((one, line) => ({ ...one, location: { source: `main.ts:${line}:1` } }));
  expect(reportText({ findings: apart, acknowledged: [] })).toContain("20000 errors");
  // Copying a list for each of its elements took several times as long.
  expect(performance.now() - started).toBeLessThan(3_000);
});

it("holds nothing that a terminal obeys", () => {
  const address = "aws_ebs_volume.\u001b[31mred\u0007";
  expect(reportText({ findings: [finding({ address })], acknowledged: [] })).toContain(
    "aws_ebs_volume.\uFFFD[31mred\uFFFD:",
  );
});

it("is a document with a version", () => {
  const report = { findings: [finding({})], acknowledged: [], unknown: [] };
  expect(reportDocument(report)).toEqual({ format_version: "1.0", ...report });
});
