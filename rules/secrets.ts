import { covers } from "./values/argument";
import { Block, UnknownValueError, type Json } from "./values/block";
import { SENSITIVE_ARGUMENTS } from "./data/sensitive-arguments";
import type { Estate } from "./estate";
import { isExpression, referencesIn } from "./values/references";
import type { Resource } from "./resource";
import { each, rule, type Fault } from "./rule";

const PRACTICE = "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_identities_secrets.html";

/** Arguments whose values are never shown: secrets by name, and texts that often hold one. */
const SENSITIVE = /password|secret|(?<!http_)token|private_key|key_material|credential|user_data|passphrase|plaintext/i;
const PRIVATE_KEY = /PRIVATE KEY-----/;
/** Terraform's function that marks what is in it. */
const MARKED = /\$\{.*\bsensitive\s*\(/s;
const HIDDEN = "(sensitive)";

/** What only Terraform can tell, and what may be a text that somebody wrote: variables and local values that are nowhere declared too. */
const SETTINGS = /(?<![\w.-])(?:var|local|each|count|module|path|terraform|self)\.|\b(?:template)?file\w*\(/;
const EPHEMERAL = /(?<![\w.-])ephemeral\./;
/** `"password" = "hunter2"` or `password : "hunter2"` inside a function, without an expression in the text. */
const WRITTEN_INSIDE = /"?([\w-]+)"?\s*[=:]\s*"(?:[^"\\$%]|\\.)+"/g;

export const secretRules = [
  rule({
    id: "secrets-literal",
    types: Object.keys(SENSITIVE_ARGUMENTS),
    title: "No secret is written in the program, a write-only one neither",
    why: "Whoever reads the repository, the Terraform JSON or a plan reads it, and most are in the state in clear text too.",
    fix: "Let AWS make it (manage_master_user_password), or take it from an ephemeral resource, Secrets Manager or an ephemeral variable; change the secret that was written.",
    source: PRACTICE,
    severity: { sandbox: "critical", development: "critical", staging: "critical", production: "critical" },
    locked: true,
    check: (resource, estate) => {
      const { computed = [] } = resource;
      return each(SENSITIVE_ARGUMENTS[resource.type] ?? [], (path) =>
        each(placesOf(resource.body, path.split(".")), ([block, name]) => {
          // A plan knows what variables and other resources come to.
          const argument = block.argument(name);
          if (computed.some((expression) => covers(expression, argument))) return undefined;
          if (!isWritten(block.raw(name), argument, resource, estate) || !isSecret(resource, block, name))
            return undefined;
          // Never the value: what is called "value" or "token_key" would be shown.
          return { argument, message: "a secret is written here" } satisfies Fault;
        }),
      );
    },
  }),
] as const;

/** Everywhere that a path leads, through blocks, and to each element of a list and each entry of a map that is named like a secret. */
function placesOf(block: Block, [name = "", ...rest]: readonly string[]): (readonly [Block, string])[] {
  if (rest.length > 0) return block.blocks(name).flatMap((inner) => placesOf(inner, rest));
  const value = block.raw(name);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return block.list(name);
  const map = new Block(value as Json, block.argument(name));
  return Object.keys(value).flatMap((key) => (SENSITIVE.test(key) ? map.list(key) : []));
}

/** How often a local value may stand for another, before it is left to Terraform. */
const DEEPEST = 10;

/**
 * Whether a value is a text that somebody wrote: there, as a local value, or as the default of a variable.
 * @throws UnknownValueError where it may be
 */
function isWritten(value: unknown, argument: string, resource: Resource, estate: Estate, depth = 0): boolean {
  if (value === undefined || value === null || value === "") return false;
  const setting = depth < DEEPEST ? estate.setting(resource.stack, value) : undefined;
  if (setting) return isWritten(setting.value, argument, resource, estate, depth + 1);
  if (!isExpression(value)) return typeof value === "string" || typeof value === "number";
  if ([...value.matchAll(WRITTEN_INSIDE)].some(([, key = ""]) => SENSITIVE.test(key))) return true;
  if (SETTINGS.test(value)) throw new UnknownValueError(argument);
  return !EPHEMERAL.test(value) && referencesIn(value).length === 0;
}

/** Some arguments hold secrets only where another one says so. @throws UnknownValueError */
function isSecret({ type }: Resource, block: Block, name: string): boolean {
  if (type === "aws_ssm_parameter" && name === "value") return block.string("type") === "SecureString";
  if (type === "aws_db_option_group") return SENSITIVE.test(block.string("name") ?? "");
  // The parameters of a connection's requests are shown, unless they are marked.
  if (type === "aws_cloudwatch_event_connection" && name === "value" && block.path.includes("_http_parameters"))
    return block.boolean("is_value_secret") === true;
  return true;
}

/** The value of a finding, without what may be secret: by its name, by its look, or because the plan says so. */
export function shownValue(value: unknown, argument: string, { type, sensitive }: Resource): { value?: unknown } {
  if (value === undefined || SENSITIVE.test(argument)) return {};
  const marks = [...sensitive, ...(SENSITIVE_ARGUMENTS[type] ?? [])];
  if (marks.some((marked) => covers(marked, argument) || covers(argument, marked))) return {};
  if (typeof value === "string" && (PRIVATE_KEY.test(value) || MARKED.test(value))) return {};
  return { value: withoutSecrets(value) };
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return PRIVATE_KEY.test(value) || MARKED.test(value) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    SENSITIVE.test(name) ? HIDDEN : withoutSecrets(child),
  ]);
  return Object.fromEntries(entries) as unknown;
}
