import { categoryCoverage } from '../../fidelity/columns/category-coverage.js';
import { missingValueSimilarity } from '../../fidelity/columns/missing-value-similarity.js';
import { rangeCoverage } from '../../fidelity/columns/range-coverage.js';
import { statisticSimilarity } from '../../fidelity/columns/statistic-similarity.js';
import type { Statistic } from '../../fidelity/columns/statistic-similarity.js';
import type { ComparedVariable } from '../../fidelity/quality/compared-variable.js';
import { meanScore, notApplicable } from '../../score.js';
import type { Score } from '../../score.js';
import type { TableMeasure } from '../report-measure.js';

type Compared<Kind extends ComparedVariable['kind']> = Extract<ComparedVariable, { kind: Kind }>;

const measure = (
  rest: Pick<TableMeasure, 'name' | 'title' | 'meaning'>,
  scoreOne: (variable: ComparedVariable) => Score | null,
): TableMeasure => ({
  scope: 'table',
  section: 'columns',
  direction: 'higher',
  range: '0 to 1',
  source: 'SDMetrics 0.29',
  ...rest,
  find: ({ variables }) => {
    const scores = variables.flatMap((variable) => scoreOne(variable) ?? []);
    if (scores.length === 0) return { score: notApplicable('There is no column of the kind it looks at.') };
    return { score: meanScore(scores, 'No column of the kind it looks at could be compared.') };
  },
});

const ofNumbers =
  (score: (variable: Compared<'continuous'>) => Score) =>
  (variable: ComparedVariable): Score | null =>
    variable.kind === 'continuous' ? score(variable) : null;

const ofCategories =
  (score: (variable: Compared<'discrete'>) => Score) =>
  (variable: ComparedVariable): Score | null =>
    variable.kind === 'discrete' ? score(variable) : null;

const statistic = (which: Statistic): ((variable: ComparedVariable) => Score | null) =>
  ofNumbers(({ real, synthetic }) => statisticSimilarity(which, real, synthetic).score);

/** Means over the columns of what SDMetrics measures of one column; each column's own figure is in the report too. */
export const columnMeasures: readonly TableMeasure[] = [
  measure(
    {
      name: 'missing-value-similarity',
      title: 'Missing values',
      meaning: 'Whether as many values are missing as in the real data, averaged over the columns.',
    },
    ({ real, synthetic }) => missingValueSimilarity(real, synthetic),
  ),
  measure(
    {
      name: 'category-coverage',
      title: 'Categories covered',
      meaning:
        'The share of real categories that occur in the synthetic data; rare ones are meant to be missing.',
    },
    ofCategories(({ real, synthetic }) => categoryCoverage(real, synthetic)),
  ),
  measure(
    {
      name: 'range-coverage',
      title: 'Range covered',
      meaning:
        'How much of the span from lowest to highest real value is reached; extremes are meant to be missing.',
    },
    ofNumbers(({ real, synthetic }) => rangeCoverage(real, synthetic)),
  ),
  measure(
    {
      name: 'statistic-similarity-mean',
      title: 'Means',
      meaning: 'How close the means of number columns are, in units of the real range.',
    },
    statistic('mean'),
  ),
  measure(
    {
      name: 'statistic-similarity-median',
      title: 'Medians',
      meaning: 'How close the medians of number columns are, in units of the real range.',
    },
    statistic('median'),
  ),
  measure(
    {
      name: 'statistic-similarity-std',
      title: 'Standard deviations',
      meaning: 'How close the spreads of number columns are, in units of the real range.',
    },
    statistic('std'),
  ),
];
