import { join } from "node:path";
import { evaluate, loadPlan, rules, type Report } from "../../rules";
import type { Acknowledgement, StackView } from "../../rules/resource";
import { SENSITIVE_ARGUMENTS } from "../../rules/data/sensitive-arguments";
import { temporaryFolder, writeFile } from "../support/temporary-folder";
import { estateOf, VIEW } from "./fixtures/fixture";
import { INSTANCE } from "./fixtures/rds/documents";

const REASON = "a database of a training, gone by the evening";
const database = {
  ...INSTANCE,
  manage_master_user_password: null,
  password: "hunter2-hunter2",
  "//": { metadata: { path: "test-main/orders/Resource" } },
};
const administrator = {
  name: "app",
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
  "//": { metadata: { path: "test-main/orders/policy" } },
};

interface Said extends Partial<Acknowledgement> {
  readonly tier?: StackView["tier"];
  readonly approvers?: readonly string[];
}

/** What is found of a database with a written password and a policy for everything, where somebody acknowledged both. */
function reportOf({ tier = "production", approvers, ...said }: Said): Report {
  const acknowledgements = ["secrets-literal", "iam-all-actions"].map((id): Acknowledgement => ({
    id,
    path: "test-main/orders",
    reason: REASON,
    ticket: "SEC-1",
    expires: "2026-12-31",
    ...said,
  }));
  const view: StackView = {
    ...VIEW,
    tier,
    acknowledgements,
    policy: { ...(approvers ? { approvers } : {}), acknowledgements: [] },
  };
  const document = { resource: { aws_db_instance: { it: database }, aws_iam_policy: { it: administrator } } };
  return evaluate(estateOf({ document, view }), { rules, today: "2026-06-15" });
}
const found = (said: Said): string[] =>
  reportOf(said)
    .findings.map(({ rule }) => rule)
    .sort();

describe("a locked rule", () => {
  const refused = [
    "acknowledgement-not-approved",
    "acknowledgement-not-approved",
    "iam-all-actions",
    "secrets-literal",
  ];

  test("cannot be acknowledged in production, where it blocks, by anybody but an approver", () => {
    expect(found({})).toEqual(refused);
    expect(found({ approvedBy: "me@acme" })).toEqual(refused);
    expect(found({ approvers: ["security@acme"], approvedBy: "me@acme" })).toEqual(refused);
    expect(reportOf({}).findings.every(({ blocks }) => blocks)).toBe(true);
    expect(reportOf({}).acknowledged).toEqual([]);
  });

  test("is acknowledged in production when one of the approvers has approved it", () => {
    expect(found({ approvers: ["security@acme"], approvedBy: "security@acme" })).toEqual([]);
  });

  test("is acknowledged elsewhere as any other", () => {
    expect(found({ tier: "development" })).toEqual([]);
  });
});

test("the value of a secret is in no report", () => {
  expect(JSON.stringify(reportOf({}))).not.toContain("hunter2");
});

describe("a secret that is written elsewhere in the stack", () => {
  const foundIn = (settings: object, password: string): string[] => {
    const document = { ...settings, resource: { aws_db_instance: { it: { ...database, password } } } };
    return evaluate(estateOf({ document }), { rules, today: "2026-06-15" }).findings.map(({ rule }) => rule);
  };

  test("is found: the default of a variable, a local value, and one that stands for another", () => {
    expect(foundIn({ variable: { password: { default: "hunter2-hunter2" } } }, "${var.password}")).toEqual([
      "secrets-literal",
    ]);
    expect(foundIn({ locals: { password: "hunter2-hunter2" } }, "${local.password}")).toEqual(["secrets-literal"]);
    const chain = { locals: [{ a: "${local.b}" }, { b: '${sensitive("hunter2-hunter2")}' }] };
    expect(foundIn(chain, "${local.a}")).toEqual(["secrets-literal"]);
  });

  test("is none where nothing is written, and left to Terraform where values stand for each other", () => {
    expect(foundIn({ variable: { password: {} } }, "${var.password}")).toEqual([]);
    expect(foundIn({ locals: { a: "${local.b}", b: "${local.a}" } }, "${local.a}")).toEqual([]);
  });
});

test("nobody names an argument twice", () => {
  for (const [type, names] of Object.entries(SENSITIVE_ARGUMENTS))
    expect([type, new Set(names).size]).toEqual([type, names.length]);
});

describe("a plan", () => {
  const folder = temporaryFolder();
  const planned = (password: object): string[] => {
    const { "//": _path, ...body } = database;
    const expressions = Object.fromEntries(
      Object.entries(body).map(([name, value]) => [name, { constant_value: value }]),
    );
    const change = { actions: ["create"], after: body, after_unknown: {}, after_sensitive: { password: true } };
    const plan = {
      format_version: "1.2",
      resource_changes: [
        { address: "aws_db_instance.it", mode: "managed", type: "aws_db_instance", name: "it", change },
      ],
      configuration: {
        root_module: { resources: [{ address: "aws_db_instance.it", expressions: { ...expressions, password } }] },
      },
    };
    const file = writeFile(join(folder, `${Object.keys(password).join()}.json`), JSON.stringify(plan));
    return evaluate(loadPlan(file, "app"), { rules, today: "2026-06-15" }).findings.map(({ rule }) => rule);
  };

  test("tells a password that is written from one that a variable or another resource gives", () => {
    expect(planned({ constant_value: "hunter2-hunter2" })).toEqual(["secrets-literal"]);
    expect(planned({ references: ["random_password.orders.result", "random_password.orders"] })).toEqual([]);
    expect(planned({ references: ["var.password"] })).toEqual([]);
  });
});
