import type { Block } from "../values/block";
import { certain, known } from "../values/certain";
import { fault, rule } from "../rule";

const PUT_ACTION = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html";

const TYPES = ["aws_autoscaling_schedule"];
const SIZES = ["min_size", "desired_capacity", "max_size"] as const;

interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words for the numbers from `min` on. */
  readonly words?: string;
}

const FIELDS: readonly CronField[] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31 },
  { name: "month", min: 1, max: 12, words: "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC" },
  { name: "day of the week", min: 0, max: 7, words: "SUN|MON|TUE|WED|THU|FRI|SAT" },
];

export const autoscalingScheduleRules = [
  rule({
    id: "autoscaling-schedule-recurrence",
    types: TYPES,
    title: "A recurrence has five fields of cron: minute, hour, day of the month, month, day of the week",
    why: "AWS refuses it at apply.",
    fix: 'Write it as for crontab: "0 8 * * MON-FRI". There are no seconds, no years, no @daily and no question mark.',
    source: PUT_ACTION,
    severity: "error",
    check: ({ body }) => {
      const recurrence = body.string("recurrence");
      const problem = recurrence === undefined || recurrence === "" ? undefined : cronProblem(recurrence);
      return problem === undefined ? undefined : fault(body, "recurrence", problem);
    },
  }),

  rule({
    id: "autoscaling-schedule-time-zone",
    types: TYPES,
    title: "The time zone of a schedule is a name of the IANA database",
    why: "AWS refuses it at apply.",
    fix: 'Write it as the database has it: "Europe/Madrid", "Etc/UTC".',
    source: PUT_ACTION,
    severity: "error",
    check: ({ body }) => {
      const zone = body.string("time_zone");
      if (zone === undefined || zone === "" || isTimeZone(zone)) return undefined;
      return fault(body, "time_zone", "a time zone is a name of the IANA database");
    },
  }),

  rule({
    id: "autoscaling-schedule-times",
    types: TYPES,
    title: "A schedule ends after it starts",
    why: "AWS refuses it at apply.",
    fix: "Move end_time behind start_time.",
    source: PUT_ACTION,
    severity: "error",
    check: ({ body }) => {
      const [start, end] = [body.string("start_time"), body.string("end_time")];
      if (!start || !end) return undefined;
      const [from, to] = [Date.parse(start), Date.parse(end)];
      // Of what is no time, the provider says so.
      if (Number.isNaN(from) || Number.isNaN(to) || from < to) return undefined;
      return fault(body, "end_time", `it ends after it starts, ${start}`);
    },
  }),

  rule({
    id: "autoscaling-schedule-sizes",
    types: TYPES,
    title: "A scheduled action changes the minimum, the maximum or the desired capacity",
    why: "AWS refuses an action that changes nothing. The provider takes a size that is left out for 0, and -1 for none.",
    fix: "Set min_size, max_size or desired_capacity, and -1 for those that stay as they are.",
    source: PUT_ACTION,
    severity: "error",
    check: ({ body }) => {
      const changes = (name: string): boolean => (body.number(name) ?? -1) !== -1;
      if (certain(SIZES, changes)) return undefined;
      return fault(body, "desired_capacity", "a scheduled action changes at least one of the three sizes");
    },
  }),

  rule({
    id: "autoscaling-schedule-order",
    types: TYPES,
    title: "Of a scheduled action, the minimum, the desired capacity and the maximum are in order",
    why: "AWS refuses it at apply.",
    fix: "Make min_size at most desired_capacity, and that at most max_size.",
    source: PUT_ACTION,
    severity: "error",
    check: ({ body }) => {
      const sizes = SIZES.map((name) => ({ name, size: known(() => size(body, name)) }));
      let last: { name: string; size: number } | undefined;
      for (const { name, size } of sizes) {
        if (size === undefined) continue;
        if (last && last.size > size) return fault(body, last.name, `${last.name} is at most ${name}, ${size}`);
        last = { name, size };
      }
      // What is unknown among what is set leaves it open.
      for (const name of SIZES) size(body, name);
      return undefined;
    },
  }),
] as const;

/** Undefined for what is to stay as it is. @throws UnknownValueError */
function size(body: Block, name: string): number | undefined {
  const value = body.number(name);
  return value === -1 ? undefined : value;
}

function cronProblem(recurrence: string): string | undefined {
  const fields = recurrence.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return `a recurrence has five fields, this has ${fields.length}`;
  const wrong = FIELDS.find((field, index) => !fitsCron(fields[index] ?? "", field));
  return wrong && `its ${wrong.name} is ${wrong.min} to ${wrong.max}, *, a list, a range or a step`;
}

function fitsCron(text: string, { min, max, words = "" }: CronField): boolean {
  const names = words.split("|");
  const numberOf = (part: string): number | undefined => {
    const word = part === "" ? -1 : names.indexOf(part.toUpperCase());
    const number = word >= 0 ? word + min : /^\d+$/.test(part) ? Number(part) : undefined;
    return number !== undefined && number >= min && number <= max ? number : undefined;
  };
  return text.split(",").every((item) => {
    const [range = "", step, ...more] = item.split("/");
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === "*") return true;
    const bounds = range.split("-");
    const [from, to] = bounds.map(numberOf);
    if (bounds.length > 2 || from === undefined) return false;
    if (bounds.length === 1) return true;
    // FRI-SUN goes on to the 7.
    const end = to === 0 && bounds[1]?.toUpperCase() === "SUN" ? 7 : to;
    return end !== undefined && from <= end;
  });
}

export function isTimeZone(zone: string): boolean {
  // JavaScript does not mind the case, and takes offsets.
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
