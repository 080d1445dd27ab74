import type { ColumnSource } from '../../../core/table/column-source.js';
import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { Column } from '../../../core/table/table.js';
import { NotComputableError } from '../../not-computable-error.js';
import type { MixedColumn, MixedTable } from './mixed-table.js';

interface MixedTables {
  readonly columns: readonly MixedColumn[];
  /** In the order of the sources. */
  readonly tables: readonly MixedTable[];
}

/**
 * Several tables with their categories in shared codes, one column in memory beside the result at a time.
 * @throws {NotComputableError} when a column is stored as different things
 */
export async function readMixedTables(
  sources: readonly ColumnSource[],
  names: readonly string[],
  signal?: AbortSignal,
): Promise<MixedTables> {
  const columns: MixedColumn[] = [];
  const cells: Float64Array[][] = sources.map(() => []);
  for (const name of names) {
    signal?.throwIfAborted();
    const found: Column[] = [];
    for (const source of sources) found.push(await source.column(name));
    const kind = kindOf(name, found);
    const codes = new Map<string, number>();
    found.forEach((column, at) => cells[at]?.push(cellsOf(column, sources[at]?.rowCount ?? 0, codes)));
    const hasGaps = cells.some((table) => table.at(-1)?.some(Number.isNaN) ?? false);
    columns.push({ name, kind, levels: codes.size, hasGaps });
  }
  return {
    columns,
    tables: sources.map(({ rowCount }, at) => ({ rowCount, cells: cells[at] ?? [] })),
  };
}

const kinds = {
  number: 'number',
  date: 'date',
  datetime: 'date',
  category: 'category',
  text: 'category',
} as const;

function kindOf(name: string, columns: readonly Column[]): MixedColumn['kind'] {
  const [kind = 'category', other] = new Set(columns.map((column) => kinds[column.kind]));
  if (other === undefined) return kind;
  throw new NotComputableError(`Column "${name}" holds ${kind} values in one table and ${other} in another.`);
}

function cellsOf(column: Column, rows: number, codes: Map<string, number>): Float64Array {
  const cells = new Float64Array(rows).fill(NaN);
  const codeOf = (text: string): number => {
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    return code;
  };
  const value = valueOf(column, codeOf);
  for (let row = 0; row < rows; row++) if (!isMissing(column.missing, row)) cells[row] = value(row);
  return cells;
}

function valueOf(column: Column, codeOf: (text: string) => number): (row: number) => number {
  if (column.kind === 'text') return (row) => codeOf(column.values[row] ?? '');
  if (column.kind === 'category') {
    const shared = column.dictionary.map(codeOf);
    return (row) => shared[column.codes[row] ?? -1] ?? NaN;
  }
  return (row) => (column.values[row] ?? NaN) + 0; // + 0: -0 and 0 are one value.
}
