import { Construct } from "constructs";
import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import { awsName } from "../core";

/** When the sizes of a group change, and to what: at least one of the three sizes, and a recurrence or a time to start. */
export interface ScheduleOptions {
  /**
   * Unix cron expression: `"0 8 * * MON-FRI"`.
   * @default once, at `startTime`
   */
  readonly recurrence?: string;
  /**
   * IANA time zone of the recurrence: `Europe/Madrid`. Summer time is followed.
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
  /**
   * First time, in UTC: `2030-11-29T00:00:00Z`. It must lie ahead.
   * @default the next that the recurrence gives
   */
  readonly startTime?: string;
  /**
   * Last time of a recurrence, in UTC. It must lie ahead.
   * @default none: it goes on
   */
  readonly endTime?: string;
  /** @default as it is */
  readonly minSize?: number;
  /** @default as it is */
  readonly maxSize?: number;
  /** @default as it is, within the new bounds */
  readonly desiredSize?: number;
}

/** A schedule, and whose sizes it changes. */
export interface ScheduledActionProps extends ScheduleOptions {
  /** Name of the group. Changing it replaces the action. */
  readonly groupName: string;
}

/** What the provider takes for "as it is": it would make 0 of nothing. */
const UNCHANGED = -1;

/**
 * A change of a group's sizes at a time that is known before: nights, sales, the last day of a month. Made by `AutoScalingGroup`.
 *
 * Replaced by: nothing but another group. Costs: nothing.
 */
export class ScheduledAction extends Construct {
  readonly arn: string;
  readonly resource: AutoscalingSchedule;

  constructor(scope: Construct, id: string, props: ScheduledActionProps) {
    super(scope, id);
    this.resource = new AutoscalingSchedule(this, "Resource", {
      scheduledActionName: awsName(this, "scheduledAction"),
      autoscalingGroupName: props.groupName,
      recurrence: props.recurrence,
      timeZone: props.timeZone,
      startTime: props.startTime,
      endTime: props.endTime,
      minSize: props.minSize ?? UNCHANGED,
      maxSize: props.maxSize ?? UNCHANGED,
      desiredCapacity: props.desiredSize ?? UNCHANGED,
    });
    this.arn = this.resource.arn;
  }
}
