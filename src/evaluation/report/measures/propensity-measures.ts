import { drawRows } from '../../../core/random/draw-rows.js';
import {
  detectionAreas,
  detectionFeatureCount,
  detectionScore,
  stratifiedFolds,
} from '../../fidelity/propensity/logistic-detection.js';
import { bothTables, discrimination, permutedPmse } from '../../fidelity/propensity/tree-propensity.js';
import type { BothTables, Discrimination } from '../../fidelity/propensity/tree-propensity.js';
import { compareVariable } from '../../fidelity/quality/compared-variable.js';
import type { ComparedVariable } from '../../fidelity/quality/compared-variable.js';
import { gatherRows } from '../../fidelity/variable.js';
import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import type { MeasuredFigure, TableMeasure } from '../report-measure.js';
import { rowsOf } from '../table-comparison.js';
import type { TableComparison } from '../table-comparison.js';

type Described = Omit<TableMeasure, 'scope' | 'section' | 'direction' | 'find'>;
const measure = (
  rest: Described,
  find: (both: BothTables, table: TableComparison) => MeasuredFigure,
): TableMeasure => ({
  ...{ scope: 'table', section: 'whole records', direction: 'lower' },
  ...rest,
  find: (table) => {
    const both = bothTables(table.variables, table.random.fork('trees'));
    return both
      ? find(both, table)
      : { score: noScore('There are fewer than 50 records of a table, or no column.') };
  },
});

function ratioTo(model: 'cart' | 'boosting') {
  return (both: BothTables, { random }: TableComparison): MeasuredFigure => {
    const { pmse, nullMean } = permutedPmse(both, model, random.fork(`pmse of ${model}`));
    return {
      score: scoreOf(pmse / nullMean, 'A model of these columns tells nothing apart, whatever the labels.'),
      reference: { label: 'labels shuffled', score: { value: 1 } },
    };
  };
}

const found = new WeakMap<TableComparison, Discrimination>();

/** Three measures look at the same folds. */
function told(pick: (told: Discrimination) => number) {
  return (both: BothTables, table: TableComparison): MeasuredFigure => {
    const known = found.get(table) ?? discrimination(both, table.random.fork('discrimination'));
    found.set(table, known);
    return { score: scoreOf(pick(known)) };
  };
}

/** Rows of each table, and features, that the model of SDMetrics is fitted on. */
const detectionRowsMax = 2_000;
const detectionFeaturesMax = 150;
/** Each fold is to have some rows of each table. */
const detectionRowsMin = 10;

/** Yes/no columns are left out, as SDMetrics leaves them out. */
function isBoolean(variable: ComparedVariable): boolean {
  return (
    variable.kind === 'discrete' &&
    variable.real.dictionary.every((category) => /^(true|false)$/i.test(category))
  );
}

function detection({ variables, random }: TableComparison): Score {
  const used = variables.filter((variable) => !isBoolean(variable));
  const [real, synthetic] = [rowsOf(used, 'real'), rowsOf(used, 'synthetic')];
  if (Math.min(real, synthetic) < detectionRowsMin)
    return noScore(`There are fewer than ${detectionRowsMin} records of a table, or no column.`);
  if (detectionFeatureCount(used) > detectionFeaturesMax)
    return noScore('There are too many columns and categories for this model.');
  const stream = random.fork('detection');
  const rows = drawRows(real, detectionRowsMax, stream.fork('real'));
  const made = drawRows(synthetic, detectionRowsMax, stream.fork('synthetic'));
  const sampled = used.flatMap(
    (one) => compareVariable(one.name, gatherRows(one.real, rows), gatherRows(one.synthetic, made)) ?? [],
  );
  const areas = detectionAreas(sampled, stratifiedFolds(rows.length, made.length, stream.fork('folds')));
  return scoreOf(detectionScore(areas), 'A fold has records of one table alone.');
}

/** Whether models that see interactions tell synthetic from real records. */
export const propensityMeasures: readonly TableMeasure[] = [
  {
    ...{ scope: 'table', section: 'whole records', direction: 'higher', isControlled: true },
    name: 'logistic-detection',
    title: 'Logistic detection',
    range: '0 to 1',
    source: 'SDMetrics 0.29 LogisticDetection, folds drawn by the seed',
    meaning:
      'One less how far a linear model tells synthetic from real records; 1 is not at all. It is near 1 even for columns drawn one by one, so it clears nothing; it is here because published figures use it.',
    find: (table) => ({ score: detection(table) }),
  },
  measure(
    {
      name: 'propensity-pmse-ratio-cart',
      title: 'pMSE of a tree over its expectation',
      range: '0 and more',
      source: 'Raab, Nowok, Dibben 2021; null by 20 permutations',
      meaning:
        'How far a decision tree, which sees interactions, tells synthetic from real records, in units of what it finds when records are labelled at random; 1 is as good as it gets.',
    },
    ratioTo('cart'),
  ),
  measure(
    {
      name: 'propensity-pmse-ratio-boosting',
      title: 'pMSE of boosting over its expectation',
      range: '0 and more',
      source: 'Raab, Nowok, Dibben 2021, with gradient boosting; null by 5 permutations',
      meaning:
        'The same of gradient boosting, which sees more: near 1 is as good as it gets, several times that is told apart.',
    },
    ratioTo('boosting'),
  ),
  measure(
    {
      name: 'propensity-auc-boosting',
      title: 'Boosting tells synthetic from real',
      range: '0 to 1',
      source: 'Lopez-Paz and Oquab 2017 (classifier two-sample test), five folds',
      meaning:
        'How often gradient boosting ranks a synthetic record that it has not seen above a real one; 0.5 is chance, below it the candidate keeps closer to its sample than new people do.',
    },
    told(({ auc }) => auc),
  ),
  measure(
    {
      name: 'specks',
      title: 'SPECKS',
      range: '0 to 1',
      source: 'Bowen, Liu, Su 2021 (Kolmogorov-Smirnov of propensity scores); boosting, five folds',
      meaning:
        'How far apart the scores lie that gradient boosting gives to synthetic and to real records; 0 is together.',
    },
    told(({ specks }) => specks),
  ),
  measure(
    {
      name: 'po50',
      title: 'Records told apart beyond half',
      range: '0 to 50',
      source: 'Raab, Nowok, Dibben 2021 (PO50); boosting, five folds',
      meaning:
        'By how many per cent beyond one half gradient boosting names rightly which records are synthetic.',
    },
    told(({ po50 }) => po50),
  ),
];
