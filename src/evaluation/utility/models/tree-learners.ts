import type { ClassCriterion } from '../../../core/trees/class-search.js';
import { growBoosting, predictBoosting } from '../../../core/trees/gradient-boosting.js';
import type { TreeTarget } from '../../../core/trees/grow-tree.js';
import { growForest, predictForest } from '../../../core/trees/random-forest.js';
import { binEncoder } from './bin-encoder.js';
import type { Learner } from './learner.js';

const depthMax = 30;
const forestName = { classes: 'random forest', values: 'random forest' } as const;

interface ForestShape {
  readonly treeCount: number;
  readonly criterion: ClassCriterion;
  /** Features looked at for each split, of so many. */
  readonly featuresPerSplit: (featureCount: number) => number;
}

/** A random forest with leaves of one row, as scikit-learn's. */
export function forestLearner({ treeCount, criterion, featuresPerSplit }: ForestShape): Learner {
  return {
    name: forestName,
    learn: ({ predictors, target }, random) => {
      const encode = binEncoder(predictors);
      const wanted: TreeTarget = target.kind === 'classes' ? { ...target, criterion } : target;
      const forest = growForest(encode(predictors), wanted, {
        ...{ treeCount, depthMax, minLeaf: target.kind === 'classes' ? 1 : 2, random },
        featuresPerSplit: Math.max(1, featuresPerSplit(predictors.length)),
      });
      return (given, rowCount) =>
        predictForest(
          forest,
          encode(given).map(({ bins }) => bins),
          rowCount,
        );
    },
  };
}

/** Numbers need more features a split than classes (Breiman 2001). */
export const forest: Learner = {
  name: forestName,
  learn: (rows, random) => {
    const isClasses = rows.target.kind === 'classes';
    const featuresPerSplit = (count: number): number => Math.round(isClasses ? Math.sqrt(count) : count / 3);
    return forestLearner({ treeCount: 100, criterion: 'gini', featuresPerSplit }).learn(rows, random);
  },
};

/** As scikit-learn's boosting by histograms: 100 rounds at 0.1, leaves of 20 rows, at most 32 of them. */
export const boosting = boostingLearner({ rounds: 100, learningRate: 0.1 });

export function boostingLearner(shape: { readonly rounds: number; readonly learningRate: number }): Learner {
  return {
    name: { classes: 'gradient boosting', values: 'gradient boosting' },
    learn: ({ predictors, target }) => {
      const encode = binEncoder(predictors);
      const boosted = growBoosting(encode(predictors), target, { ...shape, minLeaf: 20, depthMax: 5 });
      return (given, rowCount) =>
        predictBoosting(
          boosted,
          encode(given).map(({ bins }) => bins),
          rowCount,
        );
    },
  };
}
