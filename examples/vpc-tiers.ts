import { App } from "cdktf";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const stack = new EnvironmentStack(app, "network", { environment: example, emulator: process.env.ANDAMIO_EMULATOR });
const everybody = { cidr: "0.0.0.0/0", action: "allow" } as const;

const vpc = new Vpc(stack, "vpc", {
  cidr: "10.40.0.0/16",
  availabilityZones: ["a", "b", "c"],

  // A NAT gateway in two of the three zones; zone c uses the one in b, which is named first.
  natGateways: { zones: ["b", "a"] },

  // IPv6 beside IPv4, out only from private subnets; and for what has only IPv6 a way to servers that have only IPv4.
  ipv6: true,
  dns64: true,

  tierOptions: {
    public: { mapPublicIpOnLaunch: true, loadBalancerDiscovery: true },
    private: { loadBalancerDiscovery: { clusterNames: ["shop"] }, tags: { Purpose: "applications" } },
    // PostgreSQL comes in, its answers go out; and the other way round for what the databases ask for.
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

  // Tiers of one's own: one in the last quarter of the VPC; one in a second block and in two zones; one whose subnets have blocks of their own.
  secondaryCidrs: { pods: "100.64.0.0/16" },
  ownTiers: {
    cache: { routing: "isolated", slot: "6/8" },
    pods: { routing: "private", secondaryCidr: "pods", slot: "0/2", ipv6Slot: 1, availabilityZones: ["a", "b"] },
    ingress: { routing: "public", availabilityZones: ["a", "b"], ipv6Slot: 2 },
  },
  subnetCidrs: { ingress: { a: "10.40.224.0/26", b: "10.40.224.64/26" } },
});

stack.output("ipv6_cidr", vpc.ipv6Cidr, "IPv6 block of the VPC");
stack.output("pods_subnet_ids", vpc.subnetIds("pods"), "Ids of the subnets for pods");

synth(app, process.env);
