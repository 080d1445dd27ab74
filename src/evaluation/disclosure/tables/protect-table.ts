import { publishTable } from './published-table.js';
import type { PublishedTable } from './published-table.js';
import { cellsOf } from './table-for-release.js';
import { SuppressionPlan } from './suppression-plan.js';
import type { ProtectionOptions } from './suppression-plan.js';
import type { CellRef, FrequencyTable } from './table-for-release.js';

export interface ProtectedTable {
  readonly table: PublishedTable;
  /** Cells suppressed only to hide others. Outsiders are not told which these are. */
  readonly complementary: readonly CellRef[];
}

/**
 * Suppresses further cells, totals where nothing else helps, until no primary suppression can be inferred from what
 * stays to an interval narrower than `widthMin`. Greedy: for each primary cell in turn the closed walk through the
 * table that costs the fewest new suppressions (Cox 1995), then every suppression is taken back that is not needed.
 * Truly empty cells are used last, since outsiders may know that they must be. Assumes that outsiders know neither
 * which suppressions are primary nor any of the people. `auditTable` proves the outcome independently.
 */
export function protectTable(
  table: FrequencyTable,
  primary: readonly CellRef[],
  options: ProtectionOptions,
): ProtectedTable {
  const plan = new SuppressionPlan(table, primary, options);
  plan.protectAll();
  plan.takeBack();
  const isSuppressed = (_: CellRef, arc: number): boolean =>
    plan.primary.has(arc) || plan.complementary.has(arc);
  return {
    table: publishTable(table, isSuppressed, options.countRounding),
    complementary: cellsOf(table).filter((_, arc) => plan.complementary.has(arc)),
  };
}
