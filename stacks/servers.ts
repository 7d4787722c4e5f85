import type { Construct } from "constructs";
import type { ServerConfig } from "../environments/server-config";
import { Instance, KeyPair } from "../modules/ec2";
import type { VpcLike } from "../modules/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface ServersStackProps extends EnvironmentStackProps {
  /** Holds the servers. */
  readonly vpc: VpcLike;
}

/** The environment's servers: EC2 instances, each by its name in the configuration. */
export class ServersStack extends EnvironmentStack {
  /** By their name in the configuration. */
  readonly servers: Readonly<Record<string, Instance>>;

  constructor(scope: Construct, props: ServersStackProps) {
    super(scope, "servers", props);
    this.servers = Object.fromEntries(
      Object.entries(props.environment.servers ?? {}).map(([name, server]) => [
        name,
        this.createServer(name, server, props.vpc),
      ]),
    );
    this.createOutputs();
  }

  private createServer(name: string, config: ServerConfig, vpc: VpcLike): Instance {
    const { ingress = {}, publicKey, ...rest } = config;
    const key = `servers.${name}`;
    const keyPair =
      publicKey === undefined ? undefined : this.configuredBy(key, new KeyPair(this, `${name}_key`, { publicKey }));
    const server = this.configuredBy(key, new Instance(this, name, { ...rest, vpc, keyPair }));
    for (const { cidr, port } of Object.values(ingress)) server.allowFrom({ cidr }, port);
    return server;
  }

  private createOutputs(): void {
    for (const [name, server] of Object.entries(this.servers)) {
      this.output(`${name}_instance_id`, server.id, `Id of ${name}: aws ssm start-session --target <id>`);
      this.output(`${name}_private_ip`, server.privateIp, `Private address of ${name}`);
      this.output(`${name}_public_ip`, server.publicIp, `Public address of ${name}, if it has one`);
    }
  }
}
