import { UnknownValueError, type Block, type Json } from "../values/block";
import type { Estate } from "../estate";
import { isExpression } from "../values/references";
import type { Resource } from "../resource";

/** What carries a policy for a principal or of a resource, and in which argument. */
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

export const POLICY_TYPES: readonly string[] = Object.keys(CARRIERS);

/** Where the policies of a resource stand. */
export function policiesIn({ type, body }: Resource): (readonly [Block, string])[] {
  const [name, inner] = CARRIERS[type]?.split(".") ?? [];
  if (name === undefined) return [];
  return inner === undefined ? [[body, name]] : body.blocks(name).map((block) => [block, inner] as const);
}

/** One statement of an IAM policy, however it was written. What is an expression in it stays one. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/**
 * The statements of a policy: of JSON, of `jsonencode`, or of an `aws_iam_policy_document` and those that it is made from.
 * @throws UnknownValueError when only Terraform can tell
 */
export function statementsOf(
  resource: Resource,
  block: Block,
  name: string,
  estate: Estate,
  seen: readonly Resource[] = [],
): Statement[] {
  const written = block.raw(name);
  if (written === undefined || written === "") return [];
  const source = estate.target(resource.stack, written);
  if (source?.type === "data.aws_iam_policy_document")
    // A document that is made from itself is refused by Terraform.
    return seen.includes(source) ? [] : documentStatements(source, estate, [...seen, source]);
  const document = isExpression(written) ? encoded(written) : parsed(written);
  if (document === undefined) throw new UnknownValueError(block.argument(name));
  return texts(document["Statement"]).map((statement): Statement => {
    const { Effect: effect, Action: actions, Resource: resources } = (statement ?? {}) as Json;
    return { effect: String(effect), actions: strings(actions), resources: strings(resources) };
  });
}

function documentStatements(source: Resource, estate: Estate, seen: readonly Resource[]): Statement[] {
  const { body } = source;
  const own = body.blocks("statement").map((block): Statement => ({
    effect: block.string("effect") || "Allow",
    actions: strings(block.raw("actions")),
    resources: strings(block.raw("resources")),
  }));
  const others = ["source_policy_documents", "override_policy_documents"].flatMap((name) =>
    body.list(name).flatMap(([list, index]) => statementsOf(source, list, index, estate, seen)),
  );
  return [...own, ...others];
}

/** Undefined for what is no JSON. */
function parsed(written: unknown): Json | undefined {
  if (typeof written === "object") return written as Json;
  try {
    const document = JSON.parse(String(written)) as unknown;
    return typeof document === "object" && document !== null ? (document as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** What `${jsonencode({...})}` encodes, with expressions as texts. */
function encoded(written: string): Json | undefined {
  const inside = /^\$\{\s*jsonencode\(([^]*)\)\s*\}$/.exec(written)?.[1];
  return inside === undefined ? undefined : parsed(asJson(inside));
}

/** An object of Terraform's language as JSON: colons for equals signs, quotes around names and references. */
function asJson(object: string): string {
  return pieces(object)
    .map(({ text, quoted }) => (quoted ? text : text.replace(/([A-Za-z_][\w.[\]*-]*)/g, quoteName).replace(/=/g, ":")))
    .join("");
}

function quoteName(name: string): string {
  return ["true", "false", "null"].includes(name) ? name : JSON.stringify(/[.[]/.test(name) ? `\${${name}}` : name);
}

/** Texts in quotes and what stands between them; quotes in an expression inside a text end nothing, and become apostrophes. */
function pieces(object: string): { readonly text: string; readonly quoted: boolean }[] {
  const found: { text: string; quoted: boolean }[] = [];
  let text = "";
  let depth = 0;
  let quoted = false;
  for (let position = 0; position < object.length; position++) {
    const character = object[position] ?? "";
    if (!quoted || depth === 0) {
      if (character === '"') {
        found.push({ text: quoted ? `${text}"` : text, quoted });
        text = quoted ? "" : '"';
        quoted = !quoted;
        continue;
      }
      if (quoted && character === "\\") {
        text += character + (object[++position] ?? "");
        continue;
      }
    }
    if (quoted && character === "{" && (depth > 0 || object[position - 1] === "$")) depth++;
    else if (quoted && character === "}" && depth > 0) depth--;
    text += quoted && character === '"' ? "'" : character;
  }
  return [...found, { text, quoted }];
}

function texts(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : [value].flat();
}

function strings(value: unknown): string[] {
  return texts(value).map(String);
}
