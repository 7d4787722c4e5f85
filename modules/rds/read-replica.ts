import { Construct } from "constructs";
import { DbInstance, type DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { awsName, contextOf } from "../core";
import type { Role } from "../iam";
import { backupWindowOf } from "./backup-options";
import { createDatabaseAlarms } from "./database-alarms";
import type { DatabaseProps } from "./database-props";
import { parameterGroupFamily, type EngineParameter } from "./engine";
import { createLogGroups } from "./log-groups";
import { maintenanceArguments } from "./maintenance-options";
import { iamAuthenticationOf } from "./master-password";
import { logExportsOf, monitoringArguments, monitoringIntervalOf } from "./monitoring-options";
import { OptionGroup, type DatabaseOptions } from "./option-group";
import { ParameterGroup } from "./parameter-group";
import type { ReadReplicaOptions } from "./read-replica-options";
import { allocatedGib } from "./storage-options";

/** What a replica takes from its source. */
export interface ReplicaSource {
  readonly primary: DbInstance;
  readonly props: DatabaseProps;
  readonly securityGroupId: string;
  readonly monitoringRole: Role | undefined;
  readonly parameterGroup: {
    readonly name: string;
    readonly family: string;
    readonly base: Readonly<Record<string, EngineParameter>>;
  };
  readonly majorVersion: string;
  readonly options: DatabaseOptions;
}

/**
 * A read replica: made by `Database`, from `readReplicas`. Without a region of its own it shares the network, the key and the parameters of its
 * source; in another region it has all of these there. No final snapshot is taken of it.
 *
 * Replaced by: a change of its zone or key, and with its source. Costs: what a database of its class costs; between regions the transfer, too.
 */
export class ReadReplica extends Construct {
  readonly resource: DbInstance;

  private readonly identifier = awsName(this, "database");

  constructor(
    scope: Construct,
    id: string,
    private readonly source: ReplicaSource,
    private readonly options: ReadReplicaOptions,
  ) {
    super(scope, id);
    this.resource = this.createInstance();
    this.createAlarms();
  }

  private get instanceType(): string {
    return this.options.instanceType ?? this.source.props.instanceType;
  }

  private createInstance(): DbInstance {
    const { source, options } = this;
    const { props } = source;
    const { multiAz = false, storage = {} } = options;
    const logs = this.createLogGroups();
    return new DbInstance(this, "Resource", {
      identifier: this.identifier,
      replicateSourceDb: options.otherRegion ? source.primary.arn : source.primary.identifier,
      instanceClass: this.instanceType,
      engineVersion: options.engineVersion,
      port: props.port,
      multiAz,
      availabilityZone: this.availabilityZone(),
      maxAllocatedStorage: storage.maxStorageGib ?? props.maxStorageGib,
      storageType: storage.storageType,
      iops: storage.iops,
      storageThroughput: storage.throughputMibps,
      storageEncrypted: true,
      publiclyAccessible: false,
      iamDatabaseAuthenticationEnabled: iamAuthenticationOf(props),
      replicaMode: options.replicaMode,
      skipFinalSnapshot: true,
      copyTagsToSnapshot: true,
      deletionProtection: options.deletionProtection ?? false,
      ...this.backups(),
      ...this.maintenance(),
      ...this.monitoring(),
      ...this.surroundings(),
      ...(logs.length > 0 ? { dependsOn: logs } : {}),
      // RDS makes a database of its own of a replica whose source goes, and the provider cannot make it a replica again:
      // https://github.com/hashicorp/terraform-provider-aws/issues/16054
      lifecycle: {
        replaceTriggeredBy: [`${source.primary.terraformResourceType}.${source.primary.friendlyUniqueId}.resource_id`],
      },
    });
  }

  private availabilityZone(): string | undefined {
    const { availabilityZone, otherRegion } = this.options;
    const region = otherRegion?.provider.region ?? contextOf(this).region;
    return availabilityZone && `${region}${availabilityZone}`;
  }

  private backups(): Partial<DbInstanceConfig> {
    const { backupRetentionDays = 0, backupWindow = backupWindowOf(this.source.props) } = this.options;
    return { backupRetentionPeriod: backupRetentionDays, ...(backupRetentionDays > 0 ? { backupWindow } : {}) };
  }

  private maintenance(): Partial<DbInstanceConfig> {
    const { blueGreenUpdates: _, extendedSupport: __, allowMajorVersionUpgrade: major, ...props } = this.source.props;
    const { maintenanceWindow = props.maintenanceWindow, engineVersion } = this.options;
    const allowMajorVersionUpgrade = engineVersion === undefined ? undefined : major;
    return maintenanceArguments(this, { ...props, maintenanceWindow, allowMajorVersionUpgrade });
  }

  /** Keys belong to a region: elsewhere, AWS's own are used. */
  private monitoring(): Partial<DbInstanceConfig> {
    const { props, monitoringRole } = this.source;
    const { otherRegion, monitoringIntervalSeconds = monitoringIntervalOf(this, props) } = this.options;
    const { performanceInsights: insights } = props;
    const elsewhere = otherRegion && insights ? { performanceInsights: { ...insights, kmsKeyArn: undefined } } : {};
    const options = { ...props, ...elsewhere };
    return monitoringArguments(props.engine, this.instanceType, monitoringIntervalSeconds, monitoringRole, options);
  }

  /** Network, parameters, options and key: the source's, or those of another region. */
  private surroundings(): Partial<DbInstanceConfig> {
    const { source, options } = this;
    const { otherRegion, parameters } = options;
    const provider = otherRegion?.provider;
    const { engine, engineVersion } = source.props;
    const family = parameterGroupFamily(engine, options.engineVersion ?? engineVersion) as string;
    const own = otherRegion !== undefined || parameters !== undefined || family !== source.parameterGroup.family;
    const parameterGroupName = own
      ? new ParameterGroup(this, "parameters", {
          family,
          base: source.parameterGroup.base,
          parameters: { ...source.props.parameters, ...parameters },
          provider,
        }).name
      : source.parameterGroup.name;
    if (!otherRegion) return { parameterGroupName, vpcSecurityGroupIds: [source.securityGroupId] };
    const { kmsKeyArn, subnetIds, securityGroupIds } = otherRegion;
    const group = new DbSubnetGroup(this, "subnet_group", {
      name: awsName(this, "subnetGroup"),
      description: "Subnets of a read replica",
      subnetIds: [...subnetIds],
      provider,
    });
    return {
      parameterGroupName,
      optionGroupName: this.createOptionGroup(),
      dbSubnetGroupName: group.name,
      vpcSecurityGroupIds: [...securityGroupIds],
      kmsKeyId: kmsKeyArn,
      provider,
    };
  }

  /** In another region, replicas of Oracle and SQL Server get a group of RDS's own making, which they cannot leave. */
  private createOptionGroup(): string | undefined {
    const { props, options, majorVersion } = this.source;
    const { engine } = props;
    const wanted = Object.keys(options).length > 0 || props.options !== undefined;
    if (!wanted || !["mysql", "mariadb"].includes(engine)) return undefined;
    const provider = this.options.otherRegion?.provider;
    return new OptionGroup(this, "options", { engine, majorVersion, options, provider }).name;
  }

  private createLogGroups(): DbInstanceConfig["dependsOn"] & object {
    const { props } = this.source;
    const provider = this.options.otherRegion?.provider;
    const { kmsKeyArn, ...logs } = props.logs ?? {};
    const kept = { ...logs, provider, kmsKeyArn: provider ? undefined : kmsKeyArn };
    const names = logExportsOf(props.engine, props);
    return createLogGroups(this, "instance", this.identifier, names, kept).map(({ resource }) => resource);
  }

  private createAlarms(): void {
    const { props } = this.source;
    if (!props.alarms || this.options.otherRegion) return;
    const { identifier, instanceType } = this;
    const watched = { identifier, engine: props.engine, instanceType, storageGib: allocatedGib(props) };
    createDatabaseAlarms(this, { ...watched, replicaLag: "ReplicaLag" }, props.alarms);
  }
}
