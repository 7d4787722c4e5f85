import type { Block } from "../values/block";
import { CLUSTER, INSTANCE, MEMBER } from "./engines";
import type { Resource } from "../resource";
import { each, fault, rule } from "../rule";

const BACKUPS =
  "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html";
const CREATE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html";

const TYPES = [INSTANCE, CLUSTER, MEMBER];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const SHORTEST = 30;

/** A time of the week, or of every day, in minutes since it began. */
interface Window {
  readonly start: number;
  readonly length: number;
}

export const rdsWindowRules = [
  rule({
    id: "rds-window-length",
    types: TYPES,
    title: `The windows of backups and of maintenance are ${SHORTEST} minutes long or longer`,
    why: "AWS refuses shorter ones at apply.",
    fix: `Let it end ${SHORTEST} minutes after its begin or later.`,
    source: BACKUPS,
    severity: "error",
    check: ({ type, body }) =>
      each(Object.values(namesOf(type)), (name) => {
        const window = windowOf(body, name);
        if (!window || window.length >= SHORTEST) return undefined;
        return fault(body, name, `a window is ${SHORTEST} minutes long or longer, this is ${window.length}`);
      }),
  }),

  rule({
    id: "rds-windows-overlap",
    types: TYPES,
    title: "The window of backups and the window of maintenance do not overlap",
    why: "AWS refuses it at apply.",
    fix: "Move one of the two: both are in UTC.",
    source: CREATE,
    severity: "error",
    check: ({ type, body }) => {
      const { backup, maintenance } = namesOf(type);
      if (!body.has(backup) || !body.has(maintenance)) return undefined;
      const [daily, weekly] = [windowOf(body, backup), windowOf(body, maintenance)];
      if (!daily || !weekly) return undefined;
      if (!DAYS.some((_day, index) => overlap({ ...daily, start: daily.start + index * DAY }, weekly)))
        return undefined;
      return fault(body, maintenance, `it overlaps ${backup}, ${String(body.raw(backup))}`);
    },
  }),
] as const;

function namesOf(type: Resource["type"]): { readonly backup: string; readonly maintenance: string } {
  return type === INSTANCE
    ? { backup: "backup_window", maintenance: "maintenance_window" }
    : { backup: "preferred_backup_window", maintenance: "preferred_maintenance_window" };
}

/** `03:00-04:00` or `sun:04:00-sun:05:00`. Undefined for what the provider refuses. @throws UnknownValueError */
function windowOf(body: Block, name: string): Window | undefined {
  const written = body.string(name)?.toLowerCase() ?? "";
  const match = /^(?:([a-z]{3}):)?(\d\d):(\d\d)-(?:([a-z]{3}):)?(\d\d):(\d\d)$/.exec(written);
  if (!match) return undefined;
  const [, firstDay, hour, minute, lastDay, endHour, endMinute] = match;
  const [from, to] = [DAYS.indexOf(firstDay ?? "mon"), DAYS.indexOf(lastDay ?? "mon")];
  if (from < 0 || to < 0 || (firstDay === undefined) !== (lastDay === undefined)) return undefined;
  const start = from * DAY + Number(hour) * 60 + Number(minute);
  const end = to * DAY + Number(endHour) * 60 + Number(endMinute);
  const cycle = firstDay === undefined ? DAY : WEEK;
  return { start, length: (end - start + cycle) % cycle };
}

/** Whether two windows of a week share a minute; a week begins anew after Sunday. */
function overlap(one: Window, other: Window): boolean {
  return [-WEEK, 0, WEEK].some(
    (shift) => one.start + shift < other.start + other.length && other.start < one.start + shift + one.length,
  );
}
