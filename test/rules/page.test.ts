import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ACKNOWLEDGEMENT_FINDINGS, QUOTAS, rules } from "../../rules";

const DOCS = join(__dirname, "..", "..", "docs");

it("of the rules is what npm run docs:rules writes", () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { rulesPage } = require(join(DOCS, "generate-rules.js")) as { rulesPage: (of: object) => string };
  expect(readFileSync(join(DOCS, "rules.md"), "utf8")).toBe(rulesPage({ rules, QUOTAS, ACKNOWLEDGEMENT_FINDINGS }));
});

it("has a sentence for everything, and an AWS document for each rule", () => {
  for (const { id, title, why, fix, source } of rules) {
    expect({ id, title: title.length > 20, why: /\.$/.test(why), fix: /[."]$/.test(fix) }).toEqual({
      id,
      title: true,
      why: true,
      fix: true,
    });
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});
