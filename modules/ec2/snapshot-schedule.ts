import type {
  DlmLifecyclePolicyPolicyDetailsSchedule,
  DlmLifecyclePolicyPolicyDetailsScheduleCrossRegionCopyRule,
} from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import type { ZoneLetter } from "../vpc";

/** How long something is kept: the newest so many, or until it is so old. */
export type Retention =
  | { readonly count: number }
  | { readonly days: number }
  | { readonly weeks: number }
  | { readonly months: number }
  | { readonly years: number };

/** Copies of the snapshots in another region, encrypted there. */
export interface SnapshotCopyRule {
  /** How many days a copy is kept, at least 1. */
  readonly days: number;
  /**
   * ARN of a KMS key in that region.
   * @default the account's default key for EBS there
   */
  readonly kmsKeyArn?: string;
}

/** When snapshots are taken. */
type Recurrence =
  | {
      /** Hours between two snapshots. */
      readonly everyHours: 1 | 2 | 3 | 4 | 6 | 8 | 12 | 24;
      /** Within the hour after this time of day, UTC: `03:00`. */
      readonly startTime: string;
    }
  | {
      /**
       * Once an hour to once a year: `cron(0 4 1 * ? *)` is on the first of each month at 04:00 UTC.
       * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
       */
      readonly cron: string;
    };

/** How often snapshots are taken, and what becomes of them. */
export type SnapshotSchedule = Recurrence & {
  /** `{ count: 14 }` is at most 1,000, of each volume; an age is at most 100 years. */
  readonly keep: Retention;
  /**
   * Copies, by region; at most three.
   * @default none
   */
  readonly copyTo?: Readonly<Record<string, SnapshotCopyRule>>;
  /**
   * Zones in which a volume made from one of the newest snapshots is fast from the start, and of how many. Costs by the snapshot, zone and hour: much.
   * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-fast-snapshot-restore.html
   * @default none
   */
  readonly fastRestore?: { readonly availabilityZones: readonly ZoneLetter[]; readonly count: number };
  /**
   * Give the snapshots the tags of their volume.
   * @default true
   */
  readonly copyTags?: boolean;
};

/** A schedule as the provider wants it. */
export function schedule(
  name: string,
  options: SnapshotSchedule,
  region: string,
): DlmLifecyclePolicyPolicyDetailsSchedule {
  const { keep, copyTo = {}, fastRestore, copyTags = true } = options;
  return {
    name,
    createRule:
      "cron" in options
        ? { cronExpression: options.cron }
        : { interval: options.everyHours, intervalUnit: "HOURS", times: [options.startTime] },
    retainRule: retainRule(keep),
    copyTags,
    ...(Object.keys(copyTo).length > 0 ? { crossRegionCopyRule: copyRules(copyTo, copyTags) } : {}),
    fastRestoreRule: fastRestore && {
      availabilityZones: fastRestore.availabilityZones.map((zone) => `${region}${zone}`),
      count: fastRestore.count,
    },
  };
}

function copyRules(
  copyTo: Readonly<Record<string, SnapshotCopyRule>>,
  copyTags: boolean,
): DlmLifecyclePolicyPolicyDetailsScheduleCrossRegionCopyRule[] {
  return Object.entries(copyTo).map(([target, { days, kmsKeyArn }]) => ({
    target,
    encrypted: true,
    cmkArn: kmsKeyArn,
    copyTags,
    retainRule: { interval: days, intervalUnit: "DAYS" },
  }));
}

function retainRule(keep: Retention): { count?: number; interval?: number; intervalUnit?: string } {
  if ("count" in keep) return { count: keep.count };
  const [[unit, interval] = ["days", 1]] = Object.entries(keep) as [string, number][];
  return { interval, intervalUnit: unit.toUpperCase() };
}
