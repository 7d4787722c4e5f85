/**
 * Whether a pattern of construct paths means a path, or something above it: `prod-data/orders/*` means everything below the orders,
 * `*-data/orders` the orders of every such stack and everything below them. A `*` stands for any characters of one id, and `**` for any
 * number of ids. Without either, it is a path.
 */
export function coversPath(pattern: string, path: string): boolean {
  return covers(pattern.split("/"), path.split("/"));
}

/** Whether a pattern may mean something in a stack. */
export function reachesStack(pattern: string, stack: string): boolean {
  const [first = ""] = pattern.split("/");
  return first === "**" || means(first, stack);
}

/** Whether a pattern means all of a stack: `prod-data`, `prod-data/*`. */
export function isStackWide(pattern: string): boolean {
  const [first = "", ...below] = pattern.split("/");
  return first === "**" ? below.length === 0 : below.every((id) => /^\*+$/.test(id));
}

/** How far down a pattern leads: the farther, the nearer to what it means. */
export function depthOf(pattern: string): number {
  return pattern.split("/").filter((id) => id !== "**").length;
}

function covers([id, ...deeper]: readonly string[], path: readonly string[]): boolean {
  if (id === undefined) return true;
  if (id === "**") return path.some((_id, index) => covers(deeper, path.slice(index)));
  const [first, ...below] = path;
  return first !== undefined && means(id, first) && covers(deeper, below);
}

function means(pattern: string, id: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(id);
}
