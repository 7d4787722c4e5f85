import type { Construct } from "constructs";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

/** The environment's VPC: what every other stack is placed in. */
export class NetworkStack extends EnvironmentStack {
  readonly vpc: Vpc;

  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, "network", props);
    const { network, deletionProtection } = props.environment;
    this.vpc = this.configuredBy("network", new Vpc(this, "vpc", { ...network, deletionProtection }));
    this.createOutputs();
  }

  private createOutputs(): void {
    const { vpc } = this;
    this.output("vpc_id", vpc.id, "Id of the VPC");
    this.output("vpc_cidr", vpc.cidr, "IPv4 block of the VPC");
    if (vpc.ipv6Cidr !== undefined) this.output("vpc_ipv6_cidr", vpc.ipv6Cidr, "IPv6 block of the VPC");
    for (const [tier, subnets] of Object.entries(vpc.subnets))
      this.outputEach(`${tier}_subnet_ids`, subnets, ({ id }) => id, `Ids of the ${tier} subnets, by zone`);
    this.outputEach(
      "route_table_ids",
      vpc.routeTables,
      ({ id }) => id,
      "Ids of the route tables, by tier, and by zone where each zone has its own",
    );
    this.outputEach(
      "nat_public_ips",
      vpc.natGateways,
      ({ publicIp }) => publicIp,
      "Addresses that private subnets' traffic comes from, by zone",
    );
    this.outputEach(
      "peering_connection_ids",
      vpc.peerings,
      ({ id }) => id,
      "Ids of the peerings, for whoever accepts them and routes back, by name",
    );
  }

  /** One value of each thing, by its key; nothing where there are none. */
  private outputEach<T>(
    name: string,
    things: Readonly<Record<string, T>>,
    value: (thing: T) => string,
    description: string,
  ): void {
    const values = Object.entries(things).map(([key, thing]) => [key, value(thing)]);
    if (values.length > 0) this.output(name, Object.fromEntries(values), description);
  }
}
