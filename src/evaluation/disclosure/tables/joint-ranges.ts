import type { CountInterval } from '../count-interval.js';
import { rangesWithin } from './audit-table.js';
import { figureKey, intersection, shownInterval } from './shared-figures.js';
import type { KnownTable } from './shared-figures.js';
import { cellsOf } from './table-for-release.js';
import type { TableShape } from './table-for-release.js';

/** Each round narrows something by one person at least; counts that are hidden this well stay hidden. */
const roundsMax = 100;

/**
 * What can be inferred of every figure, by its key, from tables about the same people: each table is solved, what it
 * tells of the figures that others show too goes into those, until nothing narrows. Exact within each table; what only
 * all their sums taken together would tell is not found. Null when they are not about the same people.
 */
export function jointRanges(tables: readonly KnownTable[]): ReadonlyMap<string, CountInterval> | null {
  const known = new Map<string, CountInterval>();
  const narrow = (key: string, interval: CountInterval): boolean => {
    const before = known.get(key);
    const after = before === undefined ? interval : intersection(before, interval);
    known.set(key, after);
    return before?.atLeast !== after.atLeast || before.atMost !== after.atMost;
  };
  for (const one of tables)
    for (const [arc, key] of keysOf(one).entries()) narrow(key, shownInterval(one.table, arc));
  for (let round = 0; round < roundsMax; round++) {
    let isNarrower = false;
    for (const one of tables) {
      const keys = keysOf(one);
      const ranges = rangesWithin(
        one.table,
        keys.map((key) => known.get(key) ?? { atLeast: 0, atMost: Infinity }),
      );
      if (ranges === null) return null;
      for (const [arc, range] of ranges.entries()) isNarrower = narrow(keys[arc] ?? '', range) || isNarrower;
    }
    if (!isNarrower) break;
  }
  return known;
}

/** The keys of a table's figures, in the order of `cellsOf`. */
export function keysOf({
  table,
  dimensions,
}: {
  readonly table: TableShape;
  readonly dimensions: readonly string[];
}): string[] {
  return cellsOf(table).map((cell) => figureKey(table, dimensions, cell));
}
