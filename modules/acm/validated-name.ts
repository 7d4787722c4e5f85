import { isWithin, type Zone } from "../route53";

/** The name that ACM validates for another: `*.example.com` is validated as `example.com` is. */
export function validatedName(name: string): string {
  return name.toLowerCase().replace(/^\*\./, "");
}

/** The zone that is nearest to a name: of `example.com` and `dev.example.com`, the latter has `www.dev.example.com`. */
export function zoneOf(name: string, zones: readonly Zone[]): Zone | undefined {
  return zones
    .filter((zone) => isWithin(validatedName(name), zone.domainName.toLowerCase()))
    .reduce<Zone | undefined>(
      (nearest, zone) => (nearest && nearest.domainName.length >= zone.domainName.length ? nearest : zone),
      undefined,
    );
}
