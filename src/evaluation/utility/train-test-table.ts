import type { DetailTable } from '../details/detail-table.js';
import type { Score } from '../score.js';
import type { ScoreName } from './scores/judge.js';
import { scoreWithInterval } from './train-test.js';
import type { Judged, TrainTest } from './train-test.js';
import type { UtilityTask } from './utility-task.js';

const scores = {
  classes: { auc: 'AUC', f1: 'Macro F1', brier: 'Brier score', slope: 'Calibration slope' },
  values: { rmse: 'Root mean squared error', r2: 'R squared' },
} as const satisfies Record<UtilityTask['kind'], Partial<Record<ScoreName, string>>>;

const trials = [
  ['realOnReal', 'real, tested on held-out real rows (TRTR)'],
  ['syntheticOnReal', 'synthetic, tested on held-out real rows (TSTR)'],
  ['realOnSynthetic', 'real, tested on synthetic rows (TRTS)'],
] as const;

/** Every model, every way to train and test it, every figure with its interval. */
export function trainTestTable({ kind }: UtilityTask, found: readonly TrainTest[]): DetailTable {
  const columns = Object.entries(scores[kind]) as [ScoreName, string][];
  const cells = (judged: Judged): Score[] => columns.map(([name]) => scoreWithInterval(judged, name));
  return {
    section: 'use in models',
    title: 'Models trained on real and on synthetic rows',
    note: 'Each kind of model learned once from the real and once from the synthetic rows, with the same settings, and was tested on rows that neither has seen. Intervals are of 200 bootstrap samples of the tested rows.',
    headings: ['Model', 'Learned from', ...columns.map(([, title]) => title)],
    rows: found.flatMap((one) => trials.map(([trial, words]) => [one.model, words, ...cells(one[trial])])),
  };
}
