/** Minutes of a day, and of a week. */
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** AWS takes none that are shorter. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const SHORTEST_MINUTES = 30;

type Day = (typeof DAYS)[number];

/** Every day, in UTC, at least 30 minutes: `02:00-03:00`. */
export type BackupWindow = `${number}:${number}-${number}:${number}`;

/** Once a week, in UTC, at least 30 minutes: `sun:04:00-sun:05:00`. */
export type MaintenanceWindow = `${Day}:${number}:${number}-${Day}:${number}:${number}`;

/** A stretch of a week, in minutes from Monday 00:00; it may go beyond the end. */
interface Stretch {
  readonly from: number;
  readonly minutes: number;
}

/** What is wrong with the two windows, each by itself and together: AWS refuses those that overlap. */
export function windowProblems(backupWindow: string, maintenanceWindow: string): string[] {
  const backup = dailyStretch(backupWindow);
  const maintenance = weeklyStretch(maintenanceWindow);
  const problems: string[] = [];
  if (!backup) problems.push(`backupWindow must be "hh:mm-hh:mm" in UTC, got ${JSON.stringify(backupWindow)}`);
  if (!maintenance) {
    problems.push(`maintenanceWindow must be "ddd:hh:mm-ddd:hh:mm" in UTC, got ${JSON.stringify(maintenanceWindow)}`);
  }
  for (const [name, stretch] of [
    ["backupWindow", backup],
    ["maintenanceWindow", maintenance],
  ] as const) {
    if (stretch && stretch.minutes < SHORTEST_MINUTES)
      problems.push(`${name} must be ${SHORTEST_MINUTES} minutes or longer, got ${stretch.minutes}: let it end later`);
  }
  if (backup && maintenance && everyDay(backup).some((one) => overlap(one, maintenance))) {
    problems.push(
      `backupWindow ${backupWindow} and maintenanceWindow ${maintenanceWindow} must not overlap: move one of the two`,
    );
  }
  return problems;
}

function dailyStretch(window: string): Stretch | undefined {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(window) ?? [];
  const [start, end] = [minuteOfDay(from), minuteOfDay(to)];
  return start === undefined || end === undefined
    ? undefined
    : { from: start, minutes: (end - start + DAY) % DAY || DAY };
}

function weeklyStretch(window: string): Stretch | undefined {
  const [, fromDay, from, toDay, to] = /^([a-z]{3}):(\d\d:\d\d)-([a-z]{3}):(\d\d:\d\d)$/i.exec(window) ?? [];
  const [start, end] = [minuteOfWeek(fromDay, from), minuteOfWeek(toDay, to)];
  return start === undefined || end === undefined
    ? undefined
    : { from: start, minutes: (end - start + WEEK) % WEEK || WEEK };
}

function minuteOfDay(time = ""): number | undefined {
  const [hours = NaN, minutes = NaN] = time.split(":").map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

function minuteOfWeek(day = "", time = ""): number | undefined {
  const index = DAYS.indexOf(day.toLowerCase() as Day);
  const minute = minuteOfDay(time);
  return index < 0 || minute === undefined ? undefined : index * DAY + minute;
}

function everyDay({ from, minutes }: Stretch): Stretch[] {
  return DAYS.map((_, index) => ({ from: from + index * DAY, minutes }));
}

/** Whether two stretches of the week have a minute in common, Sunday night running into Monday. */
function overlap(one: Stretch, other: Stretch): boolean {
  return [-WEEK, 0, WEEK].some(
    (shift) => one.from + shift < other.from + other.minutes && other.from < one.from + shift + one.minutes,
  );
}
