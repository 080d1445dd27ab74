import type { Measurement } from '../../../core/marginals/fit-marginals.js';
import type { Axes, AxisSizes } from '../../../core/marginals/cell-map.js';
import { countCodes } from '../../../core/marginals/count-codes.js';
import type { NoisyTables, PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import type { PrivacyUnits } from '../../../core/privacy/privacy-units.js';
import type { CellGroups } from '../network/network-model.js';
import { groupCount } from '../network/network-model.js';
import { groupCells } from './group-cells.js';
import { countCells } from './private-table.js';
import type { PrivateColumn } from './private-table.js';

/** A table whose columns are cut into groups of cells by noisy counts; its axes are the columns. */
export interface GroupedTable {
  readonly columns: readonly GroupedColumn[];
  readonly sizes: AxisSizes;
  /** The counts that the groups were made by: one measurement a column. */
  readonly measured: readonly Measurement[];
  /** Rows there seem to be, at least 1. */
  readonly total: number;
}

interface GroupedColumn {
  readonly column: PrivateColumn;
  readonly groups: CellGroups;
  /** The group of each row; the number of groups where the row is in none. Real: to be asked through an account only. */
  readonly codes: Uint16Array;
}

/** Counts the cells of every column with Gaussian noise for `rho` in all, and makes groups of them. */
export function groupTable(
  columns: readonly PrivateColumn[],
  account: PrivacyAccount,
  { rho, groupsMax }: { readonly rho: PrivacyUnits; readonly groupsMax: number },
): GroupedTable {
  const noisy = account.gaussianTables(`counts of ${columns.length} columns`, columns.map(countCells), rho);
  const measured: Measurement[] = [];
  const grouped = columns.map((column, axis): GroupedColumn => {
    const counts = noisy.tables[axis] ?? new Float64Array();
    const made = groupCells(column.domain, { counts, sigma: noisy.sigma }, groupsMax);
    measured.push({ axes: [axis], counts: made.counts, variances: made.variances });
    return { column, groups: made.groups, codes: codesOf(column, made.groups) };
  });
  return {
    columns: grouped,
    sizes: grouped.map(({ groups }) => groupCount(groups)),
    measured,
    total: estimateTotal(noisy),
  };
}

/** Every column was counted with the same noise, but a table of many cells adds up more of it. */
function estimateTotal({ tables }: NoisyTables): number {
  let [sum, weights] = [0, 0];
  for (const table of tables) {
    sum += table.reduce((all, count) => all + count, 0) / table.length;
    weights += 1 / table.length;
  }
  return Math.max(1, weights > 0 ? sum / weights : 1);
}

function codesOf({ cells }: PrivateColumn, groups: CellGroups): Uint16Array {
  const none = groupCount(groups);
  const groupOfCell = new Map<number, number>();
  for (let group = 0; group < none; group += 1)
    for (const cell of groups.cells.subarray(groups.starts[group], groups.starts[group + 1]))
      groupOfCell.set(cell, group);
  const places = Uint16Array.from(
    { length: Math.max(0, ...groups.cells) + 1 },
    (_, cell) => groupOfCell.get(cell) ?? none,
  );
  return Uint16Array.from(cells, (cell) => places[cell] ?? none);
}

/** True counts of the groups of several columns; rows that are in none of one of them are left out. */
export function countGroups({ columns, sizes }: GroupedTable, axes: Axes): Int32Array {
  return countCodes({ codes: columns.map(({ codes }) => codes), sizes }, axes);
}

/** Measures tables of groups with Gaussian noise for `rho` in all. */
export function measureGroups(
  table: GroupedTable,
  account: PrivacyAccount,
  {
    sets,
    rho,
    purpose,
  }: { readonly sets: readonly Axes[]; readonly rho: PrivacyUnits; readonly purpose: string },
): Measurement[] {
  if (sets.length === 0) return [];
  const { tables, sigma } = account.gaussianTables(
    purpose,
    sets.map((axes) => countGroups(table, axes)),
    rho,
  );
  return sets.map((axes, at) => {
    const counts = tables[at] ?? new Float64Array();
    return { axes, counts, variances: new Float64Array(counts.length).fill(sigma ** 2) };
  });
}
