import type { EvaluationContext } from '../evaluation-context.js';
import { onceAContext } from '../once-a-context.js';
import { trainAndTest } from './train-test.js';
import { readUtilityTask } from './utility-task.js';

export const taskOf = onceAContext(readUtilityTask);
export const trainTestOf = onceAContext(async (context: EvaluationContext) =>
  trainAndTest(await taskOf(context), context.signal),
);

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
