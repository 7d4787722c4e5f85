import { covers } from "./argument";
import type { Finding, Found, Location, Undecided } from "./evaluate";
import type { Acknowledgement, Resource, StackView } from "./resource";

/** The reason for which a fault was acknowledged; of several, the one nearest to the resource. */
export function acknowledged(found: Found, today: string): string | undefined {
  return found.resource.stack.acknowledgements
    .filter((candidate) => matches(candidate, found) && !hasExpired(candidate, today))
    .sort((one, other) => other.path.length - one.path.length)[0]?.reason;
}

/** Acknowledgements that match nothing, or have expired. What cannot be told yet may still come to match. */
export function faultyAcknowledgements(
  stack: StackView,
  found: readonly (Found | Undecided)[],
  today: string,
): Finding[] {
  const here = found.filter(({ resource }) => resource.stack === stack);
  return stack.acknowledgements.flatMap((acknowledgement) => {
    if (!here.some((one) => matches(acknowledgement, one))) {
      const message = `the acknowledgement of ${acknowledgement.id} matches nothing`;
      const fix = "Drop it: what it silenced is mended, or was never there.";
      return [finding(stack, acknowledgement, "acknowledgement-unused", message, fix)];
    }
    if (!hasExpired(acknowledgement, today)) return [];
    const message = `the acknowledgement of ${acknowledgement.id} expired on ${acknowledgement.expires}`;
    const fix = "Mend what it silenced, or renew it with a new date.";
    return [finding(stack, acknowledgement, "acknowledgement-expired", message, fix)];
  });
}

function matches({ id, path, at }: Acknowledgement, found: Found | Undecided): boolean {
  if (id !== found.rule.id || !isBelow(found.resource, path)) return false;
  return at === undefined || !("fault" in found) || covers(at, found.fault.argument);
}

function isBelow({ origin }: Resource, path: string): boolean {
  return origin.path === path || (origin.path ?? "").startsWith(`${path}/`);
}

function hasExpired({ expires }: Acknowledgement, today: string): boolean {
  return expires !== undefined && expires < today;
}

function finding(
  stack: StackView,
  { id, path, source }: Acknowledgement,
  rule: string,
  message: string,
  fix: string,
): Finding {
  const location: Location = { path, ...(source === undefined ? {} : { source }) };
  return {
    rule,
    severity: "warning",
    blocks: false,
    stack: stack.id,
    ...(stack.environment === undefined ? {} : { environment: stack.environment }),
    address: path,
    argument: "acknowledge",
    value: id,
    message,
    fix,
    location,
  };
}
