import { base } from "./base";
import { defineEnvironment } from "./define";

/** Where work in progress runs: cheap, and quickly made anew. */
export const dev = defineEnvironment(base, {
  name: "dev",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  network: {
    cidr: "10.10.0.0/16",
    availabilityZones: ["a", "b"],
    natGateways: "none",
    gatewayEndpoints: { s3: {}, dynamodb: {} },
  },
  servers: {
    app: {
      instanceType: "t4g.small",
      subnets: "public",
      elasticIp: true,
      rootVolume: { sizeGib: 20 },
      ingress: { office: { cidr: "203.0.113.0/24", port: "https" } },
      // Nobody uses it at night or at weekends, and nobody pays for it then.
      powerSchedule: {
        start: "cron(0 7 ? * MON-FRI *)",
        stop: "cron(0 20 ? * MON-FRI *)",
        timeZone: "Europe/Madrid",
      },
    },
  },
  zones: {
    internal: { domainName: "dev.acme.internal", visibility: "private" },
    public: { domainName: "dev.acme.example", visibility: "public" },
  },
  web: {
    domain: { zone: "public", name: "www" },
    services: {
      // Nothing in dev pays for a NAT gateway: what starts here finds its packages through a public address.
      shop: { instanceType: "t4g.small", subnets: "public", minSize: 1, maxSize: 2, port: 8080 },
    },
  },
});
