import { Construct } from "constructs";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { awsName, contextOf } from "../core";
import type { Role } from "../iam";
import type { AuroraClusterProps, AuroraInstanceOptions } from "./aurora-cluster-props";
import { createDatabaseAlarms } from "./database-alarms";
import { appliesImmediately, maintenanceWindowOf } from "./maintenance-options";
import { monitoringIntervalOf } from "./monitoring-options";
import { insightsArguments } from "./performance-insights";

/** Class of instances that grow and shrink. */
export const SERVERLESS = "db.serverless";

/** What an instance takes from its cluster. */
export interface InstanceCluster {
  readonly identifier: string;
  readonly props: AuroraClusterProps;
  readonly parameterGroupName: string;
  readonly monitoringRole: Role | undefined;
}

/** The class of an instance, given or not. */
export function instanceTypeOf(
  { instanceType, serverless }: AuroraClusterProps,
  options: AuroraInstanceOptions,
): string | undefined {
  return options.instanceType ?? instanceType ?? (serverless ? SERVERLESS : undefined);
}

/**
 * One instance of an Aurora cluster: made by `AuroraCluster`, from `instances`.
 *
 * Replaced by: a change of its zone. Costs: by the hour and class, or by the capacity unit and hour.
 */
export class AuroraInstance extends Construct {
  /** As AWS knows it. */
  readonly identifier = awsName(this, "database");
  readonly resource: RdsClusterInstance;

  constructor(scope: Construct, id: string, cluster: InstanceCluster, options: AuroraInstanceOptions) {
    super(scope, id);
    const { props, monitoringRole } = cluster;
    const { availabilityZone, promotionTier = 1 } = options;
    const instanceType = instanceTypeOf(props, options) as string;
    const interval = monitoringIntervalOf(this, props);
    this.resource = new RdsClusterInstance(this, "Resource", {
      identifier: this.identifier,
      clusterIdentifier: cluster.identifier,
      engine: props.engine,
      instanceClass: instanceType,
      promotionTier,
      availabilityZone: availabilityZone && `${contextOf(this).region}${availabilityZone}`,
      dbParameterGroupName: cluster.parameterGroupName,
      publiclyAccessible: false,
      applyImmediately: appliesImmediately(this, props),
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? true,
      preferredMaintenanceWindow: maintenanceWindowOf(props),
      caCertIdentifier: props.certificateAuthority,
      copyTagsToSnapshot: true,
      monitoringInterval: interval,
      ...(interval > 0 ? { monitoringRoleArn: monitoringRole?.arn } : {}),
      ...insightsArguments(props.engine, instanceType, props),
    });
    const watched = { identifier: this.identifier, engine: props.engine, instanceType };
    if (props.alarms) createDatabaseAlarms(this, { ...watched, replicaLag: "AuroraReplicaLag" }, props.alarms);
  }
}
