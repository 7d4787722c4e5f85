import { base } from "./base";
import { defineEnvironment } from "./define";

/** What customers use: three zones, no single point of failure, nothing that can be destroyed by accident. */
export const prod = defineEnvironment(base, {
  name: "prod",
  tier: "production",
  account: "333333333333",
  region: "eu-west-1",
  deletionProtection: true,
  network: { cidr: "10.30.0.0/16", availabilityZones: ["a", "b", "c"], natGateways: "per-az" },
  zones: { internal: { domainName: "prod.acme.internal", visibility: "private" } },
});
