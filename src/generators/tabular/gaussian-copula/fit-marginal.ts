import type { PreparedNumbers } from '../guards/prepared-column.js';
import { empiricalMarginal } from './empirical-marginal.js';
import type { CategoryMarginal, NoMarginal, NumberMarginal } from './marginal.js';
import { distanceOf, parametricMarginal, parametricNames } from './parametric-marginal.js';
import type { CopulaParameters } from './parameters.js';

/** The law of a column in the given rows, which all have a value. */
export function fitNumberMarginal(
  { schema, values, bounds, common }: PreparedNumbers,
  rows: Int32Array,
  parameters: CopulaParameters,
): NumberMarginal | NoMarginal {
  if (rows.length === 0) return { kind: 'none' };
  const sorted = Float64Array.from(rows, (row) => values[row] ?? NaN).sort();
  const choice = parameters.marginals[schema.name] ?? parameters.marginal;
  const { knotRows } = parameters;
  const isConstant = sorted[0] === sorted.at(-1);
  // A class of few rows lends no parameters either: its values go into the gaps between the common ones.
  if (choice === 'empirical' || isConstant || sorted.length < knotRows)
    return empiricalMarginal(sorted, { isCommon: (value) => common.has(value), knotRows, bounds });
  if (choice !== 'best-fit') return parametricMarginal(choice, sorted, bounds);
  const candidates = parametricNames.map((name) => parametricMarginal(name, sorted, bounds));
  const distances = candidates.map((candidate) => distanceOf(candidate, sorted));
  const best = candidates[distances.indexOf(Math.min(...distances))];
  if (!best) throw new RangeError(`Column "${schema.name}": no distribution fits.`);
  return best;
}

/** @param order the codes in the order of their stretches; those without rows are left out */
export function categoryMarginal(
  order: readonly number[],
  counts: Int32Array,
): CategoryMarginal | NoMarginal {
  const present = order.filter((code) => (counts[code] ?? 0) > 0);
  const total = present.reduce((sum, code) => sum + (counts[code] ?? 0), 0);
  if (total === 0) return { kind: 'none' };
  let rows = 0;
  const cumulative = Float64Array.from(present, (code) => {
    rows += counts[code] ?? 0;
    return rows / total;
  });
  return { kind: 'categories', order: Int32Array.from(present), cumulative };
}

export function countsIn(codes: Int32Array, rows: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const row of rows) {
    const code = codes[row] ?? 0;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
