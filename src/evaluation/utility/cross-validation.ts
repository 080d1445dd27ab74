import { drawRows, shuffledRows } from '../../core/random/draw-rows.js';
import type { Random } from '../../core/random/random.js';
import { pickModelRows } from './models/model-rows.js';
import type { ModelRows } from './models/model-rows.js';
import { forestLearner } from './models/tree-learners.js';
import { evenWeights, judgeOf } from './scores/judge.js';
import type { UtilityTask } from './utility-task.js';

const folds = 10;
/** Trees of each forest, and rows of each table: 120 forests are grown. */
const treeCount = 20;
const rowsMax = 1_000;

const criteria = ['gini', 'entropy'] as const;
const featureRules = {
  sqrt: (count: number) => Math.round(Math.sqrt(count)),
  log2: (count: number) => Math.round(Math.log2(count)),
  all: (count: number) => count,
} as const;

/** One setting of the forest, by mean F1 over ten folds of the real and of the synthetic rows. */
export interface GridCell {
  readonly criterion: (typeof criteria)[number];
  readonly maxFeatures: keyof typeof featureRules;
  readonly real: number;
  readonly synthetic: number;
}

/**
 * Random forests by every criterion and number of features a split, cross-validated within the real and within the
 * synthetic rows: would somebody who has the synthetic data alone choose the same setting, and expect as much of it?
 */
export function forestGrid({ train, candidate, random }: UtilityTask, signal?: AbortSignal): GridCell[] {
  const stream = random.fork('forest grid');
  const most = Math.min(rowsMax, train.rowCount, candidate.rowCount);
  const [real, synthetic] = [train, candidate].map((rows, at) =>
    pickModelRows(rows, drawRows(rows.rowCount, most, stream.fork(`rows ${at}`))),
  );
  if (!real || !synthetic) return [];
  return criteria.flatMap((criterion) =>
    (Object.keys(featureRules) as (keyof typeof featureRules)[]).map((maxFeatures): GridCell => {
      signal?.throwIfAborted();
      const shape = { treeCount, criterion, featuresPerSplit: featureRules[maxFeatures] };
      const score = (rows: ModelRows): number =>
        crossValidated(rows, shape, stream.fork(`${criterion} ${maxFeatures}`));
      return { criterion, maxFeatures, real: score(real), synthetic: score(synthetic) };
    }),
  );
}

/** Mean macro F1 over the folds, each predicted by a forest of the other nine. */
function crossValidated(rows: ModelRows, shape: Parameters<typeof forestLearner>[0], random: Random): number {
  const shuffled = shuffledRows(rows.rowCount, random.fork('folds'));
  let sum = 0;
  for (let fold = 0; fold < folds; fold += 1) {
    const own = pickModelRows(
      rows,
      shuffled.filter((_, at) => at % folds === fold),
    );
    const others = pickModelRows(
      rows,
      shuffled.filter((_, at) => at % folds !== fold),
    );
    const predict = forestLearner(shape).learn(others, random.fork(`fold ${fold}`));
    const prediction = predict(own.predictors, own.rowCount);
    sum += judgeOf(prediction, own.target)(evenWeights(own.rowCount)).f1;
  }
  return sum / folds;
}
