import type { Score } from '../score.js';
import { boosting, forest } from './models/tree-learners.js';
import { linear } from './models/linear-learner.js';
import type { Learner, Predictor } from './models/learner.js';
import type { ModelRows } from './models/model-rows.js';
import { bootstrapScore, bootstrapWeights } from './scores/bootstrap.js';
import { evenWeights, judgeOf } from './scores/judge.js';
import type { Judge, ModelScores, ScoreName } from './scores/judge.js';
import type { UtilityTask } from './utility-task.js';

/** A model learned from one table and judged on another, with its replicates. */
export interface Judged {
  readonly scores: ModelScores;
  readonly replicates: readonly ModelScores[];
}

/** One kind of model learned from real and from synthetic rows. */
export interface TrainTest {
  readonly model: string;
  /** Real rows learned from, held-out rows predicted (TRTR). */
  readonly realOnReal: Judged;
  /** Synthetic rows learned from, the same held-out rows predicted (TSTR). */
  readonly syntheticOnReal: Judged;
  /** Real rows learned from, synthetic rows predicted (TRTS). */
  readonly realOnSynthetic: Judged;
  readonly predictors: { readonly real: Predictor; readonly synthetic: Predictor };
}

const learners: readonly Learner[] = [linear, forest, boosting];

/**
 * Trains each kind of model on real and on synthetic rows and tests both on the same rows held out (Esteban, Hyland,
 * Rätsch 2017, arXiv 1706.02633). Both see the same bootstrap replicates, so their difference has an interval of its own.
 */
export function trainAndTest(task: UtilityTask, signal?: AbortSignal): TrainTest[] {
  const { train, candidate, holdout, random } = task;
  const onHoldout = bootstrapWeights(holdout.rowCount, random.fork('bootstrap of holdout'));
  const onCandidate = bootstrapWeights(candidate.rowCount, random.fork('bootstrap of candidate'));
  return learners.map((learner) => {
    signal?.throwIfAborted();
    const model = learner.name[task.kind];
    const real = learner.learn(train, random.fork(`${model}, real`));
    signal?.throwIfAborted();
    const synthetic = learner.learn(candidate, random.fork(`${model}, synthetic`));
    return {
      model,
      realOnReal: judgeOn(real, holdout, onHoldout),
      syntheticOnReal: judgeOn(synthetic, holdout, onHoldout),
      realOnSynthetic: judgeOn(real, candidate, onCandidate),
      predictors: { real, synthetic },
    };
  });
}

export function judgeOn(predict: Predictor, rows: ModelRows, weights: readonly Float64Array[]): Judged {
  const judge: Judge = judgeOf(predict(rows.predictors, rows.rowCount), rows.target);
  return { scores: judge(evenWeights(rows.rowCount)), replicates: weights.map(judge) };
}

const reasons: Readonly<Record<ScoreName, string>> = {
  auc: 'The rows it is judged on are all of one class.',
  f1: 'The rows it is judged on have no class.',
  brier: 'The rows it is judged on have no class.',
  slope:
    'A calibration slope needs two classes that the model does not part without error, and predictions that vary.',
  rmse: 'The errors are too large for the arithmetic.',
  r2: 'The target does not vary in the rows it is judged on.',
};

/** One figure of a judged model, with its interval. */
export function scoreWithInterval({ scores, replicates }: Judged, name: ScoreName): Score {
  return bootstrapScore(
    scores[name],
    replicates.map((one) => one[name]),
    reasons[name],
  );
}

/** `combine` of one figure of two models judged on the same rows, over the same replicates. */
export function pairedScore(
  first: Judged,
  second: Judged,
  name: ScoreName,
  combine: (first: number, second: number) => number,
): Score {
  return bootstrapScore(
    combine(first.scores[name], second.scores[name]),
    first.replicates.map((one, at) => combine(one[name], second.replicates[at]?.[name] ?? NaN)),
    reasons[name],
  );
}
