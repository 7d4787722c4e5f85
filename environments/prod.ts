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
  databases: {
    orders: {
      engine: "postgres",
      engineVersion: "16.4",
      instanceType: "db.m7g.large",
      storageGib: 100,
      maxStorageGib: 1000,
      readReplicas: { a: {}, b: {} },
      dnsNames: { zone: "internal", writer: "orders", readers: "orders-readers" },
    },
  },
  servers: {
    app: {
      instanceType: "m7g.large",
      subnets: "public",
      elasticIp: true,
      rootVolume: { sizeGib: 30 },
      dataVolumes: { uploads: { deviceName: "/dev/sdf", sizeGib: 200, iops: 6000, throughputMibps: 250 } },
      snapshots: {
        nightly: { everyHours: 24, startTime: "03:00", keep: { count: 14 }, copyTo: { "eu-central-1": { days: 30 } } },
        monthly: { cron: "cron(0 4 1 * ? *)", keep: { months: 12 } },
      },
      ingress: { customers: { cidr: "0.0.0.0/0", port: "https" } },
    },
    // What works in the background stands in every zone: a1, b1 and c1.
    worker: { instanceType: "m7g.large", instancesPerZone: 1, rootVolume: { sizeGib: 30 } },
  },
  zones: {
    internal: { domainName: "prod.acme.internal", visibility: "private" },
    public: {
      domainName: "acme.example",
      visibility: "public",
      dnssec: true,
      queryLog: { retentionDays: 90 },
      records: { authorities: { name: "@", type: "CAA", values: [{ tag: "issue", value: "amazon.com" }] } },
    },
  },
  web: {
    domain: { zone: "public", name: "www" },
    accessLogs: true,
    dashboard: true,
    services: {
      shop: {
        instanceType: "m7g.large",
        minSize: 3,
        maxSize: 12,
        port: 8080,
        databases: ["orders"],
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
