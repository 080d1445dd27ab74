const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Durations in GMF, in two forms. The first is for exact quantities and ranges, and lets parts of a unit count; the second
 * for delays with a `distribution` and for `within`, where a year is 365 days and only whole units count.
 */
const units = {
  years: { ofNumber: (value: number) => Math.floor(365.25 * value) * day, ofWhole: 365 * day },
  months: { ofNumber: (value: number) => Math.floor(30 * value) * day, ofWhole: 30 * day },
  weeks: { ofNumber: (value: number) => Math.floor(7 * value) * day, ofWhole: 7 * day },
  days: { ofNumber: (value: number) => Math.floor(24 * value) * hour, ofWhole: day },
  hours: { ofNumber: (value: number) => Math.floor(60 * value) * minute, ofWhole: hour },
  minutes: { ofNumber: (value: number) => Math.floor(60 * value) * second, ofWhole: minute },
  seconds: { ofNumber: (value: number) => Math.floor(value) * second, ofWhole: second },
} as const;

export type TimeUnit = keyof typeof units;

export const timeUnits = Object.keys(units) as [TimeUnit, ...TimeUnit[]];

/** Milliseconds of a number of units, parts of a unit cut at the next smaller one (years at days). */
export function millisecondsOf(unit: TimeUnit, value: number): number {
  return units[unit].ofNumber(value);
}

/** Milliseconds of the whole units in a number. */
export function millisecondsOfWhole(unit: TimeUnit, value: number): number {
  return Math.trunc(value) * units[unit].ofWhole;
}
