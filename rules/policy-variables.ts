import { UnknownValueError, type Block } from "./block";
import { isExpression } from "./references";
import { each, fault, rule, type Fault } from "./rule";

const POLICY_VARIABLES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html";

/** Where policies stand, as JSON or as what becomes JSON. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_ecr_repository_policy: ["policy"],
  aws_iam_group_policy: ["policy"],
  aws_iam_policy: ["policy"],
  aws_iam_role: ["assume_role_policy"],
  aws_iam_role_policy: ["policy"],
  aws_iam_user_policy: ["policy"],
  aws_kms_key: ["policy"],
  aws_kms_key_policy: ["policy"],
  aws_s3_bucket_policy: ["policy"],
  aws_secretsmanager_secret_policy: ["policy"],
  aws_sns_topic_policy: ["policy"],
  aws_sqs_queue_policy: ["policy"],
  aws_vpc_endpoint: ["policy"],
  aws_vpc_endpoint_policy: ["policy"],
};

const DOCUMENT = "data.aws_iam_policy_document";

/** `${aws:username}`: no expression of Terraform has a name, a colon and another name alone between its braces. */
const VARIABLE = /(?<!\$)\$\{[a-z][a-z0-9-]*:[A-Za-z0-9_:/.-]+(, *'[^']*')?\}/;

export const policyVariableRules = [
  rule({
    id: "iam-policy-variable",
    types: [...Object.keys(POLICIES), DOCUMENT],
    title: "A variable of a policy is written so that Terraform leaves it alone",
    why: "Terraform takes ${ for its own: it stops at the variable with an error about the syntax of an expression.",
    fix: "Write $${aws:username}: Terraform makes ${aws:username} of it. In a policy document, &{aws:username} does too.",
    source: POLICY_VARIABLES,
    severity: "error",
    check: ({ type, body }) =>
      each(
        type === DOCUMENT ? statementTexts(body) : (POLICIES[type] ?? []).map((name) => [body, name] as const),
        wrong,
      ),
  }),
] as const;

type Argument = readonly [Block, string];

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
