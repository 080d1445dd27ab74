import type { Random } from '../../../core/random/random.js';
import type { ColumnSchema } from '../../../core/schema/schema.js';
import type { MissingBitmap } from '../../../core/table/table.js';
import type { GuardFloors } from './guard-floors.js';
import type { PreparedNumbers } from './prepared-column.js';
import { subjectsByKey } from './subject-counts.js';
import type { TailGuard } from './tail-bounds.js';
import { decimalsBySubject, findValueGrid } from './value-grid.js';

export interface NumbersToPrepare {
  readonly schema: ColumnSchema;
  readonly values: ArrayLike<number>;
  readonly missing: MissingBitmap;
  /** The rows that have a value, ascending; at least one. */
  readonly present: Int32Array;
}

export interface Guarding {
  readonly parameters: GuardFloors;
  readonly random: Random;
  readonly guardTails: TailGuard;
  /** The subject of each row, where subjects have several: every floor counts them then. */
  readonly subjects?: Int32Array;
}

/** Guards the tails and tells the common values from the rare ones. */
export function prepareNumbers(
  { schema, values: source, missing, present }: NumbersToPrepare,
  { parameters, random, guardTails, subjects }: Guarding,
): PreparedNumbers {
  const values = Float64Array.from(source);
  const order = present.slice().sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const found = Float64Array.from(order, (row) => values[row] ?? NaN);
  const { valueFloor, tailCount } = parameters;
  const declared = schema.type === 'number' ? schema.decimals : 0;
  const decimals = declared ?? (subjects && decimalsBySubject(values, present, subjects, valueFloor));
  const grid = findValueGrid(found, valueFloor, decimals);
  const bySubject = subjects ? { subjects } : {};
  const bounds = guardTails({ values, order, tailCount, grid, random, ...bySubject });
  const ascending = countValues(values, present);
  const places = new Map(ascending.map(([value], place) => [value, place]));
  const placeOf = (row: number): number => places.get(values[row] ?? NaN) ?? 0;
  const people = subjectsByKey(present, placeOf, ascending.length, subjects);
  const common = new Map(ascending.filter((_, place) => (people[place] ?? 0) >= valueFloor));
  let rare = ascending.filter(([value]) => !common.has(value)).map(([value]) => value);
  // One rare value has no neighbour to hide among.
  if (rare.length === 1) {
    moveTo(values, present, rare[0] ?? NaN, nearest([...common.keys()], rare[0] ?? NaN));
    rare = [];
  }
  return {
    kind: 'numbers',
    schema,
    missing,
    present,
    values,
    sorted: Float64Array.from(present, (row) => values[row] ?? NaN).sort(),
    bounds,
    grid,
    common,
    rare: Float64Array.from(rare),
  };
}

/** Each value with its rows, ascending. */
function countValues(values: Float64Array, present: Int32Array): [value: number, rows: number][] {
  const counts = new Map<number, number>();
  for (const row of present) {
    const value = values[row] ?? NaN;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

function moveTo(values: Float64Array, present: Int32Array, from: number, to: number): void {
  for (const row of present) if (values[row] === from) values[row] = to;
}

function nearest(candidates: readonly number[], value: number): number {
  let best = candidates[0] ?? value;
  for (const candidate of candidates)
    if (Math.abs(candidate - value) < Math.abs(best - value)) best = candidate;
  return best;
}
