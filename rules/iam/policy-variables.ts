import { UnknownValueError, type Block } from "../values/block";
import { policiesIn, POLICY_TYPES } from "./policy-documents";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const POLICY_VARIABLES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";

/** Further policies with variables: who may take a role on, and what may pass through an endpoint. */
const OTHERS: Readonly<Record<string, string>> = {
  aws_iam_role: "assume_role_policy",
  aws_vpc_endpoint: "policy",
  aws_vpc_endpoint_policy: "policy",
};

const DOCUMENT = "data.aws_iam_policy_document";

/** `${aws:username}`: no expression of Terraform has a name, a colon and another name alone between its braces. */
const VARIABLE = /(?<!\$)\$\{[a-z][a-z0-9-]*:[A-Za-z0-9_:/.-]+(, *'[^']*')?\}/;

export const policyVariableRules = [
  rule({
    id: "iam-policy-variable",
    types: [...new Set([...POLICY_TYPES, ...Object.keys(OTHERS)]), DOCUMENT],
    title: "A variable of a policy is written so that Terraform leaves it alone",
    why: "Terraform takes ${ for its own: it stops at the variable with an error about the syntax of an expression.",
    fix: "Write $${aws:username}: Terraform makes ${aws:username} of it. In a policy document, &{aws:username} does too.",
    source: POLICY_VARIABLES,
    severity: "error",
    check: (resource) => each(resource.type === DOCUMENT ? statementTexts(resource.body) : textsOf(resource), wrong),
  }),
] as const;

type Argument = readonly [Block, string];

function textsOf(resource: Resource): Argument[] {
  const other = OTHERS[resource.type];
  return [...policiesIn(resource), ...(other === undefined ? [] : [[resource.body, other] as const])];
}

/** The texts of a policy document in which a variable may stand. */
function statementTexts(body: Block): Argument[] {
  return body
    .blocks("statement")
    .flatMap((statement) => [
      ...["resources", "not_resources"].flatMap((name) => statement.list(name)),
      ...statement.blocks("condition").flatMap((condition) => condition.list("values")),
    ]);
}

/** @throws UnknownValueError when the text is written elsewhere */
function wrong([block, name]: Argument): Fault | undefined {
  const text = block.raw(name);
  if (typeof text !== "string") return undefined;
  const variable = VARIABLE.exec(text)?.[0];
  if (variable !== undefined) return fault(block, name, `${variable} is a variable of the policy, not of Terraform`);
  if (isExpression(text) && /^\$\{[^{}]*\}$/.test(text)) throw new UnknownValueError(block.argument(name));
  return undefined;
}
