import { Construct } from "constructs";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { awsName, contextOf, Problems, shown } from "../core";
import { Role } from "../iam";
import type { Instance } from "./instance";
import { whyNotStopped } from "./instance-problems";

export interface PowerScheduleProps {
  /** What is started and stopped, by a name of your own, which becomes part of addresses. */
  readonly instances: Readonly<Record<string, Instance>>;
  /**
   * When to start: `cron(0 7 ? * MON-FRI *)`, minutes, hours, day of month, month, day of week, year. Give `start`, `stop`, or both.
   * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   * @default never: somebody else starts them
   */
  readonly start?: string;
  /**
   * When to stop: `cron(0 20 ? * MON-FRI *)`.
   * @default never: somebody else stops them
   */
  readonly stop?: string;
  /**
   * Time zone of the two, as IANA names it: `Europe/Madrid`. Summer time is kept.
   * @default "UTC"
   */
  readonly timeZone?: string;
  /**
   * Whether the schedules are in force. Changed in place.
   * @default true
   */
  readonly enabled?: boolean;
}

const ACTIONS = ["start", "stop"] as const;
type Action = (typeof ACTIONS)[number];

/**
 * Starts and stops instances at fixed times, so that what nobody uses at night is not paid for at night: EventBridge Scheduler calls EC2. A
 * stopped instance costs its volumes and its Elastic IP only. Each instance has schedules of its own: adding one touches no other.
 *
 * Replaced by: nothing that can be said here. Costs: next to nothing; 14 million calls a month are free.
 * https://aws.amazon.com/eventbridge/pricing/
 *
 * @example
 * new PowerSchedule(this, "office_hours", {
 *   instances: { build },
 *   start: "cron(0 7 ? * MON-FRI *)",
 *   stop: "cron(0 20 ? * MON-FRI *)",
 *   timeZone: "Europe/Madrid",
 * });
 */
export class PowerSchedule extends Construct {
  /** What the scheduler acts under: it may start and stop these instances, and nothing else. */
  readonly role: Role;
  /** By instance and action: `build_start`. */
  readonly schedules: Readonly<Record<string, SchedulerSchedule>>;

  private readonly props: PowerScheduleProps;

  /** @throws InvalidConstructError with everything that is wrong with `props` */
  constructor(scope: Construct, id: string, props: PowerScheduleProps) {
    super(scope, id);
    checkPowerScheduleProps(this, props);
    this.props = props;
    this.role = new Role(this, "role", { service: "scheduler.amazonaws.com" });
    this.grantPower();
    this.schedules = this.createSchedules();
  }

  private grantPower(): void {
    for (const [name, { arn, props }] of Object.entries(this.props.instances)) {
      this.role.grant(name, { actions: ["ec2:StartInstances", "ec2:StopInstances"], resources: [arn] });
      // A volume with a key of one's own is decrypted with a grant that whoever starts the instance makes.
      const keys = [props.rootVolume, ...Object.values(props.dataVolumes ?? {})].flatMap(
        (volume) => volume?.kmsKeyArn ?? [],
      );
      if (keys.length > 0)
        this.role.grant(`${name}_keys`, { actions: ["kms:CreateGrant"], resources: [...new Set(keys)] });
    }
  }

  private createSchedules(): Record<string, SchedulerSchedule> {
    const schedules = Object.entries(this.props.instances).flatMap(([name, instance]) =>
      ACTIONS.flatMap((action): [string, SchedulerSchedule][] => {
        const expression = this.props[action];
        const id = `${name}_${action}`;
        return expression === undefined ? [] : [[id, this.createSchedule(id, instance, action, expression)]];
      }),
    );
    return Object.fromEntries(schedules);
  }

  private createSchedule(id: string, instance: Instance, action: Action, expression: string): SchedulerSchedule {
    return new SchedulerSchedule(this, id, {
      name: awsName(this, "schedule", id),
      scheduleExpression: expression,
      scheduleExpressionTimezone: this.props.timeZone ?? "UTC",
      state: (this.props.enabled ?? true) ? "ENABLED" : "DISABLED",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: `arn:${contextOf(this).partition}:scheduler:::aws-sdk:ec2:${action}Instances`,
        roleArn: this.role.arn,
        input: `{"InstanceIds":["${instance.id}"]}`,
      },
    });
  }
}

function checkPowerScheduleProps(construct: Construct, { instances, start, stop }: PowerScheduleProps): void {
  const problems = new Problems(construct, "PowerSchedule");
  problems.require(
    start !== undefined || stop !== undefined,
    "give start, stop, or both as schedule expressions, got none",
  );
  problems.require(Object.keys(instances).length > 0, "instances must name one or more, got none");
  for (const [name, { props }] of Object.entries(instances)) {
    problems.require(
      props.state === undefined,
      `instances.${name} has state ${shown(props.state)}, which each apply would restore: drop it there`,
    );
    if (stop !== undefined) for (const problem of whyNotStopped(props)) problems.add(`instances.${name}: ${problem}`);
  }
  problems.throwIfAny();
}
