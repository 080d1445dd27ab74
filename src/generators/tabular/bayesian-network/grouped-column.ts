import type { ColumnSchema } from '../../../core/schema/schema.js';
import { pointOfNumber } from '../domain/cells-of-column.js';
import { cellCount, cellsMax, pointsMax } from '../domain/public-domain.js';
import type { NumbersDomain, PublicDomain } from '../domain/public-domain.js';
import type { PreparedCategories, PreparedColumn, PreparedNumbers } from '../guards/prepared-column.js';
import { cumulativeRows } from '../network/network-model.js';
import type { CellGroups } from '../network/network-model.js';
import { groupNumbers } from './number-groups.js';
import type { WeightedCells } from './number-groups.js';

/** A guarded column of the source cut into groups of cells. */
export interface GroupedColumn {
  readonly schema: ColumnSchema;
  readonly domain: PublicDomain;
  readonly groups: CellGroups;
  /** The group of each row; the number of groups where the row is in none. */
  readonly codes: Uint16Array;
  /** Share of missing cells that are too few to be told apart: the last group, which no row is in; else 0. */
  readonly hiddenMissing: number;
}

export interface Grouping {
  readonly rowCount: number;
  readonly groupsMax: number;
  /** Rows that a group, and a value of its own within one, has at least. */
  readonly floor: number;
}

export function groupColumn(column: PreparedColumn, grouping: Grouping): GroupedColumn {
  const { rowCount, floor } = grouping;
  const { present, schema } = column;
  const absent = rowCount - present.length;
  const domain = domainOf(column, absent > 0);
  const cells = new Int32Array(rowCount).fill(cellCount(domain) - 1);
  const cellOf = cellReader(column, domain);
  for (const row of present) cells[row] = cellOf(row);
  const values = present.length === 0 ? [] : groupValues(column, cells, domain, grouping);
  const missing = absent > 0 ? [{ cells: [cellCount(domain) - 1], weights: [absent] }] : [];
  const groups = [...values, ...missing];
  const isHidden = present.length > 0 && absent > 0 && absent < floor;
  const codes = codesOf(cells, groups, cellCount(domain));
  if (isHidden)
    for (const [row, code] of codes.entries()) if (code === values.length) codes[row] = groups.length;
  return {
    schema,
    domain,
    groups: cellGroups(groups),
    codes,
    hiddenMissing: isHidden ? absent / rowCount : 0,
  };
}

function domainOf(column: PreparedColumn, mayBeMissing: boolean): PublicDomain {
  if (column.kind === 'categories') return { kind: 'categories', values: column.dictionary, mayBeMissing };
  return { ...numbersOf(column), mayBeMissing };
}

/** The grid of the column between its guarded bounds; where it is finer than its cells, common values have their own. */
function numbersOf({ grid, bounds, common }: PreparedNumbers): Omit<NumbersDomain, 'mayBeMissing'> {
  const { decimals, offset } = grid;
  const scale = 10 ** decimals;
  const span = Math.round((bounds.high - bounds.low) * scale);
  const step = grid.step * Math.max(1, Math.ceil(span / grid.step / (pointsMax - 1)));
  const first = offset + step * Math.ceil((Math.round(bounds.low * scale) - offset) / step);
  const last = offset + step * Math.floor((Math.round(bounds.high * scale) - offset) / step);
  const points = Math.max(1, Math.round((last - first) / step) + 1);
  const plain = { kind: 'numbers', decimals, first, step, points } as const;
  if (points <= cellsMax) return { ...plain, cells: points };
  const numbers = { ...plain, cells: cellsMax, mayBeMissing: false };
  const atoms = [...common.keys()].map((value) => pointOfNumber(numbers, value));
  return { ...plain, cells: cellsMax, atoms: Float64Array.from(new Set(atoms)).sort() };
}

/** The cell of a row that has a value. */
function cellReader(column: PreparedColumn, domain: PublicDomain): (row: number) => number {
  if (column.kind === 'categories') return (row) => column.codes[row] ?? 0;
  const numbers = domain as NumbersDomain;
  const atoms = new Map(Array.from(numbers.atoms ?? [], (point, at) => [point, numbers.cells + at]));
  return (row) => {
    const point = pointOfNumber(numbers, column.values[row] ?? NaN);
    return atoms.get(point) ?? Math.floor((point * numbers.cells) / numbers.points);
  };
}

/** The cells of values in the order of these; an atom comes before the cell that it lies in. */
function cellsInOrder({ cells, points, atoms = new Float64Array() }: NumbersDomain): number[] {
  const keyOf = (cell: number): number =>
    cell < cells ? cell : Math.floor(((atoms[cell - cells] ?? 0) * cells) / points) - 0.5;
  return Array.from({ length: cells + atoms.length }, (_, cell) => cell).sort(
    (a, b) => keyOf(a) - keyOf(b) || a - b,
  );
}

function groupValues(
  column: PreparedColumn,
  cells: Int32Array,
  domain: PublicDomain,
  { groupsMax, floor }: Grouping,
): WeightedCells[] {
  if (column.kind === 'categories') return groupCategories(column, groupsMax);
  const counts = new Int32Array(cellCount(domain));
  for (const row of column.present) counts[cells[row] ?? 0] = (counts[cells[row] ?? 0] ?? 0) + 1;
  const part = Math.max(floor, Math.ceil(column.present.length / groupsMax));
  return groupNumbers(counts, cellsInOrder(domain as NumbersDomain), { part, floor });
}

/** The most frequent ones by themselves, the others as one group. */
function groupCategories({ counts }: PreparedCategories, groupsMax: number): WeightedCells[] {
  const byCount = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const apart = byCount.length <= groupsMax ? byCount.length : groupsMax - 1;
  const parts = [...byCount.slice(0, apart).map((code) => [code]), byCount.slice(apart)];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => ({ cells: part, weights: part.map((code) => counts[code] ?? 0) }));
}

function codesOf(cells: Int32Array, groups: readonly WeightedCells[], size: number): Uint16Array {
  const groupOf = new Uint16Array(size).fill(groups.length);
  for (const [group, { cells: own }] of groups.entries()) for (const cell of own) groupOf[cell] = group;
  return Uint16Array.from(cells, (cell) => groupOf[cell] ?? groups.length);
}

function cellGroups(groups: readonly WeightedCells[]): CellGroups {
  const starts = [0];
  const cumulative: number[] = [];
  for (const { cells, weights } of groups) {
    starts.push((starts.at(-1) ?? 0) + cells.length);
    cumulative.push(...cumulativeRows(Float64Array.from(weights), cells.length));
  }
  return {
    starts: Int32Array.from(starts),
    cells: Int32Array.from(groups.flatMap(({ cells }) => cells)),
    cumulative: Float64Array.from(cumulative),
  };
}
