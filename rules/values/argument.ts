/**
 * Whether a name of an argument means another or what is inside it: `root_block_device` covers `root_block_device.0.iops`. An index
 * counts where both names have one: `ingress.0` does not cover `ingress.1.from_port`. `ingress[0]` is `ingress.0`.
 */
export function covers(name: string, argument: string): boolean {
  const inner = parts(argument);
  for (const part of parts(name)) {
    if (isIndex(part) && (inner.length === 0 || !isIndex(inner[0]))) continue;
    while (!isIndex(part) && isIndex(inner[0])) inner.shift();
    if (inner.shift() !== part) return false;
  }
  return true;
}

function parts(name: string): string[] {
  return name.split(/[.[\]]+/).filter((part) => part !== "");
}

function isIndex(part: string | undefined): boolean {
  return part !== undefined && /^\d+$/.test(part);
}
