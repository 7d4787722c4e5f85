import { Token } from "cdktf";

/** A record's name, as the zone sees it. */
export interface RecordName {
  /** Whole name without the dot at its end, lower case; a token as it was given. */
  readonly fqdn: string;
  /** What stands for the name in addresses: `www`, `apex`, `wildcard_app`. */
  readonly id: string;
}

/**
 * The name of a record of a zone. Names may be relative (`www`), whole (`www.example.com`, with or without the dot at its end), or empty
 * or `@` for the zone's own name. A name that is known only after apply needs an id that is known now.
 *
 * @returns a problem for what cannot be a name in the zone
 */
export function recordName(domainName: string, name: string, id?: string): RecordName | { readonly problem: string } {
  if (Token.isUnresolved(name)) {
    if (id === undefined)
      return { problem: "a record whose name is known only after apply needs an id for its address: give id" };
    return { fqdn: name, id };
  }
  const zone = domainName.toLowerCase();
  const given = name.toLowerCase();
  const whole = given.replace(/\.$/, "");
  if (given.endsWith(".") && !isWithin(whole, zone))
    return { problem: `record "${name}" is outside of the zone ${zone}: put it into the zone of its own domain` };
  const fqdn = given === "" || given === "@" ? zone : isWithin(whole, zone) ? whole : `${whole}.${zone}`;
  return { fqdn, id: id ?? nameId(fqdn, zone) };
}

/** True for the domain itself and for what is below it. */
export function isWithin(name: string, domainName: string): boolean {
  return name === domainName || name.endsWith(`.${domainName}`);
}

function nameId(fqdn: string, zone: string): string {
  const relative = fqdn === zone ? "apex" : fqdn.slice(0, -zone.length - 1);
  return relative.replace(/^\*/, "wildcard").replace(/[^a-z0-9_-]+/g, "_");
}
