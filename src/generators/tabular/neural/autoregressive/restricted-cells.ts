import type { Condition } from '../../../generator.js';
import { ConditionError } from '../../condition-error.js';
import { pointOfNumber } from '../../domain/cells-of-column.js';
import { valueCells } from '../../domain/public-domain.js';
import type { NumbersDomain } from '../../domain/public-domain.js';
import type { CellGroups } from '../../network/network-model.js';
import type { AutoregressiveColumn } from './model.js';

/** What a condition leaves of a column. */
export interface Restriction {
  /** The share of each group that meets it; above 0 for at least one. */
  readonly shares: Float64Array;
  /** The share of a cell that meets it. */
  readonly ofCell: (cell: number) => number;
  /** Places on the grid of a number that meet it, both included. */
  readonly points?: { readonly first: number; readonly last: number };
}

/** @throws {ConditionError} when no value that the column can have meets it */
export function restrict(column: AutoregressiveColumn, condition: Condition): Restriction {
  const { name, groups, domain } = column;
  const points =
    domain.kind === 'numbers' && condition !== null && typeof condition !== 'string'
      ? pointsOf(domain, typeof condition === 'number' ? { low: condition, high: condition } : condition)
      : undefined;
  const ofCell = cellShare(column, condition, points);
  const shares = Float64Array.from({ length: groups.starts.length - 1 }, (_, group) =>
    groupShare(groups, group, ofCell),
  );
  if (!shares.some((share) => share > 0))
    throw new ConditionError(name, `no value that was learned is ${JSON.stringify(condition)}`);
  return { shares, ofCell, ...(points ? { points } : {}) };
}

/** The share of a group's cells, by their weights, that `ofCell` leaves. */
export function groupShare(
  { starts, cells, cumulative }: CellGroups,
  group: number,
  ofCell: (cell: number) => number | boolean,
): number {
  const [start, end] = [starts[group] ?? 0, starts[group + 1] ?? 0];
  let sum = 0;
  for (let at = start; at < end; at += 1) {
    const weight = (cumulative[at] ?? 0) - (at === start ? 0 : (cumulative[at - 1] ?? 0));
    sum += weight * Number(ofCell(cells[at] ?? 0));
  }
  const whole = cumulative[end - 1] ?? 0;
  return sum === whole ? 1 : sum / whole;
}

function cellShare(
  { domain }: AutoregressiveColumn,
  condition: Condition,
  points: Restriction['points'],
): (cell: number) => number {
  const missingCell = domain.mayBeMissing ? valueCells(domain) : -1;
  if (condition === null) return (cell) => Number(cell === missingCell);
  if (domain.kind === 'categories') {
    const wanted = typeof condition === 'string' ? domain.values.indexOf(condition) : -1;
    return (cell) => Number(cell === wanted && cell !== missingCell);
  }
  if (!points) return () => 0;
  return (cell) => {
    if (cell === missingCell) return 0;
    const own = pointsOfCell(domain, cell);
    const within = Math.min(own.last, points.last) - Math.max(own.first, points.first) + 1;
    return Math.max(0, within) / (own.last - own.first + 1);
  };
}

/** The places on the grid of the values of a cell, both included. */
export function pointsOfCell(
  { points, cells, atoms }: NumbersDomain,
  cell: number,
): { readonly first: number; readonly last: number } {
  const atom = atoms?.[cell - cells];
  if (cell >= cells && atom !== undefined) return { first: atom, last: atom };
  return {
    first: Math.ceil((cell * points) / cells),
    last: Math.max(Math.ceil((cell * points) / cells), Math.ceil(((cell + 1) * points) / cells) - 1),
  };
}

/** The places whose values lie from `low` to `high`; none where `first` is above `last`. */
function pointsOf(
  domain: NumbersDomain,
  { low, high }: { readonly low: number; readonly high: number },
): { readonly first: number; readonly last: number } {
  const valueAt = (point: number): number => valueOfPoint(domain, point);
  let first = Number.isFinite(low) ? pointOfNumber(domain, low) : 0;
  if (valueAt(first) < low) first += 1;
  let last = Number.isFinite(high) ? pointOfNumber(domain, high) : domain.points - 1;
  if (valueAt(last) > high) last -= 1;
  return last >= domain.points || first >= domain.points || last < 0
    ? { first: 1, last: 0 }
    : { first, last };
}

/** The value of a place on the grid; never -0. */
export function valueOfPoint({ first, step = 1, decimals }: NumbersDomain, point: number): number {
  const place = first + step * point;
  return place === 0 ? 0 : place / 10 ** decimals;
}
