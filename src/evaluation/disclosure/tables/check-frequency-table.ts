import { plural } from '../../figure.js';
import { cellName, cellsOf, countAt, membersOf } from './table-for-release.js';
import type { CellRef, FrequencyTable } from './table-for-release.js';
import type { TableFinding } from './table-finding.js';
import type { TableRules } from './table-rules.js';

/** Minimum cell, zeros and class disclosure over the true counts, totals included. */
export function checkFrequencyTable(table: FrequencyTable, rules: TableRules): TableFinding[] {
  const cells = cellsOf(table).flatMap((cell) => cellFinding(table, cell, rules) ?? []);
  return [...cells, ...classDisclosures(table)];
}

/** The cells no rule lets be shown: what complementary suppression starts from. */
export function primarySuppressions(table: FrequencyTable, { cellCountMin }: TableRules): CellRef[] {
  return cellsOf(table).filter((cell) => {
    const count = countAt(table, cell);
    return count > 0 && count < cellCountMin;
  });
}

function cellFinding(table: FrequencyTable, cell: CellRef, rules: TableRules): TableFinding | null {
  const count = countAt(table, cell);
  const name = cellName(table, cell);
  if (count === 0) {
    if (!rules.zerosAreLow) return null;
    const why = `"${name}" is empty: it tells of everybody in its row and column that they are not in it.`;
    return { cell, rule: 'zero-cell', status: 'review', why };
  }
  if (count >= rules.cellCountMin) return null;
  const why = `"${name}" holds ${plural(count, 'person', 'people')}, fewer than ${rules.cellCountMin}.`;
  return { cell, rule: 'minimum-cell', status: 'fail', why };
}

/**
 * A row (or column) all of whose people are in one cell tells that of each of them (ACRO: class disclosure). Whoever
 * knows that a person is in the row then knows the rest.
 */
function classDisclosures(table: FrequencyTable): TableFinding[] {
  const rows = table.rows.map((_, row): CellRef => ({ row, column: null }));
  const columns = table.columns.map((_, column): CellRef => ({ row: null, column }));
  return (table.ways === 2 ? [...rows, ...columns] : rows).flatMap((line) => classDisclosure(table, line));
}

function classDisclosure(table: FrequencyTable, line: CellRef): TableFinding[] {
  const counts = membersOf(table.counts, line);
  const filled = counts.filter((count) => count > 0).length;
  if (filled !== 1 || counts.length === 1) return [];
  const at = counts.findIndex((count) => count > 0);
  const cell = line.row === null ? { ...line, row: at } : { ...line, column: at };
  const where = table.ways === 1 ? 'the table' : `"${cellName(table, line)}"`;
  const why = `Everybody in ${where} is in "${cellName(table, cell)}": that is said of each of them.`;
  return [{ cell, rule: 'class-disclosure', status: 'review', why }];
}
