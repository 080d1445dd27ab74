import type { EvaluationContext } from '../evaluation-context.js';
import type { Measure, MeasureDescription } from '../measure.js';
import { NotComputableError } from '../not-computable-error.js';
import type { Score } from '../score.js';
import { taskOf, whyNoTask } from './utility.js';

/** A figure and the sentence that says it; the sentence is for a figure that exists. */
export interface UtilityFinding {
  readonly score: Score;
  readonly explanation: string;
}

interface UtilityCheck extends Omit<MeasureDescription, 'section'> {
  readonly name: string;
  readonly title: string;
  readonly direction: Measure['direction'];
  /** The kind of target it is of; absent: of any. */
  readonly targetKind?: 'classes' | 'values';
  readonly find: (context: EvaluationContext) => Promise<UtilityFinding>;
}

const version = '1';

/** A measure of use in models: of the declared target, tested on real rows held out. */
export function utilityMeasure(check: UtilityCheck): Measure {
  const { name, title, direction, targetKind, find, range, meaning, source } = check;
  return {
    ...{ name, title, direction },
    description: { section: 'use in models', range, meaning, source },
    whyNotAsked: (context) => whyNoTask(context, targetKind),
    async run(context) {
      const { kind, train, candidate, holdout } = await taskOf(context);
      if (targetKind !== undefined && kind !== targetKind)
        throw new NotComputableError(
          `It is for a target of ${targetKind === 'classes' ? 'classes' : 'numbers'}.`,
        );
      const { score, explanation } = await find(context);
      if (score.value === null) throw new NotComputableError(score.reason);
      const rows = { train: train.rowCount, candidate: candidate.rowCount, holdout: holdout.rowCount };
      return {
        ...{ value: score.value, direction, explanation },
        ...(score.interval ? { interval: score.interval } : {}),
        basis: { rows, seed: context.seed ?? 'utility-checks', version },
      };
    },
  };
}

/** "0.912 (0.895 to 0.928)". */
export function scoreText(score: Score): string {
  if (score.value === null) return 'not computable';
  const { interval } = score;
  const text = shortText(score.value);
  return interval ? `${text} (${shortText(interval.low)} to ${shortText(interval.high)})` : text;
}

/** Three digits that matter, and no more than four decimals. */
function shortText(value: number): string {
  return String(Math.abs(value) < 1 ? Math.round(value * 1e4) / 1e4 : Number(value.toPrecision(3)));
}
