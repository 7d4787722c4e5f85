import { Construct } from "constructs";
import type { RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import type { Widget } from "../cloudwatch";
import { Problems, shown } from "../core";
import { createDatabaseAlarms } from "./database-alarms";
import { DatabaseClusterBase } from "./database-cluster-base";
import type { ClusterOptions } from "./database-cluster-options";
import { clusterProblems } from "./database-cluster-problems";
import { clusterWidgets } from "./database-cluster-widgets";
import { monitoringIntervalOf, monitoringRoleFor } from "./monitoring-options";
import { insightsArguments } from "./performance-insights";

/** Kinds of disks of a Multi-AZ DB cluster. */
export type ClusterStorageType = "gp3" | "io1" | "io2";

export interface DatabaseClusterProps extends ClusterOptions {
  /** Changing it replaces the cluster. */
  readonly engine: "mysql" | "postgres";
  /**
   * Class of all three instances, of those with disks of their own: `db.m6gd.large`, `db.r6gd.xlarge`. Changing it is an update.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html
   */
  readonly instanceType: string;
  /**
   * Allocated storage of each instance in GiB, 100 or more with `io1` and `io2`. It can be raised in place, and never lowered.
   * @default 100; what the backup has when the cluster is restored from one
   */
  readonly storageGib?: number;
  /**
   * Changing it replaces the cluster.
   * @default "gp3"
   */
  readonly storageType?: ClusterStorageType;
  /**
   * Input and output operations a second, which all three types of storage must have. `gp3` takes others from 400 GiB on.
   * @default 3,000, or 12,000 for `gp3` from 400 GiB on
   */
  readonly iops?: number;
  /**
   * Port that it listens at, 1150 to 65535. AWS cannot change it later: restore the cluster to another one instead.
   * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.Limitations.html
   * @default the engine's: 5432, 3306
   */
  readonly port?: number;
  /**
   * Let clients log in with their role instead of a password, see `grantConnect`. The emulator has none for these clusters.
   * @default false
   */
  readonly iamAuthentication?: boolean;
}

/** RDS makes three, and names them. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html */
const INSTANCES = ["1", "2", "3"];
const ZONES = 3;
const STORAGE_GIB = 100;

/**
 * A Multi-AZ DB cluster: MySQL or PostgreSQL with a writer and two readers, each in a zone of its own. What is written is there in two zones before
 * it is confirmed, and a reader takes over in about half a minute. It is private, encrypted, reached over TLS, backed up, and nobody may
 * reach it until `allowFrom` says so.
 *
 * Replaced by: a change of `engine`, `username`, `databaseName`, `kmsKeyArn` or `storageType`. Costs: three instances by the hour and class,
 * and three times the storage. https://aws.amazon.com/rds/pricing/
 *
 * @example
 * const orders = new DatabaseCluster(this, "orders", {
 *   vpc, engine: "postgres", engineVersion: "16.4", instanceType: "db.m6gd.large", storageGib: 200,
 * });
 * orders.allowFrom(web);
 */
export class DatabaseCluster extends DatabaseClusterBase {
  readonly props: DatabaseClusterProps;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: DatabaseClusterProps) {
    super(scope, id, props, {
      check: (cluster) => checkDatabaseClusterProps(cluster, props),
      engine: props.engine,
      nameKind: "databaseCluster",
      iamAuthentication: false,
      own: (cluster) => ({
        dbClusterInstanceClass: props.instanceType,
        caCertificateIdentifier: props.certificateAuthority,
        ...storageArguments(props),
        ...monitoringArguments(cluster, props),
        ...insightsArguments(props.engine, props.instanceType, props),
      }),
      replacedBy: [props.storageType],
    });
    this.props = props;
    this.createAlarms();
  }

  /** What a dashboard shows of the three instances, by title. */
  get widgets(): Record<string, Widget> {
    return clusterWidgets(
      Object.fromEntries(INSTANCES.map((name) => [name, this.instanceIdentifier(name)])),
      "multi-az",
    );
  }

  private instanceIdentifier(name: string): string {
    return `${this.identifier}-instance-${name}`;
  }

  private createAlarms(): void {
    const { alarms, engine, instanceType } = this.props;
    if (!alarms) return;
    for (const name of INSTANCES)
      createDatabaseAlarms(
        new Construct(this, `instance_${name}`),
        {
          identifier: this.instanceIdentifier(name),
          engine,
          instanceType,
          storageGib: allocatedGib(this.props),
          replicaLag: "ReplicaLag",
        },
        alarms,
      );
  }
}

function allocatedGib({ storageGib = STORAGE_GIB }: DatabaseClusterProps): number {
  return storageGib;
}

function storageArguments(props: DatabaseClusterProps): Partial<RdsClusterConfig> {
  const { storageType = "gp3", restoreFrom, storageGib } = props;
  const large = storageType === "gp3" && allocatedGib(props) >= 400;
  return {
    allocatedStorage: restoreFrom ? storageGib : allocatedGib(props),
    storageType,
    iops: props.iops ?? (large ? 12_000 : 3_000),
  };
}

/** Enhanced monitoring is the cluster's, not each instance's as with Aurora. */
function monitoringArguments(cluster: Construct, props: DatabaseClusterProps): Partial<RdsClusterConfig> {
  const interval = monitoringIntervalOf(cluster, props);
  const role = monitoringRoleFor(cluster, [interval]);
  return { monitoringInterval: interval, ...(role ? { monitoringRoleArn: role.arn } : {}) };
}

function checkDatabaseClusterProps(cluster: Construct, props: DatabaseClusterProps): void {
  const problems = new Problems(cluster, "DatabaseCluster");
  for (const problem of clusterProblems(props.engine, props)) problems.add(problem);
  const { vpc, subnets = "isolated", restoreFrom } = props;
  const zones = Object.keys(vpc.subnets[subnets] ?? {});
  problems.require(
    zones.length >= ZONES,
    `subnets must be a tier with subnets in ${ZONES} availability zones, ${shown(subnets)} is in ${shown(zones)}: ` +
      "add zones to the tier, or make a Database with multiAz",
  );
  problems.require(!(restoreFrom && "cloneOf" in restoreFrom), "restoreFrom cannot be a clone: only Aurora has these");
  problems.throwIfAny();
}
