import type { DetailTable } from '../details/detail-table.js';
import { scoreOf } from '../score.js';
import type { Score } from '../score.js';
import type { ComparedCoefficient, Estimate } from './coefficients.js';
import type { GridCell } from './cross-validation.js';
import type { ColumnImportance } from './importances.js';
import type { LeftOutVariable } from './leave-one-out.js';

const section = 'use in models';

export function gridTable(cells: readonly GridCell[]): DetailTable {
  return {
    section,
    title: 'Random forests by criterion and features for each split',
    note: 'Mean macro F1 of ten folds, within the real and within the synthetic rows.',
    headings: ['Criterion', 'Features for each split', 'Real', 'Synthetic', 'Difference'],
    rows: cells.map(({ criterion, maxFeatures, real, synthetic }) => [
      criterion,
      maxFeatures,
      ...[real, synthetic, synthetic - real].map((value) => scoreOf(value)),
    ]),
  };
}

export function coefficientTable(found: readonly ComparedCoefficient[]): DetailTable {
  const estimate = ({ value, interval }: Estimate): Score => ({
    value,
    interval: { ...interval, level: 0.95 },
  });
  return {
    section,
    title: 'Coefficients of the same regression',
    note: 'In units of the real standard deviation; categories are numbered by frequency, the first being the base. Overlap 1 is the same interval, below 0 nothing in common.',
    headings: ['Coefficient', 'Real', 'Synthetic', 'Overlap', 'Same direction'],
    rows: found.map(({ name, real, synthetic, overlap }) => [
      name,
      estimate(real),
      estimate(synthetic),
      scoreOf(overlap),
      real.value * synthetic.value > 0 ? 'yes' : 'no',
    ]),
  };
}

export function leftOutTable(found: readonly LeftOutVariable[]): DetailTable {
  return {
    section,
    title: 'Each column predicted from the others',
    note: 'Error on the held-out rows: 1 less the AUC of a category, the root mean squared error of a number. Columns that cannot be predicted (constant, or of more than 20 categories) are left out.',
    headings: ['Column', 'Error, learned from real', 'Error, learned from synthetic', 'Relative difference'],
    rows: found.map(({ column, realError, syntheticError, relativeError }) => [
      column,
      ...[realError, syntheticError, relativeError].map((value) => scoreOf(value)),
    ]),
  };
}

export function importanceTable(found: readonly ColumnImportance[]): DetailTable {
  const sorted = [...found].sort((one, other) => other.real - one.real);
  return {
    section,
    title: 'How much each column matters',
    note: 'What gradient boosting loses on the held-out rows (AUC of classes, R squared of numbers) when a column is shuffled.',
    headings: ['Column', 'Learned from real', 'Learned from synthetic'],
    rows: sorted.map(({ column, real, synthetic }) => [column, scoreOf(real), scoreOf(synthetic)]),
  };
}
