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
  zones: { internal: { domainName: "prod.acme.internal", visibility: "private" } },
});
