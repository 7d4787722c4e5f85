import type { Construct } from "constructs";
import type { ServerConfig } from "../environments/server-config";
import { Instance, InstanceSet, KeyPair, PowerSchedule, SnapshotPolicy } from "../modules/ec2";
import type { VpcLike } from "../modules/vpc";
import { connectDatabases, type AnyDatabase } from "./data";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { named } from "./unknown-name";

export interface ServersStackProps extends EnvironmentStackProps {
  /** Holds the servers. */
  readonly vpc: VpcLike;
  /**
   * The environment's databases, by their name in the configuration.
   * @default none
   */
  readonly databases?: Readonly<Record<string, AnyDatabase>>;
}

/** The environment's servers: EC2 instances, each by its name in the configuration, alone or several that are alike. */
export class ServersStack extends EnvironmentStack {
  /** By their name in the configuration. */
  readonly servers: Readonly<Record<string, Instance | InstanceSet>>;

  private readonly vpc: VpcLike;
  private readonly databases: ServersStackProps["databases"];

  /** @throws UnknownNameError when the configuration refers to an instance or a database that it does not say */
  constructor(scope: Construct, props: ServersStackProps) {
    super(scope, "servers", props);
    this.vpc = props.vpc;
    this.databases = props.databases;
    const configs = Object.entries(props.environment.servers ?? {});
    this.servers = Object.fromEntries(configs.map(([name, config]) => [name, this.createServer(name, config)]));
  }

  /** The server, what starts and stops it, what backs it up, and what is told of it. */
  private createServer(name: string, config: ServerConfig): Instance | InstanceSet {
    const server = this.createInstances(name, config);
    for (const { cidr, port } of Object.values(config.ingress ?? {})) server.allowFrom({ cidr }, port);
    const reference = { environment: this.environment, from: `servers.${name}.databases` };
    connectDatabases(server, reference, this.databases, config.databases);

    const instances = "instances" in server ? server.instances : { server };
    this.createPowerSchedule(name, config, instances);
    this.createSnapshotPolicy(name, config);
    for (const [key, instance] of Object.entries(instances))
      this.createOutputs("instances" in server ? `${name}_${key}` : name, instance);
    return server;
  }

  private createInstances(name: string, config: ServerConfig): Instance | InstanceSet {
    const {
      instancesPerZone,
      overrides,
      formerServer,
      publicKey,
      ingress,
      snapshots,
      powerSchedule,
      databases,
      ...options
    } = config;
    const common = {
      ...options,
      vpc: this.vpc,
      keyPair: publicKey === undefined ? options.keyPair : this.createKeyPair(name, publicKey),
      dataVolumes: this.volumes(name, config, options.dataVolumes),
    };
    if (instancesPerZone === undefined) return this.configured(name, new Instance(this, name, common));

    const own = Object.entries(overrides ?? {}).map(([key, { dataVolumes, ...rest }]) => {
      const volumes = dataVolumes && { dataVolumes: this.volumes(name, config, dataVolumes) };
      return [key, { ...rest, ...volumes }] as const;
    });
    const set = new InstanceSet(this, name, { ...common, instancesPerZone, overrides: Object.fromEntries(own) });
    if (formerServer !== undefined)
      this.renamed(
        name,
        named(set.instances, formerServer, {
          environment: this.environment,
          from: `servers.${name}.formerServer`,
          to: "its instances",
        }),
      );
    return this.configured(name, set);
  }

  /** The volumes, protected as the environment says, and in the care of the server's snapshot policy if it has one. What a volume says itself holds. */
  private volumes(
    name: string,
    { snapshots }: ServerConfig,
    volumes: ServerConfig["dataVolumes"],
  ): ServerConfig["dataVolumes"] {
    if (!volumes) return undefined;
    const { deletionProtection } = this.environment;
    const backup = snapshots && snapshotPolicyId(name);
    return Object.fromEntries(
      Object.entries(volumes).map(([key, volume]) => [key, { deletionProtection, backup, ...volume }]),
    );
  }

  private createKeyPair(name: string, publicKey: string): KeyPair {
    return this.configured(name, new KeyPair(this, `${name}_key`, { publicKey }));
  }

  private createPowerSchedule(name: string, config: ServerConfig, instances: Readonly<Record<string, Instance>>): void {
    const { powerSchedule } = config;
    if (powerSchedule) this.configured(name, new PowerSchedule(this, `${name}_power`, { ...powerSchedule, instances }));
  }

  private createSnapshotPolicy(name: string, config: ServerConfig): void {
    const { snapshots: schedules, overrides = {} } = config;
    if (!schedules) return;
    const volumes = [config, ...Object.values(overrides)].flatMap(({ dataVolumes = {} }) => Object.values(dataVolumes));
    const kmsKeyArns = volumes.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []);
    this.configured(name, new SnapshotPolicy(this, snapshotPolicyId(name), { schedules, kmsKeyArns }));
  }

  private createOutputs(label: string, instance: Instance): void {
    this.output(`${label}_instance_id`, instance.id, `Id of ${label}: aws ssm start-session --target <id>`);
    this.output(`${label}_private_ip`, instance.privateIp, `Private address of ${label}`);
    this.output(`${label}_public_ip`, instance.publicIp, `Public address of ${label}, if it has one`);
    this.output(`${label}_public_dns`, instance.publicDns, `Name of the public address of ${label}, if it has one`);
    this.output(`${label}_volume_ids`, instance.volumeIds, `Ids of the volumes of ${label}: root, and the others`);
    if (instance.loginUser !== undefined)
      this.output(`${label}_login_user`, instance.loginUser, `Who one logs in to ${label} as over SSH`);
  }

  /** Findings about a server and its parts name its key in the configuration. */
  private configured<T extends Construct>(name: string, construct: T): T {
    return this.configuredBy(`servers.${name}`, construct);
  }
}

function snapshotPolicyId(name: string): string {
  return `${name}_snapshots`;
}
