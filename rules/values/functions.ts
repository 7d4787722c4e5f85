import { Address4, Address6 } from "ip-address";
import { cidr } from "../vpc/cidr";

type Function = (...values: readonly unknown[]) => unknown;

/** The functions of Terraform that counts, keys and blocks of addresses are made with. Undefined: Terraform would refuse it. */
export const FUNCTIONS: Readonly<Record<string, Function | undefined>> = {
  toset: (list) => [...new Set(listOf(list))],
  tolist: listOf,
  tomap: (map) => map,
  tostring: String,
  tonumber: Number,
  length: (value) => (typeof value === "string" ? value.length : Object.keys(value ?? {}).length),
  concat: (...lists) => lists.flatMap(listOf),
  merge: (...maps) => Object.assign({}, ...maps) as unknown,
  keys: (map) => Object.keys(map ?? {}).sort(),
  element: (list, index) => {
    const items = listOf(list);
    return items[Number(index) % items.length];
  },
  lookup: (map, key, otherwise) => (map as Readonly<Record<string, unknown>>)[String(key)] ?? otherwise,
  range: (end) => Array.from({ length: Number(end) }, (_item, index) => index),
  join: (separator, list) => listOf(list).join(String(separator)),
  lower: (text) => String(text).toLowerCase(),
  upper: (text) => String(text).toUpperCase(),
  // In a template, a dollar before a brace stands twice.
  base64encode: (text) =>
    Buffer.from(
      String(text)
        .replace(/\$\$\{/g, "${")
        .replace(/%%\{/g, "%{"),
    ).toString("base64"),
  cidrsubnet: (prefix, newBits, number) => subnet(String(prefix), Number(newBits), Number(number)),
};

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : Object.values(value ?? {});
}

function subnet(prefix: string, newBits: number, number: number): string | undefined {
  const block = cidr(prefix);
  if (!block) return undefined;
  const length = block.prefixLength + newBits;
  const bits = block.family === 4 ? 32 : 128;
  if (!(length <= bits) || !Number.isInteger(number) || number < 0 || number >= 2 ** newBits) return undefined;
  const first = block.first + (BigInt(number) << BigInt(bits - length));
  const address = block.family === 4 ? Address4.fromBigInt(first) : Address6.fromBigInt(first);
  return `${address.correctForm()}/${length}`;
}
