import type { AutoscalingGroupMixedInstancesPolicyLaunchTemplateOverrideInstanceRequirements as RequirementsBlock } from "@cdktf/provider-aws/lib/autoscaling-group";

/** Both ends included. */
export interface Range {
  /** @default no lower bound */
  readonly min?: number;
  /** @default no upper bound */
  readonly max?: number;
}

/** A range that must have a lower end. */
export interface RangeFrom extends Range {
  readonly min: number;
}

/** What is done with types of a kind: also taken, left out, or the only ones taken. */
export type Inclusion = "included" | "excluded" | "required";

/**
 * What an instance must have. Types that AWS adds later count too. Whatever is not here is set on `resource`.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRequirements.html
 */
export interface InstanceRequirements {
  readonly vcpus: RangeFrom;
  readonly memoryMib: RangeFrom;
  /** @default any ratio */
  readonly memoryGibPerVcpu?: Range;
  /**
   * Names or patterns of the only types to take: `"m7g.*"`. Not with `excludedInstanceTypes`.
   * @default all
   */
  readonly allowedInstanceTypes?: readonly string[];
  /**
   * Names or patterns of types to leave out.
   * @default none
   */
  readonly excludedInstanceTypes?: readonly string[];
  /** @default any: the image decides the architecture */
  readonly cpuManufacturers?: readonly ("intel" | "amd" | "amazon-web-services")[];
  /** @default current and previous */
  readonly instanceGenerations?: readonly ("current" | "previous")[];
  /**
   * Types with CPU credits.
   * @default "excluded"
   */
  readonly burstablePerformance?: Inclusion;
  /** @default "excluded" */
  readonly bareMetal?: Inclusion;
  /**
   * Types with disks of their own.
   * @default "included"
   */
  readonly localStorage?: Inclusion;
  /**
   * GPUs and other accelerators; a `max` of 0 leaves out the types that have any.
   * @default any number, also none
   */
  readonly acceleratorCount?: Range;
  /** @default any bandwidth */
  readonly networkBandwidthGbps?: Range;
  /**
   * How much more than the cheapest current type that fits an on-demand instance may cost, in percent.
   * @default 20
   */
  readonly onDemandMaxPricePercentOverLowest?: number;
  /**
   * How much more than the cheapest current type that fits a Spot instance may cost, in percent.
   * @default 100
   */
  readonly spotMaxPricePercentOverLowest?: number;
}

/** The requirements as the provider takes them. */
export function instanceRequirementsBlock(requirements: InstanceRequirements): RequirementsBlock {
  const {
    vcpus,
    memoryMib,
    allowedInstanceTypes,
    excludedInstanceTypes,
    cpuManufacturers,
    instanceGenerations,
    onDemandMaxPricePercentOverLowest,
    spotMaxPricePercentOverLowest,
    ...others
  } = requirements;
  return {
    ...others,
    vcpuCount: vcpus,
    memoryMib,
    allowedInstanceTypes: allowedInstanceTypes && [...allowedInstanceTypes],
    excludedInstanceTypes: excludedInstanceTypes && [...excludedInstanceTypes],
    cpuManufacturers: cpuManufacturers && [...cpuManufacturers],
    instanceGenerations: instanceGenerations && [...instanceGenerations],
    onDemandMaxPricePercentageOverLowestPrice: onDemandMaxPricePercentOverLowest,
    spotMaxPricePercentageOverLowestPrice: spotMaxPricePercentOverLowest,
  };
}
