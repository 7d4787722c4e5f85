import type { InstanceInstanceMarketOptions } from "@cdktf/provider-aws/lib/instance";

/** What AWS does with a spot instance when it wants the capacity back, two minutes after the notice. */
export type SpotInterruption = "terminate" | "stop" | "hibernate";

/** How a spot instance is asked for. */
export interface SpotOptions {
  /**
   * Most to pay for an hour, in US dollars, with up to six decimals. AWS advises against one: a low one is interrupted more often. Changing it
   * replaces the instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SpotMarketOptions.html
   * @default the on-demand price
   */
  readonly maxPricePerHour?: number;
  /**
   * What an interruption does. A stopped or hibernated instance starts again when there is capacity; AWS takes that for persistent requests
   * only, so it is asked for persistently. Changing it replaces the instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/interruption-behavior.html
   * @default "terminate"
   */
  readonly interruption?: SpotInterruption;
}

/** What is reserved for an instance, as it was bought. */
export interface ReservedOptions {
  /** Convertible ones can be exchanged for other types, and cost more. Scheduled ones are no longer sold. */
  readonly offeringClass: "standard" | "convertible";
  readonly termYears: 1 | 3;
  readonly payment: "all-upfront" | "partial-upfront" | "no-upfront";
}

/**
 * How an instance's hours are paid for. `reserved` buys nothing, because AWS has no API of Terraform for it: it writes down as a tag,
 * `ReservedInstance`, that a reserved instance is to be bought (in the console, or with `aws ec2 purchase-reserved-instances-offering`), so that
 * reports can hold what runs against what was bought. The instance itself is an on-demand one, as it is in AWS.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-reserved-instances.html
 */
export type Purchasing = "on-demand" | "spot" | { readonly spot: SpotOptions } | { readonly reserved: ReservedOptions };

/** The spot options, or undefined for an instance that nobody takes away. */
export function spotOptionsOf(purchasing: Purchasing | undefined): SpotOptions | undefined {
  if (purchasing === "spot") return {};
  return typeof purchasing === "object" && "spot" in purchasing ? purchasing.spot : undefined;
}

/** The block that asks for a spot instance; undefined for the others. */
export function marketOptions(purchasing: Purchasing | undefined): InstanceInstanceMarketOptions | undefined {
  const spot = spotOptionsOf(purchasing);
  if (!spot) return undefined;
  const { maxPricePerHour, interruption = "terminate" } = spot;
  return {
    marketType: "spot",
    spotOptions: {
      // Six decimals are what AWS answers with: any other spelling of the price would replace the instance in the next plan.
      maxPrice: maxPricePerHour?.toFixed(6),
      instanceInterruptionBehavior: interruption,
      spotInstanceType: interruption === "terminate" ? "one-time" : "persistent",
    },
  };
}

/** The tag of an instance that something is reserved for; none for others. */
export function reservationTags(purchasing: Purchasing | undefined): Record<string, string> | undefined {
  if (typeof purchasing !== "object" || !("reserved" in purchasing)) return undefined;
  const { offeringClass, termYears, payment } = purchasing.reserved;
  return { ReservedInstance: `${offeringClass} ${termYears}y ${payment}` };
}
