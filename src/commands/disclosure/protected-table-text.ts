import type { ProtectedFile } from '../../evaluation/disclosure/tables/protect-table-files.js';
import { totalLabel } from '../../evaluation/disclosure/tables/read-table-file.js';
import { escapeCell } from '../../exporters/csv/formula-cell.js';
import { quoteCell } from '../../exporters/csv/quote-cell.js';

/** A protected table as CSV, totals included; an empty figure is a suppressed one. */
export function protectedTableText({ dimensions, table, sums }: ProtectedFile): string {
  const label = (labels: readonly string[], place: number | null): string =>
    place === null ? totalLabel : (labels[place] ?? '');
  const lines = table.cells.map(({ row, column, value }, arc) => {
    const labels = [label(table.rows, row), label(table.columns, column)].slice(table.ways === 1 ? 1 : 0);
    const figures = sums === null ? [value] : [value, sums[arc] ?? null];
    return [
      ...labels.map((text) => quoteCell(escapeCell(text))),
      ...figures.map((figure) => figure ?? ''),
    ].join(',');
  });
  const header = [...dimensions, 'count', ...(sums === null ? [] : ['sum'])];
  return `${[header.map(quoteCell).join(','), ...lines].join('\n')}\n`;
}
