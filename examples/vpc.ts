import { App } from "cdktf";
import { Instance } from "../modules/ec2";
import { SubnetGroup, Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const stack = new EnvironmentStack(app, "network", { environment: example, emulator: process.env.ANDAMIO_EMULATOR });

// Public, private and isolated subnets in three zones, and one NAT gateway for all private ones. "per-az" in place of "single" makes two more,
// and changes two routes; dropping a zone takes what is in it, and nothing else.
const vpc = new Vpc(stack, "vpc", {
  cidr: "10.40.0.0/16",
  availabilityZones: ["a", "b", "c"],
  natGateways: "single",

  // What was refused, to be searched for a month; everything, to be kept for a year.
  flowLogs: {
    cloudwatch: { retentionDays: 30, trafficType: "reject", aggregationIntervalSeconds: 60 },
    s3: { expireAfterDays: 365, fileFormat: "parquet", fields: ["version", "srcaddr", "dstaddr", "dstport", "action"] },
  },

  // Ways to AWS that cost no gigabyte of a NAT gateway; the three of Session Manager in one word.
  gatewayEndpoints: { s3: {}, dynamodb: {} },
  interfaceEndpoints: { "ecr.api": { subnets: "isolated" } },
  sessionManagerEndpoints: {},

  // SSH to servers that have no public address, for whom IAM lets.
  instanceConnectEndpoint: {},
});
const secrets = vpc.addInterfaceEndpoint("secretsmanager", { subnets: "isolated" });

// What is placed in it: databases need two zones, a server one.
new SubnetGroup(stack, "databases", { vpc, service: "rds" });
const server = new Instance(stack, "server", { vpc, instanceType: "t4g.small" });
vpc.instanceConnectEndpoint?.allowTo(server);

// Everything by tier and zone.
stack.output("private_subnet_a_id", vpc.subnets.private.a?.id, "Id of the private subnet in zone a");
stack.output("isolated_subnet_ids", vpc.subnetIds("isolated"), "Ids of the isolated subnets");
stack.output("nat_public_ip", vpc.natGateways.a?.publicIp, "Address that the private subnets' traffic comes from");
stack.output("secrets_endpoint_id", secrets.id, "Id of the endpoint of Secrets Manager");

synth(app, process.env);
