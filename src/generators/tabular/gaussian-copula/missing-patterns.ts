import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { PreparedColumn } from '../guards/prepared-column.js';

/** Which columns are missing together, and in which rows. */
export interface MissingPatterns {
  /** For each pattern, the places of its columns; the first pattern is that of no column. */
  readonly members: readonly (readonly number[])[];
  /** Pattern of each row. */
  readonly ofRow: Int32Array;
  /** For each column, its share of missing cells in rows whose pattern does not have it. */
  readonly extraShares: Float64Array;
}

/**
 * Patterns that at least `floor` rows have are kept as they are, so that what is missing together stays so. A row of
 * a rarer pattern is counted to the largest kept one within it, and what it misses besides is drawn by share.
 */
export function missingPatterns(
  columns: readonly PreparedColumn[],
  rowCount: number,
  floor: number,
): MissingPatterns {
  const keys = keysOfRows(columns, rowCount);
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const kept = [...counts]
    .filter(([key, count]) => key !== '' && count >= floor)
    .map(([key]) => key.split(' ').map(Number))
    .sort((left, right) => right.length - left.length || compare(left, right));
  const members: readonly (readonly number[])[] = [[], ...kept];
  const patternOf = new Map([...counts.keys()].map((key) => [key, largestWithin(members, key)]));
  const ofRow = Int32Array.from(keys, (key) => patternOf.get(key) ?? 0);
  return { members, ofRow, extraShares: extraShares(columns, members, ofRow) };
}

/** The places of the columns that a row misses, ascending; empty when it misses none. */
function keysOfRows(columns: readonly PreparedColumn[], rowCount: number): string[] {
  const partly = columns.flatMap(({ missing, present }, place) =>
    present.length > 0 && present.length < rowCount ? [{ missing, place }] : [],
  );
  return Array.from({ length: rowCount }, (_, row) =>
    partly
      .filter(({ missing }) => isMissing(missing, row))
      .map(({ place }) => place)
      .join(' '),
  );
}

function largestWithin(members: readonly (readonly number[])[], key: string): number {
  const missing = new Set(key === '' ? [] : key.split(' ').map(Number));
  // They stand in falling order of their sizes, behind the empty one.
  const found = members.findIndex(
    (pattern, index) => index > 0 && pattern.every((place) => missing.has(place)),
  );
  return Math.max(0, found);
}

function extraShares(
  columns: readonly PreparedColumn[],
  members: readonly (readonly number[])[],
  ofRow: Int32Array,
): Float64Array {
  const rowsOf = new Int32Array(members.length);
  for (const pattern of ofRow) rowsOf[pattern] = (rowsOf[pattern] ?? 0) + 1;
  return Float64Array.from(columns, ({ present }, place) => {
    const withIt = members.reduce(
      (sum, pattern, index) => sum + (pattern.includes(place) ? (rowsOf[index] ?? 0) : 0),
      0,
    );
    const others = ofRow.length - withIt;
    return others === 0 || present.length === 0 ? 0 : (others - present.length) / others;
  });
}

function compare(left: readonly number[], right: readonly number[]): number {
  const differs = left.findIndex((place, index) => place !== right[index]);
  return differs < 0 ? 0 : (left[differs] ?? 0) - (right[differs] ?? 0);
}
