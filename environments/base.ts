import type { EnvironmentBase } from "./define";

/** What dev, staging and prod have in common. */
export const base: EnvironmentBase = {
  project: "acme",
  assumeRole: { name: "andamio-deploy" },
  backend: { type: "s3" },
  tags: { Owner: "platform", CostCenter: "1001" },
  network: { subnetTiers: ["public", "private", "isolated"] },
};
