import type { Ages } from '../person/ages.js';

const day = 86_400_000;
const year = 365 * day;

const byMonths = [
  { upTo: 1, interval: 30 * day },
  { upTo: 5, interval: 60 * day },
  { upTo: 17, interval: 90 * day },
];
const byYears = [
  { upTo: 3, interval: 180 * day },
  { upTo: 19, interval: year },
  { upTo: 39, interval: 3 * year },
  { upTo: 49, interval: 2 * year },
];

/** How long after a check-up the next one is due, in milliseconds: by age, and yearly at most for who takes chronic medication. */
export function wellnessInterval(ages: Ages, time: number, hasChronicMedication: boolean): number {
  const interval = intervalByAge(ages, time);
  return hasChronicMedication ? Math.min(interval, year) : interval;
}

function intervalByAge(ages: Ages, time: number): number {
  const years = ages.years(time);
  if (years < 2) {
    const months = ages.months(time);
    const infant = byMonths.find(({ upTo }) => months <= upTo);
    if (infant !== undefined) return infant.interval;
  }
  return byYears.find(({ upTo }) => years <= upTo)?.interval ?? year;
}
