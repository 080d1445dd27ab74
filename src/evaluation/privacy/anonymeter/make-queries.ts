import type { Random } from '../../../core/random/random.js';
import { noCells } from '../compared/mixed-table.js';
import type { MixedColumn, MixedTable } from '../compared/mixed-table.js';
import { countMatches } from './query.js';
import type { Predicate, Query } from './query.js';

/**
 * Everything that one cell alone can say of exactly one synthetic row: it is the only one missing, at or beyond an end,
 * or the only one with its value.
 */
export function univariateQueries(columns: readonly MixedColumn[], synthetic: MixedTable): Query[] {
  return columns.flatMap(({ kind }, column) => {
    const cells = synthetic.cells[column] ?? noCells;
    const counts = new Map<number, number>();
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const predicates: Predicate[] = [{ column, is: 'missing', value: NaN }];
    const present = cells.filter((cell) => !Number.isNaN(cell));
    if (kind !== 'category' && present.length > 0) {
      const sorted = present.sort();
      predicates.push({ column, is: 'at-most', value: sorted[0] ?? NaN });
      predicates.push({ column, is: 'at-least', value: sorted.at(-1) ?? NaN });
    }
    for (const [value, count] of counts)
      if (count === 1 && !Number.isNaN(value)) predicates.push({ column, is: 'equal', value });
    return predicates.map((one) => [one]).filter((query) => countMatches(synthetic, query, 2) === 1);
  });
}

interface Wanted {
  readonly queries: number;
  readonly columnsPerQuery: number;
  readonly attemptsMax: number;
}

/**
 * Different queries that meet exactly one synthetic row: a random row seen through random columns, numbers as "at
 * least" above the median and "at most" otherwise. Fewer than wanted when the attempts run out.
 */
export function multivariateQueries(
  columns: readonly MixedColumn[],
  synthetic: MixedTable,
  wanted: Wanted,
  random: Random,
): Query[] {
  const medians = synthetic.cells.map(medianOf);
  const found = new Map<string, Query>();
  const width = Math.min(wanted.columnsPerQuery, columns.length);
  for (let attempt = 0; attempt < wanted.attemptsMax && found.size < wanted.queries; attempt++) {
    const row = Math.floor(synthetic.rowCount * random.uniformAt(attempt));
    const chosen = drawn(columns.length, width, (draw) => random.uniformAt(attempt, draw + 1));
    const query = chosen.map((column) =>
      seenThrough(columns, column, (synthetic.cells[column] ?? noCells)[row] ?? NaN, medians),
    );
    if (countMatches(synthetic, query, 2) === 1) found.set(JSON.stringify(query), query);
  }
  return [...found.values()];
}

function seenThrough(
  columns: readonly MixedColumn[],
  column: number,
  value: number,
  medians: readonly number[],
): Predicate {
  if (Number.isNaN(value)) return { column, is: 'missing', value };
  if (columns[column]?.kind === 'category') return { column, is: 'equal', value };
  return { column, is: value > (medians[column] ?? NaN) ? 'at-least' : 'at-most', value };
}

/** Different columns, ascending. */
function drawn(columns: number, width: number, uniform: (draw: number) => number): number[] {
  const chosen = new Set<number>();
  for (let draw = 0; chosen.size < width; draw++) chosen.add(Math.floor(columns * uniform(draw)));
  return [...chosen].sort((a, b) => a - b);
}

function medianOf(cells: Float64Array): number {
  const sorted = cells.filter((cell) => !Number.isNaN(cell)).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
