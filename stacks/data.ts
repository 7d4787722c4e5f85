import type { Construct } from "constructs";
import type {
  AuroraClusterConfig,
  DatabaseClusterConfig,
  DatabaseConfig,
  ReadReplicaConfig,
} from "../environments/database-config";
import type { Widget } from "../modules/cloudwatch";
import type { Connectable } from "../modules/ec2";
import type { Grantee } from "../modules/iam";
import { AuroraCluster, Database, DatabaseCluster, type ReadReplicaOptions } from "../modules/rds";
import type { HostedZone } from "../modules/route53";
import type { Topic } from "../modules/sns";
import type { VpcLike } from "../modules/vpc";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
import { named, type Reference } from "./unknown-name";

/** What the data stack takes from those before it. */
export interface DataStackProps extends EnvironmentStackProps {
  /** Holds the databases. */
  readonly vpc: VpcLike;
  /** The environment's hosted zones, by their name in the configuration. */
  readonly zones: Readonly<Record<string, HostedZone>>;
  /**
   * Where alarms go.
   * @default nowhere: none are made
   */
  readonly alarmTopic?: Topic;
}

/** Whatever clients connect to. */
export type AnyDatabase = Database | DatabaseCluster | AuroraCluster;

/** The environment's databases. Who may reach one is said where the clients are. */
export class DataStack extends EnvironmentStack {
  /** By their name in the configuration, of whatever kind. */
  readonly databases: Readonly<Record<string, AnyDatabase>>;

  private readonly props: DataStackProps;

  /** @throws UnknownNameError when the configuration refers to a zone that it does not say */
  constructor(scope: Construct, props: DataStackProps) {
    super(scope, "data", props);
    this.props = props;
    const { databases = {}, databaseClusters = {}, auroraClusters = {} } = props.environment;
    this.databases = {
      ...mapped(databases, (name, config) => this.createDatabase(name, config)),
      ...mapped(databaseClusters, (name, config) => this.createDatabaseCluster(name, config)),
      ...mapped(auroraClusters, (name, config) => this.createAuroraCluster(name, config)),
    };
  }

  /** What a dashboard shows of the databases. */
  get widgets(): Record<string, Widget> {
    const widgets = Object.entries(this.databases).flatMap(([name, database]) =>
      Object.entries(database.widgets).map(([title, widget]) => [`${name}: ${title}`, widget] as const),
    );
    return Object.fromEntries(widgets);
  }

  private createDatabase(name: string, config: DatabaseConfig): Database {
    const { readReplicas, copyBackupsTo, ...options } = config;
    const database = new Database(this, name, {
      ...this.optionsOf(options),
      readReplicas: readReplicas && this.replicasOf(readReplicas),
      copyBackupsTo: copyBackupsTo && { ...copyBackupsTo, provider: this.providerIn(copyBackupsTo.region) },
    });
    for (const [key, { address }] of Object.entries(database.replicas))
      this.output(`${name}_${key}_address`, address, `Host name of the read replica ${key} of ${name}`);
    return this.finished(`databases.${name}`, database, config);
  }

  private createDatabaseCluster(name: string, config: DatabaseClusterConfig): DatabaseCluster {
    const cluster = new DatabaseCluster(this, name, this.optionsOf(config));
    this.output(`${name}_reader_endpoint`, cluster.readerEndpoint, `Where ${name} is read from: host and port`);
    return this.finished(`databaseClusters.${name}`, cluster, config);
  }

  private createAuroraCluster(name: string, config: AuroraClusterConfig): AuroraCluster {
    const cluster = new AuroraCluster(this, name, this.optionsOf(config));
    this.output(`${name}_reader_endpoint`, cluster.readerEndpoint, `Where ${name} is read from: host and port`);
    return this.finished(`auroraClusters.${name}`, cluster, config);
  }

  /** What a database's constructor takes of its configuration, with what comes from the environment. */
  private optionsOf<C extends Pick<DatabaseConfig, "alarmThresholds" | "dnsNames">>(
    config: C,
  ): Omit<C, "alarmThresholds" | "dnsNames"> & {
    readonly vpc: VpcLike;
    readonly alarms?: { readonly notify: readonly Topic[] };
  } {
    const { alarmThresholds, dnsNames: _dnsNames, ...options } = config;
    const { vpc, alarmTopic } = this.props;
    return {
      deletionProtection: this.environment.deletionProtection,
      ...options,
      vpc,
      ...(alarmTopic ? { alarms: { ...alarmThresholds, notify: [alarmTopic] } } : {}),
    };
  }

  private replicasOf(replicas: Readonly<Record<string, ReadReplicaConfig>>): Record<string, ReadReplicaOptions> {
    return mapped(replicas, (_name, { otherRegion, ...options }) => {
      if (!otherRegion) return options;
      const { region, ...there } = otherRegion;
      return { ...options, otherRegion: { ...there, provider: this.providerIn(region) } };
    });
  }

  /** Its names, and what people and other repositories want to know of it. */
  private finished<D extends AnyDatabase>(key: string, database: D, { dnsNames }: Pick<DatabaseConfig, "dnsNames">): D {
    const name = database.node.id;
    this.output(`${name}_endpoint`, database.endpoint, `Where ${name} is written to: host and port`);
    this.output(`${name}_secret_arn`, database.secretArn, `Secret with the user and the password of ${name}`);
    if (dnsNames) {
      const { zone, ...names } = dnsNames;
      database.dnsNames(
        named(this.props.zones, zone, { environment: this.environment, from: `${key}.dnsNames.zone`, to: "zones" }),
        names,
      );
    }
    return this.configuredBy(key, database);
  }
}

/**
 * Lets a client reach the databases that its configuration names, and read their passwords.
 * @throws UnknownNameError
 */
export function connectDatabases(
  client: Connectable & Grantee,
  reference: Omit<Reference, "to">,
  databases: Readonly<Record<string, AnyDatabase>> = {},
  names: readonly string[] = [],
): void {
  for (const name of names) {
    const database = named(databases, name, { ...reference, to: "databases" });
    database.allowFrom(client);
    database.grantSecretRead(client);
  }
}

function mapped<T, U>(map: Readonly<Record<string, T>>, make: (name: string, value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, make(name, value)]));
}
