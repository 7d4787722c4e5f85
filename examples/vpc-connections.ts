import { App } from "cdktf";
import { SecurityGroup } from "../modules/ec2";
import {
  CustomerGateway,
  existingSubnets,
  existingVpc,
  InterfaceEndpoint,
  PeeringConnection,
  Vpc,
} from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

// A VPC as another team might make it: as small as they get.
const elsewhere = new EnvironmentStack(app, "elsewhere", settings);
const shared = new Vpc(elsewhere, "shared", {
  cidr: "10.41.0.0/22",
  availabilityZones: ["a"],
  subnetTiers: ["isolated"],
});

const network = new EnvironmentStack(app, "network", settings);
const vpc = new Vpc(network, "vpc", {
  cidr: "10.40.0.0/16",
  availabilityZones: ["a", "b"],
  natGateways: "none",
  dhcpOptions: { domainName: "example.acme.internal" },
  vpnGateway: { propagateTo: ["private"], amazonSideAsn: 64620 },
});

// Your end of a VPN.
new CustomerGateway(network, "office", { ipAddress: "203.0.113.10", bgpAsn: 65010 });

// A peering and the routes there; the way back is the other VPC's own affair. In another account or region it is accepted by
// `accepterProvider`.
const peering = new PeeringConnection(network, "shared_peering", {
  vpc,
  peer: { vpcId: shared.id },
  dnsResolution: true,
});
for (const tier of ["private", "isolated"])
  vpc.addRoute(tier, "shared", { destination: shared.cidr, via: { vpcPeeringConnectionId: peering.id } });

// A VPC of which only ids are known is taken by whatever takes a VPC. Its block is looked up, and needs a name where it is let in.
const theirs = existingVpc(network, "theirs", {
  vpcId: shared.id,
  subnets: { isolated: { a: shared.subnets.isolated.a?.id ?? "" } },
});
new InterfaceEndpoint(network, "their_logs", { vpc: theirs, service: "logs" });
const api = new SecurityGroup(network, "api", { vpc });
api.allowFrom({ cidr: theirs.cidr, name: "theirs" }, "https");

// Subnets that were made elsewhere are one more tier.
const withLegacy = existingSubnets(vpc, { legacy: { a: shared.subnets.isolated.a?.id ?? "" } });
network.output("legacy_subnet_ids", withLegacy.subnetIds("legacy"), "Ids of the subnets that were made elsewhere");

synth(app, process.env);
