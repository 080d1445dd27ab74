import { roundCount } from '../count-interval.js';
import { countText } from '../../figure.js';
import { cellName, cellsOf, countAt } from './table-for-release.js';
import type { CellRef, FrequencyTable, TableShape } from './table-for-release.js';
import type { TableFinding } from './table-finding.js';
import type { TableRules } from './table-rules.js';

/** One figure as outsiders see it: null where it is suppressed. Why it is suppressed is not told. */
interface PublishedCell extends CellRef {
  readonly value: number | null;
}

/** A table as outsiders see it, in the order of `cellsOf`. */
export interface PublishedTable extends TableShape {
  /** Counts were rounded half up to multiples of this, each on its own; 1 = exact. Outsiders know it. */
  readonly countRounding: number;
  readonly cells: readonly PublishedCell[];
}

export function publishTable(
  table: FrequencyTable,
  isSuppressed: (cell: CellRef, index: number) => boolean,
  countRounding: number,
): PublishedTable {
  const { ways, rows, columns } = table;
  const cells = cellsOf(table).map((cell, index) => ({
    ...cell,
    value: isSuppressed(cell, index) ? null : roundCount(countAt(table, cell), countRounding),
  }));
  return { ways, rows, columns, countRounding, cells };
}

/** Every published count is a multiple of what the policy rounds to. */
export function checkRounding(
  table: PublishedTable,
  { countRounding }: Pick<TableRules, 'countRounding'>,
): TableFinding[] {
  return table.cells.flatMap(({ row, column, value }) => {
    if (value === null || value % countRounding === 0) return [];
    const name = cellName(table, { row, column });
    const why = `"${name}" is published as ${countText(value)}, which is no multiple of ${countRounding}.`;
    return [{ cell: { row, column }, rule: 'rounding' as const, status: 'fail' as const, why }];
  });
}
