import type { EnvironmentConfig } from "../environments/config";

/** The environment that the examples live in. */
export const example: EnvironmentConfig = {
  name: "example",
  project: "acme",
  tier: "development",
  account: "444444444444",
  region: "eu-west-1",
  backend: { type: "s3" },
  network: { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"] },
};
