import { drawRows } from '../../core/random/draw-rows.js';
import type { TreeTarget } from '../../core/trees/grow-tree.js';
import type { Variable } from '../fidelity/variable.js';
import { NotComputableError } from '../not-computable-error.js';
import { pickModelRows } from './models/model-rows.js';
import type { ModelRows } from './models/model-rows.js';
import { boostingLearner } from './models/tree-learners.js';
import { evenWeights, judgeOf } from './scores/judge.js';
import { targetReader } from './target.js';
import type { UtilityTask } from './utility-task.js';

/** One column predicted from all others, by models of real and of synthetic rows, on the rows held out. */
export interface LeftOutVariable {
  readonly column: string;
  /** 1 less the AUC of classes, the root mean squared error of numbers. */
  readonly kind: TreeTarget['kind'];
  readonly realError: number;
  readonly syntheticError: number;
  /** (synthetic - real) / real: 0 is no more than the real rows leave. */
  readonly relativeError: number;
}

const rowsMax = 3_000;
const columnsMax = 60;
const learner = boostingLearner({ rounds: 40, learningRate: 0.2 });
/** An error of nothing would make any other infinitely larger. */
const errorMin = 0.01;

/**
 * Leave-one-variable-out relative prediction error (specification of tabular synthesis, section 3): each column in turn
 * is what is predicted. Columns that cannot be predicted at all are left out; of many columns the first 60 are taken.
 */
export function leaveOneVariableOut(task: UtilityTask, signal?: AbortSignal): LeftOutVariable[] {
  const sets = [task.train, task.candidate, task.holdout].map((rows, at) =>
    pickModelRows(rows, drawRows(rows.rowCount, rowsMax, task.random.fork(`left out ${at}`))),
  );
  const [train, candidate, holdout] = sets;
  if (!train || !candidate || !holdout) return [];
  return task.columns.slice(0, columnsMax).flatMap((column, at) => {
    signal?.throwIfAborted();
    const own = predictingColumn({ train, candidate, holdout }, column, at);
    if (!own) return [];
    const realError = errorOf(own.train, own.holdout, task);
    const syntheticError = errorOf(own.candidate, own.holdout, task);
    const least = errorMin * scaleOf(own.train.target);
    const relativeError = (syntheticError - realError) / Math.max(least, realError);
    if (!Number.isFinite(relativeError)) return [];
    return [{ column, kind: own.holdout.target.kind, realError, syntheticError, relativeError }];
  });
}

type Sets = Pick<UtilityTask, 'train' | 'candidate' | 'holdout'>;
/** With fewer rows that have the column nothing is said of it. */
const rowsMin = 20;

/** The tables with a column in the place of the target; null when that cannot be predicted. */
function predictingColumn(sets: Sets, column: string, at: number): Sets | null {
  try {
    const read = targetReader(column, sets.train.predictors[at] ?? null);
    const predicting = (rows: ModelRows): ModelRows => {
      const { target, rows: known } = read(rows.predictors[at] ?? null);
      const others = rows.predictors.filter((_, place) => place !== at);
      const predictors = [...others, ...targetAsPredictor(rows.target)];
      return pickModelRows({ rowCount: rows.rowCount, predictors, target }, known);
    };
    const own = {
      train: predicting(sets.train),
      candidate: predicting(sets.candidate),
      holdout: predicting(sets.holdout),
    };
    return Object.values(own).some(({ rowCount }) => rowCount < rowsMin) ? null : own;
  } catch (error) {
    if (error instanceof NotComputableError) return null;
    throw error;
  }
}

function targetAsPredictor(target: TreeTarget): Variable[] {
  if (target.kind === 'values') return [{ kind: 'continuous', values: target.values }];
  const dictionary = Array.from({ length: target.classCount }, (_, code) => `class ${code}`);
  return [{ kind: 'discrete', codes: Int32Array.from(target.codes), dictionary }];
}

function scaleOf(target: TreeTarget): number {
  if (target.kind === 'classes') return 1;
  const mean = target.values.reduce((sum, value) => sum + value, 0) / target.values.length;
  return Math.sqrt(target.values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / target.values.length);
}

function errorOf(learned: ModelRows, tested: ModelRows, { random }: UtilityTask): number {
  const prediction = learner.learn(learned, random)(tested.predictors, tested.rowCount);
  const scores = judgeOf(prediction, tested.target)(evenWeights(tested.rowCount));
  return tested.target.kind === 'classes' ? 1 - scores.auc : scores.rmse;
}
