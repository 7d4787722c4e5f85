import { base } from "./base";
import { defineEnvironment } from "./define";

/** What customers use: three zones, no single point of failure, nothing that can be destroyed by accident. */
export const prod = defineEnvironment(base, {
  name: "prod",
  tier: "production",
  account: "333333333333",
  region: "eu-west-1",
  deletionProtection: true,
  network: {
    cidr: "10.30.0.0/16",
    availabilityZones: ["a", "b", "c"],
    natGateways: "per-az",
    gatewayEndpoints: { s3: {}, dynamodb: {} },
    flowLogs: { cloudwatch: {}, s3: {} },
    sessionManagerEndpoints: {},
  },
  alarms: { emails: { platform: "platform@acme.example" } },
  servers: {
    app: {
      instanceType: "m7g.large",
      subnets: "public",
      elasticIp: true,
      rootVolume: { sizeGib: 30 },
      dataVolumes: { uploads: { deviceName: "/dev/sdf", sizeGib: 200, iops: 6000, throughputMibps: 250 } },
      ingress: { customers: { cidr: "0.0.0.0/0", port: "https" } },
    },
  },
  zones: {
    internal: { domainName: "prod.acme.internal", visibility: "private" },
    public: {
      domainName: "acme.example",
      visibility: "public",
      records: { authorities: { name: "@", type: "CAA", values: [{ tag: "issue", value: "amazon.com" }] } },
    },
  },
  web: {
    domain: { zone: "public", name: "www" },
    accessLogs: true,
    services: {
      shop: {
        instanceType: "m7g.large",
        minSize: 3,
        maxSize: 12,
        port: 8080,
        healthCheck: { path: "/health" },
        scaling: {
          cpu: { type: "cpu", targetPercent: 60 },
          requests: { type: "requests", targetPerInstance: 1000 },
        },
        schedules: { morning: { recurrence: "0 7 * * MON-FRI", timeZone: "Europe/Madrid", minSize: 6 } },
      },
    },
  },
});
