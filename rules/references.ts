import type { Json } from "./block";

/** What an expression refers to. */
export interface Reference {
  /** `aws_subnet.a` or `data.aws_ami.web`; empty for a remote state. */
  readonly address: string;
  /** `id`; of a remote state the name of the output. */
  readonly attribute: string;
  /** Name of the remote state, when the reference goes through one. */
  readonly remoteState?: string;
}

const NAME = "[A-Za-z_][A-Za-z0-9_-]*";
const REMOTE = new RegExp(`data\\.terraform_remote_state\\.(${NAME})\\.outputs(?:\\.(${NAME})|\\["([^"]+)"\\])`, "g");
const RESOURCE = new RegExp(
  `(?<![\\w.-])((?:data\\.)?[a-z][a-z0-9]*_[a-z0-9_]+\\.${NAME})(?:\\[[^\\]]*\\])?((?:\\.[A-Za-z0-9_*]+|\\[[^\\]]*\\])*)`,
  "g",
);
const WHOLE = /^\$\{([^{}]+)\}$/;

/** The reference that a text consists of: `${aws_vpc.main.id}`. Undefined for anything else. */
export function referenceOf(text: string): Reference | undefined {
  const expression = WHOLE.exec(text)?.[1]?.trim();
  if (expression === undefined) return undefined;
  const [first, ...others] = referencesOf(expression);
  return first && others.length === 0 && first.length === expression.length ? first.reference : undefined;
}

/** Every reference in the arguments of a resource, with the argument that holds it. */
export function referencesIn(body: Json, path = ""): { argument: string; reference: Reference }[] {
  return Object.entries(body).flatMap(([name, value]) => inValue(value, path === "" ? name : `${path}.${name}`));
}

function inValue(value: unknown, argument: string): { argument: string; reference: Reference }[] {
  if (typeof value === "string") {
    // `depends_on` and `provider` hold addresses without braces: an order is no reference to a value.
    return value.includes("${") ? referencesOf(value).map(({ reference }) => ({ argument, reference })) : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => inValue(item, `${argument}.${index}`));
  return value !== null && typeof value === "object" ? referencesIn(value as Json, argument) : [];
}

function referencesOf(expression: string): { reference: Reference; length: number }[] {
  const remote = [...expression.matchAll(REMOTE)].map((match) => ({
    reference: { address: "", attribute: match[2] ?? match[3] ?? "", remoteState: match[1] ?? "" },
    length: match[0].length,
  }));
  const rest = expression.replace(REMOTE, "");
  const local = [...rest.matchAll(RESOURCE)].map((match) => ({
    reference: { address: match[1] ?? "", attribute: (match[2] ?? "").replace(/^\./, "") },
    length: match[0].length,
  }));
  return [...remote, ...local];
}
