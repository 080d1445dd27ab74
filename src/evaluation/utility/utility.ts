import type { EvaluationContext } from '../evaluation-context.js';
import { NotComputableError } from '../not-computable-error.js';
import { onceAContext } from '../once-a-context.js';
import { augmentation } from './augmentation.js';
import { compareCoefficients } from './coefficients.js';
import { forestGrid } from './cross-validation.js';
import { importancesOf } from './importances.js';
import { leaveOneVariableOut } from './leave-one-out.js';
import { trainAndTest } from './train-test.js';
import { readUtilityTask } from './utility-task.js';
import type { UtilityTask } from './utility-task.js';

export const taskOf = onceAContext(readUtilityTask);
export const trainTestOf = onceAContext(async (context: EvaluationContext) =>
  trainAndTest(await taskOf(context), context.signal),
);

export const gridOf = onceAContext(async (context) => forestGrid(await classTaskOf(context), context.signal));
export const coefficientsOf = onceAContext(async (context) => {
  const found = compareCoefficients(await taskOf(context));
  if (found === null)
    throw new NotComputableError(
      'The target has three classes or more, so there is no single set of coefficients.',
    );
  if (found.length === 0) throw new NotComputableError('The rows determine no coefficient.');
  return found;
});
export const leftOutOf = onceAContext(async (context) => {
  const found = leaveOneVariableOut(await taskOf(context), context.signal);
  if (found.length === 0) throw new NotComputableError('No column can be predicted from the others.');
  return found;
});
/** The last model of the list, boosting. */
export const importancesOfModels = onceAContext(async (context) => {
  const [model] = (await trainTestOf(context)).slice(-1);
  if (!model) throw new NotComputableError('No model was trained.');
  return importancesOf(await taskOf(context), model);
});
export const augmentationOf = onceAContext(async (context) => augmentation(await taskOf(context)));

async function classTaskOf(context: EvaluationContext): Promise<UtilityTask> {
  const task = await taskOf(context);
  if (task.kind === 'classes') return task;
  throw new NotComputableError('It is for a target of classes.');
}

/** Why nothing about use in models can be asked of this evaluation, or null. */
export async function whyNoTask(
  context: EvaluationContext,
  wanted?: 'classes' | 'values',
): Promise<string | null> {
  if (context.declared?.target === undefined)
    return 'No target column is declared, so nobody has said what the data are to predict.';
  if (!context.holdout) return 'It needs real rows that were held out, to test on; none were given.';
  if (wanted === undefined) return null;
  try {
    const { kind } = await taskOf(context);
    if (kind === wanted) return null;
    return kind === 'values'
      ? 'The target is a number, not classes.'
      : 'The target is classes, not a number.';
  } catch {
    return null; // The measure itself fails, and says why.
  }
}
