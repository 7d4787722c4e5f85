import type { AutoscalingGroupMixedInstancesPolicy } from "@cdktf/provider-aws/lib/autoscaling-group";
import { instanceRequirementsBlock, type InstanceRequirements } from "./instance-requirements";

/** How much of a group is Spot capacity. https://docs.aws.amazon.com/autoscaling/ec2/userguide/mixed-instances-groups-set-up-overview.html */
export interface SpotOptions {
  /**
   * How many instances are on-demand before the percentage counts.
   * @default 0
   */
  readonly onDemandBase?: number;
  /**
   * How much of what is above the base is on-demand, in percent.
   * @default 0: all of it is Spot
   */
  readonly onDemandAboveBasePercent?: number;
  /**
   * Which Spot pools are taken: those with the most capacity left and the best price of these, or by one of the two alone.
   * @default "price-capacity-optimized"
   */
  readonly strategy?:
    "price-capacity-optimized" | "capacity-optimized" | "capacity-optimized-prioritized" | "lowest-price";
  /**
   * Over how many pools of a zone the instances are spread; for `lowest-price` only.
   * @default 2 for `lowest-price`
   */
  readonly pools?: number;
  /**
   * Most that is paid for an instance and hour, in US dollars: `"0.05"`.
   * @default the on-demand price
   */
  readonly maxPriceUsd?: string;
}

/** One of the types that a group may start. */
export interface InstanceTypeOptions {
  /**
   * How many units of the group's size an instance of the type counts for, 1 to 999. Either all types have one, or none.
   * @default 1
   */
  readonly weight?: number;
}

/** Which types a group starts, and how they are bought. */
export interface MixedInstancesOptions {
  /**
   * Types that the group may start, instead of the template's, in the order in which on-demand capacity prefers them.
   * @default the template's type alone
   */
  readonly instanceTypes?: Readonly<Record<string, InstanceTypeOptions>>;
  /**
   * What an instance must have, instead of its type: AWS picks from all types that do.
   * @default none
   */
  readonly instanceRequirements?: InstanceRequirements;
  /**
   * Spot capacity, which AWS may take back with two minutes' notice.
   * @default none: all on-demand
   */
  readonly spot?: SpotOptions;
}

/** The group's mixed instances policy; undefined where one type is bought on demand. */
export function mixedInstancesPolicy(
  options: MixedInstancesOptions,
  template: { readonly id: string; readonly version: string },
): AutoscalingGroupMixedInstancesPolicy | undefined {
  const { instanceTypes, instanceRequirements, spot } = options;
  if (!instanceTypes && !instanceRequirements && !spot) return undefined;
  const overrides = Object.entries(instanceTypes ?? {}).map(([instanceType, { weight }]) => ({
    instanceType,
    weightedCapacity: weight === undefined ? undefined : `${weight}`,
  }));
  const requirements = instanceRequirements
    ? [{ instanceRequirements: instanceRequirementsBlock(instanceRequirements) }]
    : [];
  const override = [...overrides, ...requirements];
  return {
    instancesDistribution: distribution(options),
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: template.version },
      ...(override.length > 0 ? { override } : {}),
    },
  };
}

function distribution({
  spot,
  instanceRequirements,
}: MixedInstancesOptions): AutoscalingGroupMixedInstancesPolicy["instancesDistribution"] {
  return {
    // An order of preference is something that requirements do not have.
    onDemandAllocationStrategy: instanceRequirements ? "lowest-price" : "prioritized",
    onDemandBaseCapacity: spot?.onDemandBase ?? 0,
    onDemandPercentageAboveBaseCapacity: spot ? (spot.onDemandAboveBasePercent ?? 0) : 100,
    ...(spot
      ? {
          spotAllocationStrategy: spot.strategy ?? "price-capacity-optimized",
          spotInstancePools: spot.pools,
          spotMaxPrice: spot.maxPriceUsd,
        }
      : {}),
  };
}
