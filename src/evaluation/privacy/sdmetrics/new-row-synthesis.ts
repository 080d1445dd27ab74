import type { ComparedVariable } from '../../fidelity/quality/compared-variable.js';
import { rowCountOf } from '../../fidelity/variable.js';
import { noScore } from '../../score.js';
import type { Score } from '../../score.js';

export interface NewRows {
  /** Share of synthetic rows that match no real row, 0 to 1. */
  readonly score: Score;
  readonly newRows: number;
  readonly matchedRows: number;
}

type Continuous = Extract<ComparedVariable, { kind: 'continuous' }>;

/**
 * SDMetrics 0.29 NewRowSynthesis: a synthetic row matches a real one when every category is equal and every number is
 * within `tolerance` of the synthetic number's own size (so a date's tolerance is a share of the time since 1970, and
 * that of 0 is nothing). Missing matches missing.
 */
export function newRowSynthesis(variables: readonly ComparedVariable[], tolerance: number): NewRows {
  const [first] = variables;
  const rows = first ? rowCountOf(first.synthetic) : 0;
  if (!first || rows === 0)
    return { score: noScore('There is no synthetic row.'), newRows: 0, matchedRows: 0 };
  const categorical = variables.filter((variable) => variable.kind === 'discrete');
  const numeric = variables.filter((variable) => variable.kind === 'continuous');
  const keyOf = (side: 'real' | 'synthetic', row: number): string =>
    categorical.map(({ codes }) => codes[side].codes[row]).join(' ');
  const realRows = new Map<string, number[]>();
  for (let row = 0; row < rowCountOf(first.real); row += 1) {
    const key = keyOf('real', row);
    const alike = realRows.get(key);
    if (alike) alike.push(row);
    else realRows.set(key, [row]);
  }
  let matchedRows = 0;
  for (let row = 0; row < rows; row += 1) {
    const candidates = realRows.get(keyOf('synthetic', row)) ?? [];
    if (candidates.some((other) => numbersMatch(numeric, row, other, tolerance))) matchedRows += 1;
  }
  return { score: { value: 1 - matchedRows / rows }, newRows: rows - matchedRows, matchedRows };
}

function numbersMatch(
  columns: readonly Continuous[],
  row: number,
  other: number,
  tolerance: number,
): boolean {
  return columns.every(({ real, synthetic }) => {
    const [found, wanted] = [synthetic.values[row] ?? NaN, real.values[other] ?? NaN];
    if (Number.isNaN(found) || Number.isNaN(wanted)) return Number.isNaN(found) && Number.isNaN(wanted);
    return Math.abs(found - wanted) <= Math.abs(tolerance * found);
  });
}
