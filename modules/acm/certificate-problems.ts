import { Token } from "cdktf";
import type { Construct } from "constructs";
import { Problems, shown } from "../core";
import type { CertificateProps, PublicCertificateProps } from "./certificate";
import { validatedName, zoneOf } from "./validated-name";

/** Refuses what decides the structure of a certificate and is wrong: all of it at once. */
export function checkCertificateProps(construct: Construct, props: CertificateProps): void {
  const problems = new Problems(construct, "Certificate");
  const names = [props.domainName, ...(props.alternativeNames ?? [])];
  const known = names.filter((name) => !Token.isUnresolved(name));
  problems.require(known.length === names.length, "its names must be known when the program runs: write them out");
  for (const name of known)
    problems.require(!name.endsWith("."), `${shown(name)} must have no dot at its end: ACM takes none`);
  if (!("privateAuthorityArn" in props)) checkZones(problems, props, known);
  problems.throwIfAny();
}

function checkZones(problems: Problems, props: PublicCertificateProps, names: readonly string[]): void {
  const zones = [props.zone, ...(props.furtherZones ?? [])];
  for (const zone of zones)
    problems.require(
      !zone.isPrivate,
      `the zone ${zone.domainName} is private, and ACM looks in public ones: give the public zone, or a privateAuthorityArn`,
    );
  for (const name of new Set(names.map(validatedName))) {
    if (props.validatedBy?.validationRecords[name]) continue;
    const zone = zoneOf(name, zones);
    problems.require(
      zone !== undefined,
      `${name} is in none of the zones ${shown(zones.map((each) => each.domainName))}: add its zone to furtherZones`,
    );
    const taken = zone?.records[`validation_${name} CNAME`];
    problems.require(
      taken === undefined,
      `${name} has a certificate already, and ACM asks for the same record (${taken?.node.path}): name that certificate in validatedBy`,
    );
  }
}
