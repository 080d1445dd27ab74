import type {
  CategoricalProfile,
  ColumnProfile,
  NumericProfile,
  WithheldProfile,
} from '../../core/profile/profile.js';
import type { Column } from '../../core/table/table.js';
import { categoryColumn, isMissing, numericColumn } from '../cells.js';
import { NotComputableError } from '../not-computable-error.js';
import { publishedCodes } from '../published-codes.js';

/**
 * The exact counts of the source behind a column's profile: missing, present, then one a bin, or one a category and
 * one for all that are not published. Real-zone figures: only how many of them are small may leave.
 * @throws {NotComputableError} when source and profile do not fit together
 */
export function recountColumn(profile: Exclude<ColumnProfile, WithheldProfile>, column: Column): number[] {
  const rows = rowCountOf(column);
  let missing = 0;
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) missing++;
  const whole = [missing, rows - missing];
  return [
    ...whole,
    ...(profile.kind === 'numeric' ? binCounts(profile, column) : placeCounts(profile, column)),
  ];
}

function rowCountOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

function binCounts(profile: NumericProfile, column: Column): number[] {
  const { edges, counts } = profile;
  if (counts.length === 0 || edges.length !== counts.length + 1) {
    throw new NotComputableError(
      `The bins of column "${profile.name}" in the profile do not fit their counts.`,
    );
  }
  const { values } = numericColumn(column, profile);
  const found = new Array<number>(counts.length).fill(0);
  for (let row = 0; row < values.length; row++) {
    if (isMissing(column, row)) continue;
    const bin = binOf(values[row] ?? NaN, edges);
    found[bin] = (found[bin] ?? 0) + 1;
  }
  return found;
}

/** Values beyond the outer edges belong to the outer bins, as the profile counts them. */
function binOf(value: number, edges: readonly number[]): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((edges[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function placeCounts(profile: CategoricalProfile, column: Column): number[] {
  const { codes, dictionary } = categoryColumn(column, profile);
  const places = publishedCodes(profile, dictionary);
  const found = new Array<number>(profile.categories.length + 1).fill(0);
  for (let row = 0; row < codes.length; row++) {
    if (isMissing(column, row)) continue;
    const place = places[codes[row] ?? -1] ?? profile.categories.length;
    found[place] = (found[place] ?? 0) + 1;
  }
  return found;
}
