import { UnknownValueError, type Block } from "../values/block";
import { policiesIn, POLICY_TYPES, statementsOf } from "./policy-documents";
import { isExpression } from "../values/references";
import { each, fault, rule } from "../rule";

const LEAST_PRIVILEGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html";

export const statementRules = [
  rule({
    id: "iam-all-actions",
    types: POLICY_TYPES,
    title: "No policy allows every action on every resource",
    why: "Whoever has it can do everything in the account, and take every guard away that is there.",
    fix: 'Name the actions and the resources that are needed. Of a policy of one service, "kms:*" says as much as "*" means.',
    source: LEAST_PRIVILEGE,
    severity: { sandbox: "high", development: "critical", staging: "critical", production: "critical" },
    locked: true,
    check: (resource, estate) =>
      each(policiesIn(resource), ([block, name]) =>
        each(statementsOf(resource, block, name, estate), ({ effect, actions, resources }) => {
          if (effect !== "Allow") return undefined;
          if (!all(actions, /^\*(:\*)?$/, block, name) || !all(resources, /^\*$/, block, name)) return undefined;
          return fault(block, name, "it allows every action on every resource");
        }).slice(0, 1),
      ),
  }),
] as const;

/** Whether one of the texts means all. @throws UnknownValueError when none does, and an expression is nothing but one */
function all(texts: readonly string[], pattern: RegExp, block: Block, name: string): boolean {
  if (texts.some((text) => pattern.test(text))) return true;
  if (texts.some((text) => isExpression(text) && /^[$%]\{(var|local|each)\./.test(text)))
    throw new UnknownValueError(block.argument(name));
  return false;
}
