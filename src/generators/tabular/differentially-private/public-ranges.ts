import { pointsMax } from '../domain/public-domain.js';
import type { DomainFacts } from '../domain/public-domain.js';
import { msPerDay } from '../../../core/time/units.js';

interface Range {
  readonly low: number;
  readonly high: number;
}

const daysPerYear = 365.25;
const years = { date: [1880, 2100], datetime: [1945, 2075] } as const;
/** Below 2^-20 a number counts as 0 when its bounds are looked for. */
const exponentMin = -20;

/**
 * Ranges that are the same for every table, ascending: powers of two and their negatives with 0 in the middle, or single
 * years. A value lies in the last one whose `low` it has reached; the first and the last one take what lies beyond.
 */
export function publicRanges({ type, decimals }: DomainFacts): readonly Range[] {
  if (type === 'date') return yearRanges(years.date, 1);
  if (type === 'datetime') return yearRanges(years.datetime, msPerDay);
  const digits = type === 'number' ? (decimals ?? 0) : 0;
  const smallest = type === 'number' ? exponentMin : 0;
  const largest = Math.floor(Math.log2(pointsMax / 10 ** digits)) - 2;
  const powers = Array.from(
    { length: Math.max(1, largest - smallest) },
    (_, place) => 2 ** (smallest + place),
  );
  const positive = powers.map((low) => ({ low, high: 2 * low }));
  const first = 2 ** smallest;
  const negative = powers.map((low) => ({ low: -2 * low, high: -low })).reverse();
  return [...negative, { low: type === 'number' ? -first / 2 : 0, high: 0 }, ...positive];
}

function yearRanges([first, last]: readonly [number, number], unit: number): Range[] {
  return Array.from({ length: last - first }, (_, place) => {
    const startOf = (year: number): number => Math.round((year - 1970) * daysPerYear) * unit;
    return { low: startOf(first + place), high: startOf(first + place + 1) };
  });
}
