import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';

/** Numbers as doubles, dates and date-times in nanoseconds since 1970-01-01T00:00Z; NaN where the cell is missing. */
export interface ContinuousVariable {
  readonly kind: 'continuous';
  readonly values: Float64Array;
}

/** A code is a place in the dictionary; -1 where the cell is missing. */
export interface DiscreteVariable {
  readonly kind: 'discrete';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type Variable = ContinuousVariable | DiscreteVariable;

const nanosecondsPerDay = 86_400e9;
const nanosecondsPerMillisecond = 1e6;

/** A column as the measures read it; null for identifiers and free text, which are not compared. */
export function toVariable(column: Column): Variable | null {
  switch (column.kind) {
    case 'number':
      return continuous(column.values, column.missing, 1);
    case 'date':
      return continuous(column.values, column.missing, nanosecondsPerDay);
    case 'datetime':
      return continuous(column.values, column.missing, nanosecondsPerMillisecond);
    case 'category': {
      const { dictionary, missing } = column;
      const codes = column.codes.map((code, row) => (isMissing(missing, row) ? -1 : code));
      return { kind: 'discrete', codes, dictionary };
    }
    case 'text':
      return null;
  }
}

function continuous(cells: Float64Array | Int32Array, missing: Uint8Array, unit: number): ContinuousVariable {
  const values = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    values[row] = isMissing(missing, row) ? NaN : (cells[row] ?? NaN) * unit;
  }
  return { kind: 'continuous', values };
}

export function rowCountOf(variable: Variable): number {
  return variable.kind === 'continuous' ? variable.values.length : variable.codes.length;
}

/** How many cells are missing. */
export function missingCountOf(variable: Variable): number {
  let count = 0;
  if (variable.kind === 'continuous') for (const value of variable.values) count += value !== value ? 1 : 0;
  else for (const code of variable.codes) count += code < 0 ? 1 : 0;
  return count;
}

/** The values that are there, in row order. */
export function presentOf({ values }: ContinuousVariable): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (const value of values) {
    if (value !== value) continue;
    present[count] = value;
    count += 1;
  }
  return present.subarray(0, count);
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Smallest and largest value; null when there is none. */
export function rangeOf({ values }: ContinuousVariable): Range | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : null;
}

/** Cells by code; the count of missing cells comes last. */
export function codeCounts({ codes, dictionary }: DiscreteVariable): Float64Array {
  const counts = new Float64Array(dictionary.length + 1);
  for (const code of codes) {
    const place = code < 0 ? dictionary.length : code;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** The same rows in another order or choice. */
export function gatherRows<Kind extends Variable>(variable: Kind, rows: Int32Array): Kind;
export function gatherRows(variable: Variable, rows: Int32Array): Variable {
  if (variable.kind === 'continuous') {
    const values = new Float64Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) values[at] = variable.values[rows[at] ?? 0] ?? NaN;
    return { kind: 'continuous', values };
  }
  const codes = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) codes[at] = variable.codes[rows[at] ?? 0] ?? -1;
  return { ...variable, codes };
}

/** The rows of one table and then those of the other; a column of another kind there adds nothing. */
export function joinRows(first: Variable, second: Variable): Variable {
  if (first.kind === 'continuous' && second.kind === 'continuous') {
    const values = new Float64Array(first.values.length + second.values.length);
    values.set(first.values);
    values.set(second.values, first.values.length);
    return { kind: 'continuous', values };
  }
  if (first.kind === 'continuous' || second.kind === 'continuous') return first;
  const places = new Map(first.dictionary.map((category, place) => [category, place]));
  for (const category of second.dictionary) if (!places.has(category)) places.set(category, places.size);
  const moved = second.codes.map((code) =>
    code < 0 ? -1 : (places.get(second.dictionary[code] ?? '') ?? -1),
  );
  const codes = new Int32Array(first.codes.length + moved.length);
  codes.set(first.codes);
  codes.set(moved, first.codes.length);
  return { kind: 'discrete', codes, dictionary: [...places.keys()] };
}
