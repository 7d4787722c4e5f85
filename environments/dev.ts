import { base } from "./base";
import { defineEnvironment } from "./define";

/** Where work in progress runs: cheap, and quickly made anew. */
export const dev = defineEnvironment(base, {
  name: "dev",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  network: { cidr: "10.10.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" },
  zones: { internal: { domainName: "dev.acme.internal", visibility: "private" } },
});
