import type { Construct } from "constructs";
import type { RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterEndpoint } from "@cdktf/provider-aws/lib/rds-cluster-endpoint";
import type { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import type { Widget } from "../cloudwatch";
import { awsName } from "../core";
import { grant, type Grantee } from "../iam";
import { AuroraInstance } from "./aurora-cluster-instance";
import { checkAuroraClusterProps } from "./aurora-cluster-problems";
import type { AuroraClusterProps, CustomEndpointOptions } from "./aurora-cluster-props";
import { ReaderScaling } from "./aurora-cluster-scaling";
import { DatabaseClusterBase } from "./database-cluster-base";
import { clusterWidgets } from "./database-cluster-widgets";
import { logParameters, parameterGroupFamily } from "./engine";
import { logExportsOf, monitoringIntervalOf, monitoringRoleFor } from "./monitoring-options";
import { ParameterGroup } from "./parameter-group";
import { insightsArguments } from "./performance-insights";

/** A custom endpoint that was made. */
export interface CustomEndpoint {
  /** Host name. */
  readonly address: string;
  /** `address:port` */
  readonly endpoint: string;
  readonly resource: RdsClusterEndpoint;
}

const DATA_API_ACTIONS = ["BatchExecute", "Execute"].map((verb) => `rds-data:${verb}Statement`);
const DATA_API_TRANSACTIONS = ["Begin", "Commit", "Rollback"].map((verb) => `rds-data:${verb}Transaction`);

/**
 * A cluster of Aurora MySQL or Aurora PostgreSQL: storage that grows by itself in three zones, and instances, one of which writes. Instances have a
 * class, or grow and shrink with the load (serverless), or both stand side by side. It is private, encrypted, reached over TLS, backed up,
 * and nobody may reach it until `allowFrom` says so.
 *
 * Replaced by: a change of `engine`, `username`, `databaseName` or `kmsKeyArn`; an instance by a change of its zone. Everything else is an
 * update. Costs: by the hour and class or capacity unit; storage by the GiB and month, and input and output where it is not
 * `io-optimized`. https://aws.amazon.com/rds/aurora/pricing/
 *
 * @example
 * const orders = new AuroraCluster(this, "orders", {
 *   vpc, engine: "aurora-postgresql", engineVersion: "16.4", instanceType: "db.r7g.large", instances: { a: {}, b: {} },
 *   readerScaling: { maxReaders: 5, target: { cpuPercent: 60 } },
 * });
 * orders.allowFrom(web);
 */
export class AuroraCluster extends DatabaseClusterBase {
  readonly props: AuroraClusterProps;
  /** By the names in `instances`. */
  readonly instances: Readonly<Record<string, RdsClusterInstance>>;
  /** By the names in `customEndpoints`. */
  readonly customEndpoints: Readonly<Record<string, CustomEndpoint>>;
  /** The readers that come and go, where there are any. */
  readonly readerScaling: ReaderScaling | undefined;

  private readonly identifiers: Readonly<Record<string, string>>;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    super(scope, id, props, {
      check: (cluster) => checkAuroraClusterProps(cluster, props),
      engine: props.engine,
      nameKind: "database",
      iamAuthentication: true,
      own: () => auroraArguments(props),
      replacedBy: [],
    });
    this.props = props;
    const instances = this.createInstances();
    this.instances = mapped(instances, ({ resource }) => resource);
    this.identifiers = mapped(instances, ({ identifier }) => identifier);
    this.customEndpoints = this.createCustomEndpoints();
    this.readerScaling = this.createReaderScaling();
  }

  /**
   * Lets whatever has a role send SQL over the Data API, as the master user, whose secret it may read.
   * @throws Error when the cluster has none
   */
  grantDataApi(grantee: Grantee): void {
    if (!this.props.dataApi)
      throw new Error(`AuroraCluster "${this.node.path}" has no Data API: make it with dataApi: true.`);
    const actions = [...DATA_API_ACTIONS, ...DATA_API_TRANSACTIONS];
    grant(grantee, this, "data_api", { actions, resources: [this.arn] });
    this.grantSecretRead(grantee);
  }

  /** What a dashboard shows of the instances, by title. */
  get widgets(): Record<string, Widget> {
    return clusterWidgets(this.identifiers, "aurora");
  }

  private createInstances(): Record<string, AuroraInstance> {
    const { engine, engineVersion, instances, instanceParameters } = this.props;
    const parameters = new ParameterGroup(this, "instance_parameters", {
      family: parameterGroupFamily(engine, engineVersion) as string,
      base: logParameters(engine, logExportsOf(engine, this.props)),
      parameters: instanceParameters,
    });
    // Instances of a cluster cannot follow it to another major version without a group for it.
    if (this.props.allowMajorVersionUpgrade) this.resource.dbInstanceParameterGroupName = parameters.name;
    const monitoringRole = monitoringRoleFor(this, [monitoringIntervalOf(this, this.props)]);
    const cluster = {
      identifier: this.resource.id,
      props: this.props,
      parameterGroupName: parameters.name,
      monitoringRole,
    };
    return Object.fromEntries(
      Object.entries(instances).map(([name, options]) => [
        name,
        new AuroraInstance(this, `instance_${name}`, cluster, options),
      ]),
    );
  }

  private createCustomEndpoints(): Record<string, CustomEndpoint> {
    return mapped(this.props.customEndpoints ?? {}, (options, name) => this.createCustomEndpoint(name, options));
  }

  private createCustomEndpoint(name: string, { type, members, exclude }: CustomEndpointOptions): CustomEndpoint {
    const ids = (names: readonly string[] | undefined): string[] | undefined =>
      names?.map((member) => this.instances[member]?.id as string);
    const resource = new RdsClusterEndpoint(this, `endpoint_${name}`, {
      clusterIdentifier: this.resource.id,
      clusterEndpointIdentifier: awsName(this, "database", name),
      customEndpointType: type.toUpperCase(),
      staticMembers: ids(members),
      excludedMembers: ids(exclude),
    });
    return { address: resource.endpoint, endpoint: `${resource.endpoint}:${this.port}`, resource };
  }

  private createReaderScaling(): ReaderScaling | undefined {
    const { readerScaling } = this.props;
    if (!readerScaling) return undefined;
    return new ReaderScaling(this, "scaling", this.resource.id, Object.values(this.instances), readerScaling);
  }
}

function auroraArguments(props: AuroraClusterProps): Partial<RdsClusterConfig> {
  const { serverless, storage } = props;
  return {
    backtrackWindow: props.backtrackSeconds,
    enableHttpEndpoint: props.dataApi,
    ...(storage ? { storageType: storage === "io-optimized" ? "aurora-iopt1" : "aurora" } : {}),
    ...(serverless
      ? {
          serverlessv2ScalingConfiguration: {
            minCapacity: serverless.minCapacityAcu,
            maxCapacity: serverless.maxCapacityAcu,
            secondsUntilAutoPause: serverless.pauseAfterSeconds,
          },
        }
      : {}),
    // The mode is the cluster's, and asks for the cluster's measurements; else each instance has its own.
    ...(props.databaseInsights === "advanced" ? insightsArguments(props.engine, "", props) : {}),
  };
}

function mapped<From, To>(
  entries: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value, name)]));
}
