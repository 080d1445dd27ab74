import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import type { Coded } from './coded.js';
import type { PairOf } from './correlation.js';

/** Records by pair of codes; cell (a, b) is at a x columns + b. Sparse when the product of the sizes is large. */
export interface ContingencyTable {
  readonly rows: number;
  readonly columns: number;
  readonly total: number;
  readonly cells: ReadonlyMap<number, number> | Float64Array;
}

/** A dense table may have so many cells a row; clearing and walking more costs more than a map does. */
const denseCellsPerRow = 8;
const denseCellsAlways = 1024;

/** Counts the rows of each combination of two coded variables. */
export function contingencyTable({ first, second }: PairOf<Coded>): ContingencyTable {
  const [rows, columns, total] = [first.size, second.size, first.codes.length];
  const isDense = rows * columns <= Math.max(denseCellsAlways, denseCellsPerRow * total);
  const cells = isDense ? denseCells(first, second) : sparseCells(first, second);
  return { rows, columns, total, cells };
}

function denseCells(first: Coded, second: Coded): Float64Array {
  const cells = new Float64Array(first.size * second.size);
  const [left, right, width] = [first.codes, second.codes, second.size];
  for (let row = 0; row < left.length; row += 1) {
    const at = (left[row] ?? NaN) * width + (right[row] ?? NaN);
    cells[at] = (cells[at] ?? NaN) + 1;
  }
  return cells;
}

function sparseCells(first: Coded, second: Coded): Map<number, number> {
  const cells = new Map<number, number>();
  for (let row = 0; row < first.codes.length; row += 1) {
    const at = (first.codes[row] ?? 0) * second.size + (second.codes[row] ?? 0);
    cells.set(at, (cells.get(at) ?? 0) + 1);
  }
  return cells;
}

/** 1 less half the summed differences of the shares of all combinations, 0 to 1; SDMetrics 0.29 ContingencySimilarity. */
export function contingencySimilarity(real: ContingencyTable, synthetic: ContingencyTable): Score {
  if (real.total === 0 || synthetic.total === 0) return noScore('One of the tables has no row.');
  let distance = 0;
  eachCell(real, (count, at) => {
    distance += Math.abs(count / real.total - countAt(synthetic, at) / synthetic.total);
  });
  eachCell(synthetic, (count, at) => {
    if (countAt(real, at) === 0) distance += count / synthetic.total;
  });
  return { value: 1 - distance / 2 };
}

/** Cramer's V, 0 to 1, without bias or continuity correction; NaN when a side has fewer than two categories. */
export function cramersV(table: ContingencyTable): number {
  const rowTotals = new Float64Array(table.rows);
  const columnTotals = new Float64Array(table.columns);
  eachCell(table, (count, at) => {
    const row = Math.floor(at / table.columns);
    const column = at % table.columns;
    rowTotals[row] = (rowTotals[row] ?? 0) + count;
    columnTotals[column] = (columnTotals[column] ?? 0) + count;
  });
  const sides = Math.min(occupied(rowTotals), occupied(columnTotals));
  if (sides < 2) return NaN;
  // Sum of (o - e)^2 / e = sum of o^2 / e - n, where empty cells add nothing.
  let quotients = 0;
  eachCell(table, (count, at) => {
    const row = rowTotals[Math.floor(at / table.columns)] ?? 0;
    quotients += (count / row) * (count / (columnTotals[at % table.columns] ?? 0));
  });
  return Math.sqrt(Math.max(0, quotients - 1) / (sides - 1));
}

function occupied(totals: Float64Array): number {
  return totals.reduce((count, total) => count + (total > 0 ? 1 : 0), 0);
}

function countAt({ cells }: ContingencyTable, at: number): number {
  return (cells instanceof Float64Array ? cells[at] : cells.get(at)) ?? 0;
}

function eachCell({ cells }: ContingencyTable, visit: (count: number, at: number) => void): void {
  if (cells instanceof Map) {
    cells.forEach(visit);
    return;
  }
  (cells as Float64Array).forEach((count, at) => {
    if (count > 0) visit(count, at);
  });
}
