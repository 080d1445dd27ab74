import { countText } from '../../figure.js';
import type { PublishedTable } from './published-table.js';
import { roundedInterval } from '../count-interval.js';
import type { CountInterval } from '../count-interval.js';
import type { CellRef, TableShape } from './table-for-release.js';

/** A table of counts of people as outsiders see it, with the names of its directions. */
export interface KnownTable {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly table: PublishedTable;
}

/**
 * The same for two figures that count the same people, whatever the tables they stand in: "women in ward A", "ward A"
 * and the grand total, whose key is that of no condition at all.
 */
export function figureKey(
  shape: TableShape,
  dimensions: readonly string[],
  { row, column }: CellRef,
): string {
  const [first = '', second = first] = dimensions;
  const conditions: [string, string | undefined][] = [];
  if (shape.ways === 2 && row !== null) conditions.push([first, shape.rows[row]]);
  if (column !== null) conditions.push([second, shape.columns[column]]);
  return JSON.stringify(conditions.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What one figure of a published table says of the true count; all that is possible where it is suppressed. */
export function shownInterval({ cells, countRounding }: PublishedTable, arc: number): CountInterval {
  const value = cells[arc]?.value ?? null;
  return value === null ? { atLeast: 0, atMost: Infinity } : roundedInterval(value, countRounding);
}

export function intersection(a: CountInterval, b: CountInterval): CountInterval {
  return { atLeast: Math.max(a.atLeast, b.atLeast), atMost: Math.min(a.atMost, b.atMost) };
}

/** Whether anybody can tell that there is somebody, and fewer than the floor; or just how many there are. */
export function tellsTooMuch({ atLeast, atMost }: CountInterval, cellCountMin: number): boolean {
  return atLeast === atMost || (atLeast >= 1 && atMost < cellCountMin);
}

export function rangeText({ atLeast, atMost }: CountInterval): string {
  return atLeast === atMost ? countText(atLeast) : `${countText(atLeast)} to ${countText(atMost)}`;
}
