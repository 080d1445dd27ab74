import type { EvaluationContext } from '../evaluation-context.js';
import { holdoutOf, sourceOf } from '../context-parts.js';
import { NotComputableError } from '../not-computable-error.js';
import type { Score } from '../score.js';
import { pickModelRows } from '../utility/models/model-rows.js';
import { bootstrapWeights } from '../utility/scores/bootstrap.js';
import { judgeOn, pairedScore, scoreWithInterval } from '../utility/train-test.js';
import type { Judged } from '../utility/train-test.js';
import { taskOf, trainTestOf } from '../utility/utility.js';
import { pooledLabels, rowsByLabel } from './compared-groups.js';
import { groupsOf } from './group-of-rows.js';

/** Gradient boosting of real and of synthetic rows, tested on the held-out people of one group. */
export interface GroupUtility {
  readonly column: string;
  readonly group: string;
  /** Held-out rows tested on. */
  readonly rows: number;
  readonly real: Score;
  readonly synthetic: Score;
  /** AUC lost, or for a number the share of root mean squared error added. */
  readonly loss: Score;
}

/** With fewer held-out people of a group its figures are of no use to anybody. */
const groupRowsMin = 30;

/** @throws {NotComputableError} when nothing is declared, or no group has enough held-out rows */
export async function groupUtility(
  context: EvaluationContext,
  cellCountMin: number,
): Promise<GroupUtility[]> {
  const [model] = (await trainTestOf(context)).slice(-1);
  const { holdout, holdoutRows, kind, random } = await taskOf(context);
  const found: GroupUtility[] = [];
  for (const column of context.declared?.protectedColumns ?? []) {
    const labelOf = pooledLabels(await groupsOf(sourceOf(context), column), { cellCountMin });
    const groups = await groupsOf(holdoutOf(context), column);
    if (!labelOf || !model) continue;
    const own = Array.from(holdoutRows, (row) => groups[row] ?? '');
    for (const [group, rows] of rowsByLabel(own, labelOf)) {
      if (rows.length < Math.max(groupRowsMin, cellCountMin)) continue;
      const tested = pickModelRows(holdout, rows);
      const weights = bootstrapWeights(rows.length, random.fork('group').fork(column.column).fork(group));
      const judged = (side: 'real' | 'synthetic'): Judged => judgeOn(model.predictors[side], tested, weights);
      const [real, synthetic] = [judged('real'), judged('synthetic')];
      const name = kind === 'classes' ? 'auc' : 'rmse';
      const loss = pairedScore(real, synthetic, name, (first, second) =>
        kind === 'classes' ? first - second : second / first - 1,
      );
      const [before, after] = [scoreWithInterval(real, name), scoreWithInterval(synthetic, name)];
      found.push({ column: column.column, group, rows: rows.length, real: before, synthetic: after, loss });
    }
  }
  if (found.some(({ loss }) => loss.value !== null)) return found;
  throw new NotComputableError(`No group has ${groupRowsMin} held-out rows with both outcomes.`);
}
