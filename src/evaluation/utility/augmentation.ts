import { bootstrapWeights } from './scores/bootstrap.js';
import { boosting } from './models/tree-learners.js';
import { joinModelRows } from './models/model-rows.js';
import { judgeOn } from './train-test.js';
import type { Judged } from './train-test.js';
import type { UtilityTask } from './utility-task.js';

/** The same model learned from the real rows alone, and from the real and the synthetic rows together. */
export interface Augmentation {
  readonly alone: Judged;
  readonly together: Judged;
}

/** Gradient boosting, judged on the rows held out. */
export function augmentation({ train, candidate, holdout, random }: UtilityTask): Augmentation {
  const weights = bootstrapWeights(holdout.rowCount, random.fork('bootstrap of augmentation'));
  const judged = (rows: typeof train): Judged =>
    judgeOn(boosting.learn(rows, random.fork('augmentation')), holdout, weights);
  return { alone: judged(train), together: judged(joinModelRows(train, candidate)) };
}
