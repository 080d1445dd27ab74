import type { ColumnSchema, TableSchema } from '../core/schema/schema.js';
import { isReleasable } from '../core/schema/schema.js';
import type { ColumnSource } from '../core/table/column-source.js';
import { isMissing } from '../core/table/missing-bitmap.js';

export interface Recommendation {
  readonly generator: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** One sentence. */
  readonly reason: string;
}

/** Trees need rows to mix; below, their leaves keep close to single ones. */
const smallRowsMax = 2000;
/** Share of columns that hold numbers in a table that is mostly numeric. */
const numericShareMin = 0.7;
const classesMax = 5;
/** Rows that the smallest class has for a copula of its own. */
const classRowsMin = 50;

/**
 * The method for tier HIGH that suits a table: for few rows of mostly numbers the copula, one for each class where
 * there is a column of few classes, the last such column being the likeliest target; otherwise trees.
 */
export async function recommendMethod(schema: TableSchema, rows: ColumnSource): Promise<Recommendation> {
  const columns = schema.columns.filter(isReleasable);
  const numeric = columns.filter(({ type }) => type !== 'category' && type !== 'boolean');
  if (rows.rowCount >= smallRowsMax || numeric.length < numericShareMin * columns.length) {
    const reason =
      'Trees follow columns of every kind and have rows enough, or too many categories for a copula.';
    return { generator: 'sequential-cart', parameters: {}, reason };
  }
  const perClass = await classColumn(columns, rows);
  return {
    generator: 'gaussian-copula',
    parameters: perClass === null ? {} : { perClass },
    reason: `There are fewer than ${smallRowsMax} rows, mostly of numbers, where trees keep too close to single rows.`,
  };
}

async function classColumn(columns: readonly ColumnSchema[], rows: ColumnSource): Promise<string | null> {
  const candidates = columns.filter(({ type }) => type === 'category' || type === 'boolean');
  for (const { name } of candidates.reverse()) {
    const column = await rows.column(name);
    if (column.kind !== 'category') continue;
    const counts = new Map<number, number>();
    for (let row = 0; row < rows.rowCount; row += 1) {
      if (isMissing(column.missing, row)) continue;
      const code = column.codes[row] ?? 0;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const isClass = counts.size >= 2 && counts.size <= classesMax;
    if (isClass && Math.min(...counts.values()) >= classRowsMin) return name;
  }
  return null;
}
