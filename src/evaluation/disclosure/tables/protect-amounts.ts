import { checkMagnitudeTable } from './check-magnitude-table.js';
import { protectTable } from './protect-table.js';
import { cellKey, cellsOf, frequencyTable, membersOf } from './table-for-release.js';
import type { CellRef, MagnitudeTable } from './table-for-release.js';
import type { TableRules } from './table-rules.js';
import { UnsupportedTableError } from './unsupported-table-error.js';

/** Most digits after the point that amounts are kept with. */
const decimalsMax = 4;

/** The cells of a table of amounts that no rule lets be shown. */
export function primaryAmounts(table: MagnitudeTable, rules: TableRules): CellRef[] {
  const failed = checkMagnitudeTable(table, rules).filter(({ status }) => status === 'fail');
  const cells = failed.flatMap(({ cell }) => cell ?? []);
  return [...new Map(cells.map((cell) => [cellKey(cell), cell])).values()];
}

/**
 * Which sums to suppress so that no sum under `hidden` can be worked out to closer than twice what its rules ask
 * (Cox 1995; the protection levels of the p and the (n,k) rule as in Hundepool et al. 2012, section 4.2). Sums are
 * solved as whole numbers of their smallest unit.
 * @throws {UnsupportedTableError} when contributions can be negative or have more than four decimals
 */
export function suppressedSums(
  table: MagnitudeTable,
  hidden: readonly CellRef[],
  rules: TableRules,
): CellRef[] {
  const sums = table.cells.flat().map(({ sum }) => sum);
  if (table.cells.flat().some(({ hasNegative }) => hasNegative))
    throw new UnsupportedTableError(
      'Amounts that can be negative are not protected here: a person has to look.',
    );
  const scale = scaleOf(sums);
  const labels = table.ways === 1 ? [table.columns] : [table.rows, table.columns];
  const scaled = frequencyTable(
    labels,
    sums.map((sum) => Math.round(sum * scale)),
  );
  const width = Math.max(1, ...hidden.map((cell) => 2 * protectionOf(table, cell, rules) * scale));
  const done = protectTable(scaled, hidden, { widthMin: Math.ceil(width), countRounding: 1 });
  return cellsOf(table).filter((_, arc) => done.table.cells[arc]?.value === null);
}

function scaleOf(sums: readonly number[]): number {
  for (let decimals = 0; decimals <= decimalsMax; decimals++) {
    const scale = 10 ** decimals;
    if (sums.every((sum) => Math.abs(sum * scale - Math.round(sum * scale)) < 1e-6 * Math.max(1, sum)))
      return scale;
  }
  throw new UnsupportedTableError(`Sums have at most ${decimalsMax} decimals.`);
}

/** How far off the best guess of the sum has to be, in its unit. */
function protectionOf(table: MagnitudeTable, cell: CellRef, rules: TableRules): number {
  const members = membersOf(table.cells, cell);
  const sum = members.reduce((total, one) => total + one.sum, 0);
  const largest = members.flatMap((one) => one.largest).sort((a, b) => b - a);
  const top = (count: number): number => largest.slice(0, count).reduce((total, one) => total + one, 0);
  const pRatio = rules.pRatioMin * top(1) - (sum - top(2));
  const dominance = top(rules.dominanceCount) / rules.dominanceShare - sum;
  return Math.max(pRatio, dominance, rules.pRatioMin * sum);
}
