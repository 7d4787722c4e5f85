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
    this.output("vpc_id", this.vpc.id, "Id of the VPC");
    this.output("vpc_cidr", this.vpc.cidr, "IPv4 block of the VPC");
    for (const [tier, subnets] of Object.entries(this.vpc.subnets)) {
      const ids = Object.entries(subnets).map(([zone, subnet]) => [zone, subnet.id]);
      if (ids.length > 0)
        this.output(`${tier}_subnet_ids`, Object.fromEntries(ids), `Ids of the ${tier} subnets, by zone`);
    }
    const addresses = Object.entries(this.vpc.natGateways).map(([zone, gateway]) => [zone, gateway.publicIp]);
    if (addresses.length > 0) {
      this.output(
        "nat_public_ips",
        Object.fromEntries(addresses),
        "Addresses that private subnets' traffic comes from, by zone",
      );
    }
  }
}
