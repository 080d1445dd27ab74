import { noCells } from '../compared/mixed-table.js';
import type { MixedTable } from '../compared/mixed-table.js';

/** What an attacker says of one cell of a person. */
export interface Predicate {
  readonly column: number;
  readonly is: 'at-most' | 'at-least' | 'equal' | 'missing';
  /** Not looked at for `missing`. */
  readonly value: number;
}

/** A guess that exactly one person is like this in all of it. */
export type Query = readonly Predicate[];

/** Rows that meet the query; counting stops at `enough`. */
export function countMatches({ rowCount, cells }: MixedTable, query: Query, enough: number): number {
  let matches = 0;
  for (let row = 0; row < rowCount && matches < enough; row++)
    if (query.every((predicate) => holds(predicate, (cells[predicate.column] ?? noCells)[row] ?? NaN)))
      matches++;
  return matches;
}

/** A missing cell meets no comparison. */
function holds({ is, value }: Predicate, cell: number): boolean {
  switch (is) {
    case 'at-most':
      return cell <= value;
    case 'at-least':
      return cell >= value;
    case 'equal':
      return cell === value;
    case 'missing':
      return Number.isNaN(cell);
  }
}

export function singledOut(table: MixedTable, queries: readonly Query[]): number {
  return queries.filter((query) => countMatches(table, query, 2) === 1).length;
}
