/** Which days count as working days, all days being those of UTC. */
export interface WorkingCalendar {
  /** ISO 8601: 1 is Monday, 7 is Sunday. At least one. */
  readonly weekdays: readonly number[];
  /** Days off, as YYYY-MM-DD. */
  readonly holidays: readonly string[];
}

export const msPerWorkingDay = 86_400_000;

/** Milliseconds of working days from one moment to a later one; 0 when it is not later. */
export function workingMsBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  let total = 0;
  for (let start = from.getTime(); start < to.getTime(); start = endOfDay(start)) {
    if (isWorkingDay(calendar, start)) total += Math.min(endOfDay(start), to.getTime()) - start;
  }
  return total;
}

/**
 * The first moment at which `ms` (0 or more) of working days have passed since `from`.
 *
 * @throws {Error} when the calendar has no working day within a year: it would be looked for in vain
 */
export function afterWorkingMs(calendar: WorkingCalendar, from: Date, ms: number): Date {
  let left = ms;
  let idleDays = 0;
  for (let start = from.getTime(); ; start = endOfDay(start)) {
    idleDays = isWorkingDay(calendar, start) ? 0 : idleDays + 1;
    if (idleDays > idleDaysMax) throw new Error('The calendar has no working day within a year.');
    if (idleDays > 0) continue;
    const length = endOfDay(start) - start;
    if (left <= length) return new Date(start + left);
    left -= length;
  }
}

const idleDaysMax = 366;

const endOfDay = (ms: number): number => (Math.floor(ms / msPerWorkingDay) + 1) * msPerWorkingDay;

function isWorkingDay({ weekdays, holidays }: WorkingCalendar, ms: number): boolean {
  const day = new Date(ms);
  const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
  return weekdays.includes(weekday) && !holidays.includes(day.toISOString().slice(0, 10));
}
