import { percentText, plural } from '../figure.js';
import type { Measure } from '../measure.js';
import { noScore, scoreOf } from '../score.js';
import { importanceAgreement } from './importances.js';
import type { ColumnImportance } from './importances.js';
import { pairedScore } from './train-test.js';
import { scoreText, utilityMeasure } from './utility-measure.js';
import { augmentationOf, coefficientsOf, gridOf, importancesOfModels, leftOutOf, taskOf } from './utility.js';

/** Whether models of synthetic rows say the same as models of real rows. */
export const modelAgreementMeasures: readonly Measure[] = [
  utilityMeasure({
    name: 'forest-grid-difference',
    title: 'Random forests by criterion and features, cross-validated',
    direction: 'lower',
    targetKind: 'classes',
    range: '0 to 1',
    source: 'Seed study grid: Gini or entropy by sqrt, log2 or all features, 10 folds, macro F1',
    meaning:
      'How far the accuracy that somebody with the synthetic data alone would report is from that of the real data, on average over the settings of a random forest.',
    find: async (context) => {
      const cells = await gridOf(context);
      const difference =
        cells.reduce((sum, cell) => sum + Math.abs(cell.real - cell.synthetic), 0) / cells.length;
      const best = (side: 'real' | 'synthetic'): string => {
        const [cell] = [...cells].sort((one, other) => other[side] - one[side]);
        return cell
          ? `${cell.criterion} with ${cell.maxFeatures} features (F1 ${scoreText(scoreOf(cell[side]))})`
          : '';
      };
      return {
        score: scoreOf(difference, 'A forest could not be judged.'),
        explanation: `Over ${cells.length} settings of a random forest the cross-validated F1 within the synthetic data is ${scoreText(scoreOf(difference))} from that within the real data. Best on real: ${best('real')}; best on synthetic: ${best('synthetic')}.`,
      };
    },
  }),
  utilityMeasure({
    name: 'coefficient-overlap',
    title: 'Regression coefficients',
    direction: 'higher',
    range: '1 and less',
    source: 'Karr et al. 2006, The American Statistician (confidence interval overlap)',
    meaning:
      'How much the intervals of regression coefficients from synthetic records have in common with those from real records; 1 is the same, below 0 nothing.',
    find: async (context) => {
      const found = await coefficientsOf(context);
      const mean = found.reduce((sum, { overlap }) => sum + overlap, 0) / found.length;
      const agreeing = found.filter(({ real, synthetic }) => real.value * synthetic.value > 0).length;
      return {
        score: scoreOf(mean),
        explanation: `The 95 % intervals of ${plural(found.length, 'coefficient')} of the same regression overlap by ${scoreText(scoreOf(mean))} on average between synthetic and real data (1 is the same, below 0 is apart); ${percentText(agreeing / found.length)} point the same way.`,
      };
    },
  }),
  utilityMeasure({
    name: 'lovo-relative-error',
    title: 'Each column predicted from the others',
    direction: 'lower',
    range: '-1 and more',
    source: 'Leave one variable out; gradient boosting on the holdout',
    meaning:
      'By what share a model that learned from synthetic records errs more than one that learned from real records, each column in turn being predicted from all others; the median column.',
    find: async (context) => {
      const found = await leftOutOf(context);
      const sorted = found.map(({ relativeError }) => relativeError).sort((one, other) => one - other);
      const middle = ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
      const worse = sorted.filter((error) => error > 0.1).length;
      return {
        score: scoreOf(middle),
        explanation: `Each of ${plural(found.length, 'column')} was predicted from all others on people held out: learning from synthetic instead of real data adds a share of ${scoreText(scoreOf(middle))} to the error of the median column; of ${plural(worse, 'column')} more than a tenth.`,
      };
    },
  }),
  utilityMeasure({
    name: 'importance-agreement',
    title: 'Which columns matter',
    direction: 'higher',
    range: '-1 to 1',
    source: 'Permutation importance (Breiman 2001), Spearman rank correlation',
    meaning:
      'Whether the columns that matter to a model that learned from synthetic records are those that matter to one that learned from real records; 1 is the same order.',
    find: async (context) => {
      const found = await importancesOfModels(context);
      if (found.length < 3)
        return {
          score: noScore('With fewer than three columns there is no order to compare.'),
          explanation: '',
        };
      const agreement = scoreOf(importanceAgreement(found), 'One of the models finds all columns alike.');
      const top = Math.min(5, found.length - 1);
      return {
        score: agreement,
        explanation: `The order of columns by how much they matter agrees by ${scoreText(agreement)} between gradient boosting of synthetic and of real data (1 is the same order); of the ${top} that matter most, ${sharedTop(found, top)} are the same.`,
      };
    },
  }),
  utilityMeasure({
    name: 'augmentation-gain',
    title: 'Synthetic records added to real ones',
    direction: 'higher',
    range: '-1 to 1',
    source: 'Gradient boosting on the holdout; AUC of classes, R squared of numbers',
    meaning:
      'Whether a model gets better or worse on real patients when synthetic records are added to the real ones.',
    find: async (context) => {
      const { alone, together } = await augmentationOf(context);
      const { kind } = await taskOf(context);
      const score = pairedScore(
        alone,
        together,
        kind === 'classes' ? 'auc' : 'r2',
        (real, both) => both - real,
      );
      return {
        score,
        explanation: `Adding the synthetic to the real records changes the ${kind === 'classes' ? 'AUC' : 'R squared'} of gradient boosting on people held out by ${scoreText(score)}.`,
      };
    },
  }),
];

function sharedTop(found: readonly ColumnImportance[], count: number): number {
  const top = (side: 'real' | 'synthetic'): string[] =>
    [...found]
      .sort((one, other) => other[side] - one[side])
      .slice(0, count)
      .map(({ column }) => column);
  const real = new Set(top('real'));
  return top('synthetic').filter((column) => real.has(column)).length;
}
