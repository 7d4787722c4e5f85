import { App } from "cdktf";
import { Instance } from "../modules/ec2";
import { CustomerGateway, existingSubnets, PeeringConnection, SubnetGroup, Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const stack = new EnvironmentStack(app, "network", { environment: example, emulator: process.env.ANDAMIO_EMULATOR });
const everybody = { cidr: "0.0.0.0/0", action: "allow" } as const;

// A VPC that the other is joined with: as small as they get.
const shared = new Vpc(stack, "shared", {
  cidr: "10.41.0.0/22",
  availabilityZones: ["a"],
  subnetTiers: ["isolated"],
});

const vpc = new Vpc(stack, "vpc", {
  cidr: "10.40.0.0/16",
  availabilityZones: ["a", "b", "c"],
  natGateways: "single",

  // IPv6 beside IPv4, and for what has only IPv6 a way to servers that have only IPv4.
  ipv6: true,
  dns64: true,

  // Options of the built-in tiers.
  tierOptions: {
    public: { mapPublicIpOnLaunch: true, loadBalancerDiscovery: true },
    private: { loadBalancerDiscovery: { clusterNames: ["shop"] }, tags: { Purpose: "applications" } },
    isolated: {
      networkAcl: {
        ingress: {
          postgres: { number: 100, action: "allow", cidr: "10.40.0.0/16", port: "postgres" },
          answers: { number: 200, ...everybody, port: { protocol: "tcp", from: 1024, to: 65535 } },
        },
        egress: { everything: { number: 100, ...everybody, port: { protocol: "all" } } },
      },
    },
  },

  // Tiers of one's own: one in the last quarter of the VPC, and one in a second block, in two zones only.
  secondaryCidrs: { pods: "100.64.0.0/16" },
  ownTiers: {
    cache: { routing: "isolated", slot: "6/8" },
    pods: { routing: "private", secondaryCidr: "pods", slot: "0/2", ipv6Slot: 1, availabilityZones: ["a", "b"] },
  },

  // Who talks to whom, to be searched for a month and kept for a year.
  flowLogs: {
    cloudwatch: { retentionDays: 30, trafficType: "reject", aggregationIntervalSeconds: 60 },
    s3: { expireAfterDays: 365, fileFormat: "parquet", fields: ["version", "srcaddr", "dstaddr", "dstport", "action"] },
  },

  // Ways to AWS that cost no NAT gateway's gigabytes, and Session Manager where there is no internet.
  gatewayEndpoints: { s3: {}, dynamodb: {} },
  interfaceEndpoints: { "ecr.api": { subnets: "isolated" } },
  sessionManagerEndpoints: {},
  instanceConnectEndpoint: {},

  dhcpOptions: { domainName: "example.acme.internal" },
  vpnGateway: { propagateTo: ["private"], amazonSideAsn: 64620 },
});

// What is made after the VPC: a peering with routes both ways, an endpoint, and your end of a VPN.
const peering = new PeeringConnection(stack, "shared_peering", {
  vpc,
  peer: { vpcId: shared.id },
  dnsResolution: true,
});
vpc.addRoute("private", "shared", { destination: shared.cidr, via: { vpcPeeringConnectionId: peering.id } });
shared.addRoute("isolated", "example", { destination: vpc.cidr, via: { vpcPeeringConnectionId: peering.id } });
vpc.addInterfaceEndpoint("secretsmanager", { subnets: "isolated" });
new CustomerGateway(stack, "office", { ipAddress: "203.0.113.10", bgpAsn: 65010 });

// What is placed in it: databases need two zones, servers one. SSH goes through the Instance Connect Endpoint.
new SubnetGroup(stack, "databases", { vpc, service: "rds" });
const server = new Instance(stack, "server", { vpc, instanceType: "t4g.small" });
vpc.instanceConnectEndpoint?.allowTo(server);

// A subnet that was made elsewhere is one more tier, for whatever takes a VPC.
const withLegacy = existingSubnets(vpc, { legacy: { a: shared.subnets.isolated.a?.id ?? "" } });
stack.output("legacy_subnet_ids", withLegacy.subnetIds("legacy"), "Ids of the subnets that were made elsewhere");
stack.output("ipv6_cidr", vpc.ipv6Cidr, "IPv6 block of the VPC");

synth(app, process.env);
