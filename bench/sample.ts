import { App } from "cdktf";
import type { EnvironmentConfig } from "../environments/config";
import type { ServerConfig } from "../environments/server-config";
import { createEnvironment } from "../stacks";

/* The sample that the benchmarks measure: environments of about 190 resources each: a network over three zones, twelve servers. Its size is part of the goals: do not shrink it. */

const SERVERS = Number(process.env["BENCH_SERVERS"] ?? 12);

export function sampleApp(environments: number, outdir?: string): App {
  const app = new App(outdir === undefined ? {} : { outdir });
  for (let number = 0; number < environments; number += 1) createEnvironment(app, sampleEnvironment(number));
  return app;
}

function sampleEnvironment(number: number): EnvironmentConfig {
  return {
    name: `env${number}`,
    project: "bench",
    tier: "development",
    account: "111111111111",
    region: "eu-west-1",
    backend: { type: "s3" },
    quotas: { elasticIps: 20 },
    network: { cidr: `10.${number}.0.0/16`, availabilityZones: ["a", "b", "c"], natGateways: "per-az" },
    zones: { internal: { domainName: `env${number}.bench.internal`, visibility: "private" } },
    servers: Object.fromEntries(Array.from({ length: SERVERS }, (_item, index) => [`server${index}`, sampleServer()])),
  };
}

function sampleServer(): ServerConfig {
  return {
    instanceType: "t4g.small",
    subnets: "public",
    elasticIp: true,
    rootVolume: { sizeGib: 20 },
    dataVolumes: { data: { deviceName: "/dev/sdf", sizeGib: 50, iops: 4000 } },
    ingress: { office: { cidr: "203.0.113.0/24", port: "https" }, ops: { cidr: "198.51.100.0/24", port: "ssh" } },
  };
}
