import type { ColumnSchema } from '../../core/schema/schema.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../core/table/table.js';
import { categoryColumn, numberColumn } from './summary-columns.js';
import { keyColumnNames, subjectsOfRows } from './subject-tables.js';
import type { SubjectTables } from './subject-tables.js';

/** One row for each subject, with what all of their rows are like. */
export interface SubjectSummary {
  readonly table: Table;
  readonly schema: readonly ColumnSchema[];
}

/**
 * Brings a subject with all of their rows into one row, so that whatever looks at rows looks at persons: the columns of
 * the table of subjects, and of every other table the number of rows, the mean of each number, the first of each date and
 * the most frequent of each category. Keys and texts are left out; a subject without a row has no such value.
 */
export function summariseSubjects(all: SubjectTables): SubjectSummary {
  const owners = subjectsOfRows(all);
  const rowCount = all.tables.get(all.subjects)?.rowCount ?? 0;
  const columns = new Map<string, Column>();
  for (const [name, own] of owners) {
    const table = all.tables.get(name);
    if (!table) continue;
    const keys = keyColumnNames(name, all.relations);
    const isRoot = name === all.subjects;
    if (!isRoot) columns.set(`${name}: rows`, numberColumn(countsOf(own, rowCount)));
    for (const [column, cells] of table.columns) {
      if (keys.has(column) || cells.kind === 'text') continue;
      columns.set(isRoot ? column : `${name}: ${column}`, isRoot ? cells : summarised(cells, own, rowCount));
    }
  }
  const schema = [...columns].map(([name, { kind }]): ColumnSchema => ({
    name,
    type: kind === 'text' ? 'identifier' : kind,
    missingMarkers: [],
  }));
  return { table: { rowCount, columns }, schema };
}

function countsOf(owners: Int32Array, rowCount: number): Float64Array {
  const counts = new Float64Array(rowCount);
  for (const subject of owners) if (subject >= 0) counts[subject] = (counts[subject] ?? 0) + 1;
  return counts;
}

function summarised(column: Column, owners: Int32Array, rowCount: number): Column {
  if (column.kind === 'category')
    return categoryColumn(mostFrequent(column, owners, rowCount), column.dictionary);
  if (column.kind === 'text') return column;
  const sums = new Float64Array(rowCount).fill(NaN);
  const counts = new Int32Array(rowCount);
  owners.forEach((subject, row) => {
    if (subject < 0 || isMissing(column.missing, row)) return;
    const value = column.values[row] ?? NaN;
    const before = sums[subject] ?? NaN;
    counts[subject] = (counts[subject] ?? 0) + 1;
    if (column.kind === 'number') sums[subject] = (Number.isNaN(before) ? 0 : before) + value;
    else sums[subject] = Number.isNaN(before) ? value : Math.min(before, value);
  });
  if (column.kind !== 'number') return numberColumn(sums, column.kind);
  return numberColumn(sums.map((sum, subject) => sum / (counts[subject] ?? 1)));
}

/** Codes; -1 where there is none. Of equals the first of the dictionary. */
function mostFrequent(
  { codes, dictionary, missing }: Column & { kind: 'category' },
  owners: Int32Array,
  rowCount: number,
): Int32Array {
  const counts = new Map<number, number>();
  owners.forEach((subject, row) => {
    if (subject < 0 || isMissing(missing, row)) return;
    const key = subject * dictionary.length + (codes[row] ?? 0);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const best = new Int32Array(rowCount).fill(-1);
  const most = new Int32Array(rowCount);
  for (const [key, count] of [...counts].sort(([a], [b]) => a - b)) {
    const subject = Math.floor(key / dictionary.length);
    if (count <= (most[subject] ?? 0)) continue;
    most[subject] = count;
    best[subject] = key % dictionary.length;
  }
  return best;
}
