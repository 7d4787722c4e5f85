import { UnknownValueError, type Block } from "./block";
import { statementsOf } from "./policy-documents";
import { isExpression } from "./references";
import type { Resource } from "./resource";
import { each, fault, rule } from "./rule";

const LEAST_PRIVILEGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html";

/** What carries a policy, and in which argument. */
const CARRIERS: Readonly<Record<string, string>> = {
  aws_iam_policy: "policy",
  aws_iam_role_policy: "policy",
  aws_iam_group_policy: "policy",
  aws_iam_user_policy: "policy",
  aws_iam_role: "inline_policy.policy",
  aws_ssoadmin_permission_set_inline_policy: "inline_policy",
  aws_s3_bucket_policy: "policy",
  aws_sqs_queue: "policy",
  aws_sqs_queue_policy: "policy",
  aws_sns_topic: "policy",
  aws_sns_topic_policy: "policy",
  aws_kms_key: "policy",
  aws_kms_key_policy: "policy",
  aws_secretsmanager_secret_policy: "policy",
  aws_ecr_repository_policy: "policy",
};

export const iamRules = [
  rule({
    id: "iam-all-actions",
    types: Object.keys(CARRIERS),
    title: "No policy allows every action on every resource",
    why: "Whoever has it can do everything in the account, and take every guard away that is there.",
    fix: 'Name the actions and the resources that are needed. Of a policy of one service, "kms:*" says as much as "*" means.',
    source: LEAST_PRIVILEGE,
    severity: { sandbox: "high", development: "critical", staging: "critical", production: "critical" },
    locked: true,
    check: (resource, estate) =>
      each(policiesOf(resource), ([block, name]) =>
        each(statementsOf(resource, block, name, estate), ({ effect, actions, resources }) => {
          if (effect !== "Allow") return undefined;
          if (!all(actions, /^\*(:\*)?$/, block, name) || !all(resources, /^\*$/, block, name)) return undefined;
          return fault(block, name, "it allows every action on every resource");
        }).slice(0, 1),
      ),
  }),
] as const;

/** Where the policies of a resource stand. */
function policiesOf({ type, body }: Resource): (readonly [Block, string])[] {
  const [name = "", inner] = (CARRIERS[type] ?? "").split(".");
  return inner === undefined ? [[body, name]] : body.blocks(name).map((block) => [block, inner] as const);
}

/** Whether one of the texts means all. @throws UnknownValueError when none does, and an expression is nothing but one */
function all(texts: readonly string[], pattern: RegExp, block: Block, name: string): boolean {
  if (texts.some((text) => pattern.test(text))) return true;
  if (texts.some((text) => isExpression(text) && /^[$%]\{(var|local|each)\./.test(text)))
    throw new UnknownValueError(block.argument(name));
  return false;
}
