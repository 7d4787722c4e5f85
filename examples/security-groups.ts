import { App } from "cdktf";
import {
  allow,
  allowSsh,
  allowWeb,
  ANYWHERE_IPV6,
  awsPrefixList,
  existingSecurityGroup,
  PrefixList,
  SecurityGroup,
} from "../modules/ec2";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

const network = new EnvironmentStack(app, "network", settings);
const vpc = new Vpc(network, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });

// The addresses of a company, in one place.
const offices = new PrefixList(network, "offices", {
  entries: {
    madrid: { cidr: "203.0.113.0/24" },
    lima: { cidr: "198.51.100.0/24", description: "Lima, second floor" },
  },
});

// What another team's program might make.
const elsewhere = new SecurityGroup(network, "vpn", { vpc });

const stack = new EnvironmentStack(app, "groups", settings);

// A web server: everybody may come, and be answered when they ping over IPv6.
const web = new SecurityGroup(stack, "web", { vpc, description: "Web servers" });
allowWeb(web);
web.allowFrom(ANYWHERE_IPV6, { protocol: "icmpv6", type: 128 }, { description: "ping" });

// What only CloudFront reaches: AWS keeps the list of its addresses.
const origin = new SecurityGroup(stack, "origin", { vpc });
origin.allowFrom(awsPrefixList(stack, "cloudfront"), "http");

// SSH in a group of its own, from the offices: an instance takes it besides its other one.
const ssh = new SecurityGroup(stack, "ssh", { vpc });
allowSsh(ssh, [offices]);

// A cluster whose members talk to each other, and to AWS; nothing else goes out.
const nodes = new SecurityGroup(stack, "nodes", { vpc, egress: "none" });
nodes.allowInternally("etcd");
nodes.allowTo(awsPrefixList(stack, "s3"), "https");
allow(web, nodes, 8080);

// A group that was made elsewhere, of which only the id is known, is connected like any other.
const vpn = existingSecurityGroup(stack, "vpn", { securityGroupId: elsewhere.id });
allow(vpn, nodes, "prometheus-node-exporter");
allow(nodes, vpn, "syslog");

synth(app, process.env);
