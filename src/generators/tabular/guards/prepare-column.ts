import type { ColumnSchema } from '../../../core/schema/schema.js';
import { createMissingBitmap, isMissing, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Column, MissingBitmap } from '../../../core/table/table.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { prepareCategories } from './prepare-categories.js';
import { prepareNumbers } from './prepare-numbers.js';
import type { Guarding } from './prepare-numbers.js';
import type { PreparedColumn } from './prepared-column.js';
import { countSubjects } from './subject-counts.js';

/** A column with fewer values than the floor says nothing of them: it comes out missing in every row. */
export function prepareColumn(
  schema: ColumnSchema,
  column: Column,
  given: Guarding & { readonly rowCount: number },
): PreparedColumn {
  const { rowCount, parameters, subjects } = given;
  if (column.kind === 'text') throw new WithheldColumnError(schema.name, 'free-text');
  const isCategory = column.kind === 'category';
  const floor = isCategory ? parameters.categoryFloor : parameters.valueFloor;
  let present = presentRows(column.missing, rowCount);
  let { missing } = column;
  if (countSubjects(present, subjects) < floor) {
    present = new Int32Array();
    missing = allMissing(rowCount);
  }
  if (isCategory) {
    const { codes, dictionary } = column;
    return prepareCategories({ schema, codes, dictionary, missing, present }, floor, subjects);
  }
  return prepareNumbers({ schema, values: column.values, missing, present }, given);
}

function presentRows(missing: MissingBitmap, rowCount: number): Int32Array {
  const rows = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row += 1) {
    if (isMissing(missing, row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.slice(0, count);
}

function allMissing(rowCount: number): MissingBitmap {
  const missing = createMissingBitmap(rowCount);
  for (let row = 0; row < rowCount; row += 1) markMissing(missing, row);
  return missing;
}
