import { covers } from "./argument";
import type { Resource } from "./resource";

/** Arguments whose values are never shown: secrets by name, and texts that often hold one. */
const SENSITIVE = /password|secret|(?<!http_)token|private_key|key_material|credential|user_data|passphrase|plaintext/i;
const PRIVATE_KEY = /PRIVATE KEY-----/;
const HIDDEN = "(sensitive)";

/** The value of a finding, without what may be secret: by its name, by its look, or because the plan says so. */
export function shownValue(value: unknown, argument: string, { sensitive }: Resource): { value?: unknown } {
  if (value === undefined || SENSITIVE.test(argument)) return {};
  if (sensitive.some((marked) => covers(marked, argument) || covers(argument, marked))) return {};
  return typeof value === "string" && PRIVATE_KEY.test(value) ? {} : { value: withoutSecrets(value) };
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return PRIVATE_KEY.test(value) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    SENSITIVE.test(name) ? HIDDEN : withoutSecrets(child),
  ]);
  return Object.fromEntries(entries) as unknown;
}
