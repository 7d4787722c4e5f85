import { evaluate, rules } from "../../rules";
import { estateOf, type Input } from "./fixtures/fixture";

test("a policy document that is made from itself is left to Terraform", () => {
  const from = (name: string): object => ({
    source_policy_documents: [`\${data.aws_iam_policy_document.${name}.json}`],
  });
  const document = {
    data: { aws_iam_policy_document: { a: from("b"), b: from("a") } },
    resource: { aws_iam_policy: { it: { name: "app", policy: "${data.aws_iam_policy_document.a.json}" } } },
  } as Input["document"];
  expect(evaluate(estateOf({ document }), { rules, today: "2026-06-15" }).findings).toEqual([]);
});
