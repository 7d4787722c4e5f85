import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { awsName, shown } from "../core";

/** What the readers are kept at. */
export type ReaderMetric =
  /** Use of the processors of all readers, in percent. */
  | { readonly cpuPercent: number }
  /** Connections of a reader, on average. */
  | { readonly connections: number };

/**
 * How the number of readers follows the load. The readers are of the writer's class, and none of Terraform's: delete those that are there before
 * the cluster is destroyed.
 */
export interface ReaderScalingOptions {
  /** What is measured, and where it should be: readers are added above it, and dropped well below. */
  readonly target: ReaderMetric;
  /**
   * Fewest readers, those in `instances` counted, 0 to 15.
   * @default 1
   */
  readonly minReaders?: number;
  /** Most readers, those in `instances` counted, 1 to 15. */
  readonly maxReaders: number;
  /**
   * Seconds after dropping a reader before the next one goes.
   * @default 300
   */
  readonly scaleInCooldownSeconds?: number;
  /**
   * Seconds after adding a reader before the next one comes.
   * @default 300
   */
  readonly scaleOutCooldownSeconds?: number;
  /**
   * Drop readers again. Without, they stay until somebody deletes them.
   * @default true
   */
  readonly scaleIn?: boolean;
}

const MOST_READERS = 15;

/** What is wrong with the bounds. */
export function readerScalingProblems({ minReaders = 1, maxReaders }: ReaderScalingOptions): string[] {
  const whole = [minReaders, maxReaders].every(Number.isInteger);
  if (whole && minReaders >= 0 && minReaders <= maxReaders && maxReaders >= 1 && maxReaders <= MOST_READERS) return [];
  return [
    `readerScaling must go from minReaders to at most ${MOST_READERS} maxReaders, ` +
      `got ${shown(minReaders)} to ${shown(maxReaders)}`,
  ];
}

/**
 * Readers that come and go with the load.
 *
 * Replaced by: nothing that can be said here. Costs: what the readers cost.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export class ReaderScaling extends Construct {
  readonly target: AppautoscalingTarget;
  readonly resource: AppautoscalingPolicy;

  /** @param instances that must be there first: what scales needs a writer */
  constructor(
    scope: Construct,
    id: string,
    clusterIdentifier: string,
    instances: readonly ITerraformDependable[],
    options: ReaderScalingOptions,
  ) {
    super(scope, id);
    const { minReaders = 1, maxReaders, scaleIn = true } = options;
    this.target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "rds",
      scalableDimension: "rds:cluster:ReadReplicaCount",
      resourceId: `cluster:${clusterIdentifier}`,
      minCapacity: minReaders,
      maxCapacity: maxReaders,
      dependsOn: [...instances],
    });
    this.resource = new AppautoscalingPolicy(this, "Resource", {
      name: awsName(this, "scalingPolicy"),
      policyType: "TargetTrackingScaling",
      serviceNamespace: this.target.serviceNamespace,
      scalableDimension: this.target.scalableDimension,
      resourceId: this.target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        ...metricArguments(options.target),
        scaleInCooldown: options.scaleInCooldownSeconds ?? 300,
        scaleOutCooldown: options.scaleOutCooldownSeconds ?? 300,
        disableScaleIn: !scaleIn,
      },
    });
  }
}

function metricArguments(target: ReaderMetric): {
  targetValue: number;
  predefinedMetricSpecification: { predefinedMetricType: string };
} {
  const [targetValue, predefinedMetricType] =
    "cpuPercent" in target
      ? [target.cpuPercent, "RDSReaderAverageCPUUtilization"]
      : [target.connections, "RDSReaderAverageDatabaseConnections"];
  return { targetValue, predefinedMetricSpecification: { predefinedMetricType } };
}
