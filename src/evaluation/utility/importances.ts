import { averageRanks } from '../../core/statistics/average-ranks.js';
import { shuffledRows } from '../../core/random/draw-rows.js';
import { pearson } from '../fidelity/pairs/correlation.js';
import { gatherRows } from '../fidelity/variable.js';
import type { Predictor } from './models/learner.js';
import { evenWeights, judgeOf } from './scores/judge.js';
import type { TrainTest } from './train-test.js';
import type { UtilityTask } from './utility-task.js';

/** How much worse the two models of one kind predict held-out rows when one column is shuffled. */
export interface ColumnImportance {
  readonly column: string;
  readonly real: number;
  readonly synthetic: number;
}

const repeats = 5;

/** Permutation importances (Breiman 2001) of boosting by AUC or R squared: each the mean of five shuffles. */
export function importancesOf(
  { holdout, columns, random, kind }: UtilityTask,
  { predictors }: TrainTest,
): ColumnImportance[] {
  const skill = (predict: Predictor, variables: typeof holdout.predictors): number => {
    const scores = judgeOf(
      predict(variables, holdout.rowCount),
      holdout.target,
    )(evenWeights(holdout.rowCount));
    return kind === 'classes' ? scores.auc : scores.r2;
  };
  const models = [predictors.real, predictors.synthetic];
  const whole = models.map((predict) => skill(predict, holdout.predictors));
  return columns.map((column, at) => {
    const lost = [0, 0];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const order = shuffledRows(
        holdout.rowCount,
        random.fork('importance').fork(column).fork(String(repeat)),
      );
      const moved = holdout.predictors.map((variable, place) =>
        place === at ? gatherRows(variable, order) : variable,
      );
      models.forEach(
        (predict, one) => (lost[one] = (lost[one] ?? 0) + (whole[one] ?? NaN) - skill(predict, moved)),
      );
    }
    return { column, real: (lost[0] ?? NaN) / repeats, synthetic: (lost[1] ?? NaN) / repeats };
  });
}

/** Spearman's rank correlation of the importances, -1 to 1; NaN when one of the models finds all alike. */
export function importanceAgreement(found: readonly ColumnImportance[]): number {
  const [real, synthetic] = (['real', 'synthetic'] as const).map((side) =>
    averageRanks(Float64Array.from(found, (one) => one[side])),
  );
  return real && synthetic ? pearson(real, synthetic) : NaN;
}
