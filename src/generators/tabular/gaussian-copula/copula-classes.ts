import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { PreparedColumn } from '../guards/prepared-column.js';
import type { CopulaClass } from './model.js';

interface Classes {
  readonly classes: readonly CopulaClass[];
  /** The rows that each group is learned from. */
  readonly rowsOfGroup: readonly Int32Array[];
}

/**
 * Each value of the class column with enough rows is a group of its own. All others share one that is learned from
 * all rows, so that nothing is learned from the few.
 */
export function copulaClasses(
  column: PreparedColumn | undefined,
  rowCount: number,
  classFloor: number,
): Classes {
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (column?.kind !== 'categories')
    return { classes: [{ code: -1, rows: rowCount, group: 0 }], rowsOfGroup: [all] };
  const codeOf = (row: number): number => (isMissing(column.missing, row) ? -1 : (column.codes[row] ?? -1));
  const found = new Map<number, number[]>();
  for (const row of all) {
    const rows = found.get(codeOf(row)) ?? [];
    rows.push(row);
    found.set(codeOf(row), rows);
  }
  const rowsOfGroup: Int32Array[] = [];
  const ordered = [...found].sort(([left], [right]) => left - right);
  const hasSmall = ordered.some(([, rows]) => rows.length < classFloor);
  if (hasSmall) rowsOfGroup.push(all);
  const classes = ordered.map(([code, rows]): CopulaClass => {
    if (rows.length < classFloor) return { code, rows: rows.length, group: 0 };
    rowsOfGroup.push(Int32Array.from(rows));
    return { code, rows: rows.length, group: rowsOfGroup.length - 1 };
  });
  return { classes, rowsOfGroup };
}
