import { isTimeZone } from "../autoscaling/schedules";
import { fault, rule } from "../rule";

const SCHEDULE_TYPES = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html";

const EXPRESSION =
  /^(at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\)|rate\([1-9]\d* (minute|hour|day)s?\)|cron\((?<fields>\S+( +\S+){5})\))$/;

export const schedulerRules = [
  rule({
    id: "scheduler-expression",
    types: ["aws_scheduler_schedule"],
    title: "A schedule is at(...), rate(...) or cron(...) with six fields, one of the two days a question mark",
    why: "AWS refuses it at apply.",
    fix: "Write at(2027-01-31T07:00:00), rate(5 minutes) or cron(0 7 ? * MON-FRI *): minutes, hours, day, month, weekday, year.",
    source: SCHEDULE_TYPES,
    severity: "error",
    check: ({ body }) => {
      const name = "schedule_expression";
      const expression = body.string(name);
      if (expression === undefined) return undefined;
      const match = EXPRESSION.exec(expression);
      if (!match) return fault(body, name, "it is at(...), rate(...) or cron(...) with six fields");
      const fields = match.groups?.["fields"]?.split(/ +/);
      if (!fields || fields[2] === "?" || fields[4] === "?") return undefined;
      return fault(body, name, "a day of the month and a day of the week exclude each other: one of them is ?");
    },
  }),

  rule({
    id: "scheduler-time-zone",
    types: ["aws_scheduler_schedule"],
    title: "The time zone of a schedule is one of the IANA database",
    why: "AWS refuses it at apply.",
    fix: 'Name it as the database does: "Europe/Madrid", "UTC".',
    source: SCHEDULE_TYPES,
    severity: "error",
    check: ({ body }) => {
      const zone = body.string("schedule_expression_timezone");
      if (zone === undefined || zone === "" || isTimeZone(zone)) return undefined;
      return fault(body, "schedule_expression_timezone", "a time zone is a name of the IANA database");
    },
  }),
] as const;
