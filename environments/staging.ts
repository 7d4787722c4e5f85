import { base } from "./base";
import { defineEnvironment } from "./define";

/** The last stop before production: built the same way, one size smaller. */
export const staging = defineEnvironment(base, {
  name: "staging",
  tier: "staging",
  account: "222222222222",
  region: "eu-west-1",
  network: {
    cidr: "10.20.0.0/16",
    availabilityZones: ["a", "b"],
    natGateways: "single",
    gatewayEndpoints: { s3: {}, dynamodb: {} },
    flowLogs: { cloudwatch: {} },
  },
  alarms: { emails: { platform: "platform@acme.example" } },
  databases: {
    orders: {
      engine: "postgres",
      engineVersion: "16.4",
      instanceType: "db.t4g.medium",
      storageGib: 20,
      multiAz: true,
      deletionProtection: true,
      readReplicas: { a: {} },
      dnsNames: { zone: "internal", writer: "orders", readers: "orders-readers" },
    },
  },
  servers: {
    app: {
      instanceType: "t4g.small",
      subnets: "public",
      elasticIp: true,
      rootVolume: { sizeGib: 20 },
      dataVolumes: { uploads: { deviceName: "/dev/sdf", sizeGib: 20 } },
      snapshots: { nightly: { everyHours: 24, startTime: "03:00", keep: { count: 7 } } },
      ingress: { office: { cidr: "203.0.113.0/24", port: "https" } },
    },
  },
  zones: {
    internal: { domainName: "staging.acme.internal", visibility: "private" },
    public: { domainName: "staging.acme.example", visibility: "public" },
  },
  web: {
    domain: { zone: "public", name: "www" },
    dashboard: true,
    services: {
      shop: {
        instanceType: "t4g.small",
        minSize: 1,
        maxSize: 3,
        port: 8080,
        databases: ["orders"],
        healthCheck: { path: "/health" },
        scaling: { cpu: { type: "cpu", targetPercent: 60 } },
        green: { percent: 10 },
      },
    },
  },
});
