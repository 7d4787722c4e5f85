import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { contextOf } from "../core";
import { checkDomainName } from "./domain-name";
import type { HostedZoneProps } from "./hosted-zone";
import { LOG_REGION } from "./zone-query-log";

/** What private zones do not have. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html */
const PUBLIC_ONLY = ["delegationSet", "dnssec", "queryLog"] as const;

/** Refuses what decides the structure of a zone and is wrong: all of it at once. */
export function checkHostedZoneProps(construct: Construct, props: HostedZoneProps): void {
  const further: string[] = [];
  if (props.vpcs?.length === 0) further.push("vpcs names no VPC: name one, or leave it out for a public zone");
  for (const option of PUBLIC_ONLY)
    if (props.vpcs && props[option])
      further.push(`${option} is for public zones, and a zone with vpcs is private: drop one of the two`);
  for (const option of ["dnssec", "queryLog"] as const) {
    const given = props[option];
    const region = given && "provider" in given ? regionOf(construct, given.provider) : undefined;
    if (region !== undefined && region !== LOG_REGION)
      further.push(
        `${option} needs the provider of ${LOG_REGION}, got that of ${region}: stack.providerIn("${LOG_REGION}")`,
      );
  }
  checkDomainName(construct, "HostedZone", props.domainName, further);
}

/** The region of a provider, where it is known. */
function regionOf(construct: Construct, provider: AwsProvider | "stack"): string | undefined {
  if (provider === "stack") return contextOf(construct).region || undefined;
  return Token.isUnresolved(provider.region) ? undefined : provider.region;
}
