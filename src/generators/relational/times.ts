import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import type { TimeReading } from './dataset.js';
import { msPerDay } from '../../core/time/units.js';

export type TimeUnit = 'date' | 'datetime' | 'number';

const daysPerYear = 365.25;

/** A time in another unit: a date is the beginning of its day. Numbers are in days of the subject's own. */
export function inUnit(time: number, from: TimeUnit, to: TimeUnit): number {
  if (from === to || from === 'number' || to === 'number') return time;
  return to === 'datetime' ? time * msPerDay : Math.floor(time / msPerDay);
}

/** The numbers of a column; NaN where a cell is missing or no number. */
export function numbersOf(column: Column): Float64Array {
  if (column.kind === 'category' || column.kind === 'text')
    return new Float64Array(column.kind === 'text' ? column.values.length : column.codes.length).fill(NaN);
  const { values, missing } = column;
  return Float64Array.from(values, (value, row) => (isMissing(missing, row) ? NaN : value));
}

/** The unit of a column of times. */
export function unitOf({ kind }: Column): TimeUnit {
  return kind === 'date' || kind === 'datetime' ? kind : 'number';
}

/**
 * The end of a window that a cell stands for, in the unit of the column it bounds.
 * @param end which of the two: the last moment of a day or year belongs to it
 */
export function boundOf(
  cell: number,
  { reads, from, to, end }: { reads: TimeReading; from: TimeUnit; to: TimeUnit; end: 'low' | 'high' },
): number {
  if (Number.isNaN(cell)) return NaN;
  if (reads === 'age') return end === 'low' ? -daysPerYear * (cell + 1) : -daysPerYear * cell;
  if (reads === 'year') {
    const day = (year: number): number => Date.UTC(year, 0, 1) / msPerDay;
    return end === 'low' ? momentOf(day(cell), to, 0) : momentOf(day(cell + 1) - 1, to, 1);
  }
  if (from === 'date' && to === 'datetime') return momentOf(cell, to, end === 'low' ? 0 : 1);
  return inUnit(cell, from, to);
}

/** The first (0) or last (1) moment of a day. */
function momentOf(day: number, to: TimeUnit, part: 0 | 1): number {
  return to === 'datetime' ? (day + part) * msPerDay - part : day;
}

/**
 * A time inside its window: beyond an end it is folded back by as much as it stood out, so that nothing heaps up there.
 * NaN is no bound. Where the ends cross, the low one.
 */
export function intoWindow(time: number, low: number, high: number): number {
  const isBelow = time < low;
  const isAbove = time > high;
  if (!isBelow && !isAbove) return time;
  if (Number.isNaN(low) || Number.isNaN(high)) return isBelow ? low : high;
  const span = Math.max(0, high - low);
  if (span === 0) return low;
  const beyond = (isBelow ? low - time : time - high) % span;
  return isBelow ? low + beyond : high - beyond;
}
