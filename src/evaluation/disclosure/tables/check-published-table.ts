import { plural } from '../../figure.js';
import { auditTable } from './audit-table.js';
import { checkRounding } from './published-table.js';
import type { PublishedTable } from './published-table.js';
import { rangeText, tellsTooMuch } from './shared-figures.js';
import { cellName } from './table-for-release.js';
import type { TableFinding } from './table-finding.js';
import type { TableRules } from './table-rules.js';

/** What a table says as outsiders get it: small counts that it shows, rounding, and what its sums tell of the rest. */
export function checkPublishedTable(table: PublishedTable, rules: TableRules): TableFinding[] {
  return [...shownCounts(table, rules), ...checkRounding(table, rules), ...derivableCounts(table, rules)];
}

function shownCounts(table: PublishedTable, { cellCountMin, zerosAreLow }: TableRules): TableFinding[] {
  return table.cells.flatMap(({ row, column, value }): TableFinding[] => {
    const cell = { row, column };
    if (value === null || value >= cellCountMin || (value === 0 && !zerosAreLow)) return [];
    const name = cellName(table, cell);
    if (value === 0) {
      const why = `"${name}" is published as empty: that is said of everybody in its row and column.`;
      return [{ cell, rule: 'zero-cell', status: 'review', why }];
    }
    const why = `"${name}" shows ${plural(value, 'person', 'people')}, fewer than ${cellCountMin}.`;
    return [{ cell, rule: 'minimum-cell', status: 'fail', why }];
  });
}

function derivableCounts(table: PublishedTable, { cellCountMin }: TableRules): TableFinding[] {
  const audited = auditTable(table);
  if (audited === null) {
    const why = 'The figures do not add up to their totals, so that nothing can be said of what they hide.';
    return [{ cell: null, rule: 'derivable', status: 'fail', why }];
  }
  return audited.flatMap(({ row, column, ...range }): TableFinding[] => {
    if (!tellsTooMuch(range, cellCountMin)) return [];
    const cell = { row, column };
    const can = rangeText(range);
    const why = `"${cellName(table, cell)}" is suppressed, and the totals tell that it is ${can}.`;
    return [{ cell, rule: 'derivable', status: 'fail', why }];
  });
}
