import type { ProjectCopy } from "./project-copy";

/**
 * Makes dev what a test can apply within a minute, and what it stays while the repository's own dev grows: a network of 20
 * resources, and a stack with one zone that takes the network's VPC.
 */
export function makeDevSmall(copy: ProjectCopy): void {
  copy.write(
    "environments/dev.ts",
    `import { base } from "./base";
import { defineEnvironment } from "./define";

export const dev = defineEnvironment(base, {
  name: "dev",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  network: { cidr: "10.10.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" },
  zones: { internal: { domainName: "dev.acme.internal", visibility: "private" } },
});
`,
  );
}
