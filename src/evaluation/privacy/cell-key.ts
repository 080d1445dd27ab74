import type {
  CategoricalProfile,
  ColumnProfile,
  NumericProfile,
  WithheldProfile,
} from '../../core/profile/profile.js';
import type { Column } from '../../core/table/table.js';
import { categoryColumn, isMissing, numericColumn } from '../cells.js';
import { publishedCodes } from '../published-codes.js';

/** A row's cell as a whole number; two cells of a column are equal when their keys are. */
export type CellKey = (row: number) => number;

/** No value has this key: values are below 2^53 and this is not. */
export const missingKey = 2 ** 53;

/**
 * Cells as the profile can express them: numbers in units of the last decimal, categories by their place in the
 * profile with all unpublished ones as one place. So a copy that was only rounded or pooled is still a copy.
 * @throws {NotComputableError} when the column is stored as another kind than the profile says
 */
export function cellKey(profile: Exclude<ColumnProfile, WithheldProfile>, column: Column): CellKey {
  const key = profile.kind === 'numeric' ? gridKey(profile, column) : categoryKey(profile, column);
  return (row) => (isMissing(column, row) ? missingKey : key(row));
}

function gridKey(profile: NumericProfile, column: Column): CellKey {
  const { values } = numericColumn(column, profile);
  const scale = 10 ** profile.decimals;
  return (row) => Math.round((values[row] ?? NaN) * scale) + 0; // + 0: -0 and 0 are one value.
}

function categoryKey(profile: CategoricalProfile, column: Column): CellKey {
  const { codes, dictionary } = categoryColumn(column, profile);
  const places = publishedCodes(profile, dictionary);
  return (row) => places[codes[row] ?? -1] ?? NaN;
}
