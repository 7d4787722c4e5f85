import { defineRule, fault, refuseInvalidRules, rules } from "../../rules";

const rule = defineRule({
  id: "acme-volume-encrypted",
  types: ["aws_ebs_volume"],
  title: "Volumes are encrypted",
  why: "Ours are.",
  fix: "Set encrypted.",
  source: "https://acme.example/policy",
  severity: { sandbox: "off", development: "low", staging: "high", production: "critical" },
  check: ({ body }) => fault(body, "encrypted", "volumes are encrypted"),
});
const refused = (...custom: unknown[]): string => {
  try {
    refuseInvalidRules(custom, rules);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

test("a rule that is whole is taken, whatever its severity", () => {
  expect(refused(rule, { ...rule, id: "acme-other", severity: "warning" })).toBe("");
});

test("everything that is wrong with any is refused at once", () => {
  const { check, ...without } = rule as typeof rule & { check: unknown };
  expect(check).toBeDefined();
  expect(
    refused(
      undefined,
      rule,
      rule,
      { ...rule, id: "ebs-gp3-iops-range" },
      { ...rule, id: "acknowledgement-unused" },
      { ...without, id: "acme-idle", types: [], fix: "" },
      { ...rule, id: "", severity: "fatal" },
      { ...rule, id: "acme-partial", severity: { production: "high" } },
    ),
  ).toMatchInlineSnapshot(`
   "The project's own rules are invalid:
     - rules[0] must be what defineRule returns, got nothing
     - acme-volume-encrypted: its id is there twice: a rule is given once, and each has an id of its own
     - ebs-gp3-iops-range: its id is one of Andamio's: give it another, with a prefix of your own
     - acknowledgement-unused: its id is one of Andamio's: give it another, with a prefix of your own
     - acme-idle: fix must be a text, got ""
     - acme-idle: types must name one resource type or more, got []
     - acme-idle: it must have one function: check for a resource, or checkEnvironment for all of them together
     - rules[6]: id must be a text, got ""
     - rules[6]: severity must be "error", "warning", or of each tier (sandbox, development, staging, production) one of critical, high, medium, low, off, got "fatal"
     - acme-partial: severity must be "error", "warning", or of each tier (sandbox, development, staging, production) one of critical, high, medium, low, off, got {"production":"high"}"
  `);
});
