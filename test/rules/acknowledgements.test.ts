import { defineRule, Estate, evaluate, fault, isReason, withoutAcknowledgements, type Report } from "../../rules";
import type { Acknowledgement, StackView } from "../../rules/resource";
import { VIEW } from "./fixtures/fixture";

/** A policy that is as severe as these say, and found on every volume. */
const policy = (production: "critical" | "high" | "medium" | "off", locked = false): ReturnType<typeof defineRule> =>
  defineRule({
    id: "acme-volume-tagged",
    types: ["aws_ebs_volume"],
    title: "Volumes are tagged",
    why: "Ours are.",
    fix: "Set tags.",
    source: "https://acme.example/policy",
    severity: { sandbox: "off", development: "medium", staging: production, production },
    locked,
    check: ({ body }) => fault(body, "tags.Owner", "volumes have an owner"),
  });

const REASON = "nobody owns a volume that is thrown away";
const GROUNDS = { ticket: "SEC-1", expires: "2026-12-31" };

interface Said extends Partial<Acknowledgement> {
  readonly partial?: boolean;
  readonly tier?: StackView["tier"];
  readonly approvers?: readonly string[];
  readonly rule?: ReturnType<typeof policy>;
}

/** What is said of a volume of `prod-data`, by a call or, with a `configuration`, in the environment's file. */
function reportOf({ tier = "production", approvers, rule = policy("critical"), partial, ...said }: Said): Report {
  const acknowledgement = { id: rule.id, path: "prod-data/orders", reason: REASON, ...said };
  const inFile = said.configuration !== undefined;
  const view: StackView = {
    ...VIEW,
    id: "prod-data",
    environment: "prod",
    tier,
    acknowledgements: inFile ? [] : [acknowledgement],
    policy: { ...(approvers ? { approvers } : {}), acknowledgements: inFile ? [acknowledgement] : [] },
  };
  const json = { resource: { aws_ebs_volume: { orders: {} } } };
  const origins = { "aws_ebs_volume.orders": { path: "prod-data/orders/Resource" } };
  const other = { view: { ...view, id: "prod-dns", acknowledgements: [] }, json: {}, origins: {} };
  return evaluate(new Estate([{ view, json, origins }, other]), {
    rules: [rule],
    today: "2026-06-15",
    ...(partial === undefined ? {} : { partial }),
    locateKey: (environment, key) => `environments/${environment}.ts: ${key}`,
  });
}

/** What is found, the rule itself as `finding`. */
function found(said: Said): string[] {
  return reportOf(said).findings.map(({ rule }) => rule.replace("acme-volume-tagged", "finding"));
}

describe("in production", () => {
  test("what is critical is silenced with a ticket and until a day, and the report tells both", () => {
    expect(found(GROUNDS)).toEqual([]);
    expect(reportOf(GROUNDS).acknowledged).toMatchObject([{ rule: "acme-volume-tagged", reason: REASON, ...GROUNDS }]);
  });

  test("what is critical is found again without a ticket or a day, and so is what is wrong", () => {
    expect(found({ expires: "2026-12-31" })).toEqual(["finding", "acknowledgement-without-ticket"]);
    expect(found({ ...GROUNDS, ticket: " " })).toEqual(["finding", "acknowledgement-without-ticket"]);
    expect(found({ ticket: "SEC-1" })).toEqual(["finding", "acknowledgement-without-expiry"]);
    expect(reportOf({ ticket: "SEC-1" }).findings[1]).toMatchObject({
      severity: "error",
      blocks: true,
      message: "the acknowledgement of acme-volume-tagged holds for ever, and it is critical in production",
    });
  });

  test("what is high needs a ticket only, what is medium nothing", () => {
    expect(found({ rule: policy("high") })).toEqual(["finding", "acknowledgement-without-ticket"]);
    expect(found({ rule: policy("high"), ticket: "SEC-1" })).toEqual([]);
    expect(found({ rule: policy("medium") })).toEqual([]);
  });

  test("a locked rule is silenced by an approver only", () => {
    const locked = { ...GROUNDS, rule: policy("critical", true) };
    const refused = ["finding", "acknowledgement-not-approved"];
    const approvers = ["security@acme"];
    expect(found({ ...locked, approvers })).toEqual(refused);
    expect(found({ ...locked, approvers, approvedBy: "me@acme" })).toEqual(refused);
    expect(found({ ...locked, approvedBy: "security@acme" })).toEqual(refused);
    expect(found({ ...locked, approvers, approvedBy: "security@acme" })).toEqual([]);
  });

  test("nobody else is named as an approver, of no rule", () => {
    const named = { ...GROUNDS, approvers: ["security@acme"], approvedBy: "me@acme" };
    expect(found(named)).toEqual(["finding", "acknowledgement-not-approved"]);
    expect(found({ ...GROUNDS, approvedBy: "me@acme" })).toEqual([]);
  });
});

test("elsewhere nothing of it is asked for, of a locked rule either", () => {
  expect(found({ tier: "staging" })).toEqual([]);
  expect(found({ tier: "staging", rule: policy("critical", true) })).toEqual([]);
});

describe("tiers", () => {
  test("hold where they say, and are as if they were not there elsewhere", () => {
    expect(found({ ...GROUNDS, tiers: ["production"] })).toEqual([]);
    expect(found({ ...GROUNDS, tiers: ["development", "staging"] })).toEqual(["finding"]);
    expect(found({ ...GROUNDS, path: "prod-data/nothing", tiers: ["staging"] })).toEqual(["finding"]);
  });

  test("in which the rule is off leave nothing unused", () => {
    expect(found({ tier: "sandbox" })).toEqual([]);
    expect(found({ rule: policy("off") })).toEqual([]);
  });
});

describe("the last day", () => {
  test("is told of 30 days before, while the acknowledgement still holds", () => {
    expect(found({ ...GROUNDS, expires: "2026-07-15" })).toEqual([]);
    expect(found({ ...GROUNDS, expires: "2026-07-14" })).toEqual(["acknowledgement-expires-soon"]);
    expect(reportOf({ ...GROUNDS, expires: "2026-07-14" }).findings).toMatchObject([
      { severity: "warning", blocks: false },
    ]);
  });

  test("that is over is an error, beside what is found again", () => {
    expect(found({ ...GROUNDS, expires: "2026-06-14" })).toEqual(["finding", "acknowledgement-expired"]);
    expect(reportOf({ ...GROUNDS, expires: "2026-06-14" }).findings[1]).toMatchObject({
      severity: "error",
      blocks: true,
    });
  });
});

test("a whole stack is too broad for what is critical, and blocks in production", () => {
  expect(found({ ...GROUNDS, path: "prod-data" })).toEqual(["acknowledgement-too-broad"]);
  expect(reportOf({ ...GROUNDS, path: "prod-data" }).findings).toMatchObject([{ severity: "high", blocks: true }]);
  expect(found({ path: "prod-data", rule: policy("medium") })).toEqual([]);
  expect(found({ path: "prod-data", tier: "development" })).toEqual([]);
});

test.each([
  ["a honeypot in an isolated network", true],
  ["test volume that nobody reads", true],
  ["too short", false],
  ["todo: find out why this is here", false],
  ["N/A for this environment of ours", false],
  ["test test test test test", false],
  ["n/a, n/a, n/a, n/a, n/a", false],
  ["xxxxxxxxxxxxxxxxxxxx", false],
])("%s: a reason is %s", (text, valid) => {
  expect(isReason(text)).toBe(valid);
});

describe("in the environment's file", () => {
  const inFile = { ...GROUNDS, configuration: "policy.acknowledge.0" };

  test("a pattern silences what it means in all stacks of the environment", () => {
    expect(found({ ...inFile, path: "*-data/orders" })).toEqual([]);
    expect(found({ ...inFile, path: "prod-data/orders/*" })).toEqual([]);
  });

  test("one that matches nothing is told once, with its key and line", () => {
    const { findings } = reportOf({ ...inFile, path: "prod-dns/*" });
    expect(findings[1]).toEqual({
      rule: "acknowledgement-unused",
      severity: "warning",
      blocks: false,
      stack: "prod-dns",
      environment: "prod",
      address: "prod-dns/*",
      argument: "acknowledge",
      value: "acme-volume-tagged",
      message: "the acknowledgement of acme-volume-tagged matches nothing",
      fix: "Drop it: what it silenced is mended, or was never there.",
      location: {
        path: "prod-dns/*",
        source: "environments/prod.ts: policy.acknowledge.0",
        configuration: "prod: policy.acknowledge.0",
      },
    });
    expect(findings).toHaveLength(2);
    expect(reportOf({ ...inFile, path: "nowhere/*" }).findings[1]).toMatchObject({ stack: "prod-data" });
  });

  test("one without a reason silences nothing, and is told of", () => {
    expect(found({ ...inFile, reason: "todo" })).toEqual(["finding", "acknowledgement-without-reason"]);
  });

  test("all of a stack is too broad, however it is written", () => {
    expect(found({ ...inFile, path: "prod-data/*" })).toEqual(["acknowledgement-too-broad"]);
    expect(found({ ...inFile, path: "**" })).toEqual(["acknowledgement-too-broad"]);
  });

  test("a call nearer to the resource counts before it, and it before one farther away", () => {
    const rule = policy("medium");
    const of = (called: string, pattern: string): unknown => {
      const acknowledgement = (path: string): Acknowledgement => ({ id: rule.id, path, reason: `${REASON}: ${path}` });
      const view: StackView = {
        ...VIEW,
        id: "prod-data",
        acknowledgements: [acknowledgement(called)],
        policy: { acknowledgements: [{ ...acknowledgement(pattern), configuration: "policy.acknowledge.0" }] },
      };
      const json = { resource: { aws_ebs_volume: { orders: {} } } };
      const origins = { "aws_ebs_volume.orders": { path: "prod-data/orders/Resource" } };
      const report = evaluate(new Estate([{ view, json, origins }]), { rules: [rule], today: "2026-06-15" });
      return report.acknowledged[0]?.reason.replace(`${REASON}: `, "");
    };
    expect(of("prod-data/orders", "prod-data/*")).toBe("prod-data/orders");
    expect(of("prod-data/orders", "prod-data/orders/*")).toBe("prod-data/orders/*");
    expect(of("prod-data", "prod-data/orders")).toBe("prod-data/orders");
  });
});

test("without acknowledgements, what was silenced is found, and nothing is said of them", () => {
  const report = withoutAcknowledgements(reportOf({ ...GROUNDS, expires: "2026-07-01", approvedBy: "me" }));
  expect(report.acknowledged).toEqual([]);
  expect(report.findings.map(({ rule }) => rule)).toEqual(["acme-volume-tagged"]);
  for (const key of ["reason", "ticket", "expires", "approvedBy"]) expect(report.findings[0]).not.toHaveProperty(key);
});

test("a rule that there is not is named as the reason why nothing matches, unless the program has rules that are not here", () => {
  const [, unused] = reportOf({ id: "acme-gone" }).findings;
  expect(unused?.message).toBe("the acknowledgement of acme-gone matches nothing: there is no such rule");
  expect(found({ id: "acme-gone", partial: true })).toEqual(["finding"]);
});
