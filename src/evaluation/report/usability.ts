import type { CheckThreshold } from '../check.js';
import { percentText } from '../figure.js';
import type { Score } from '../score.js';
import type { Figure, Usability } from './report.js';

/** One reason for or against using a column or pair. */
export interface Ground {
  readonly name: string;
  /** Follows "because": "the shape agrees by 93.1 %". */
  readonly words: string;
  readonly score: Score;
  readonly threshold: CheckThreshold;
}

export interface Grade {
  readonly usability: Usability;
  readonly reason: string;
  readonly figures: readonly (Figure & { readonly name: string })[];
}

const order: readonly Usability[] = ['do not use', 'use with care', 'use'];

/** The worst ground decides, and is the reason. A figure that does not exist is no evidence, so it grades as the worst. */
export function gradeOf(grounds: readonly Ground[]): Grade {
  const figures = grounds.map(({ name, score }) => ({ name, ...figureOf(score) }));
  const judged = grounds.map((ground) => ({ ground, usability: usabilityOf(ground) }));
  const [worst] = judged.sort(
    (a, b) =>
      order.indexOf(a.usability) - order.indexOf(b.usability) ||
      (a.ground.score.value ?? -1) - (b.ground.score.value ?? -1),
  );
  if (!worst) return { usability: 'do not use', reason: 'Nothing could be measured.', figures };
  const { words, score } = worst.ground;
  if (score.value === null)
    return { usability: worst.usability, reason: `Not computable (${words}): ${score.reason}`, figures };
  const opening = worst.usability === 'use' ? 'The lowest figure is' : 'Too low is';
  const reason = `${opening} ${words}: ${percentText(Math.max(0, score.value))}.`;
  return { usability: worst.usability, reason, figures };
}

export function figureOf(score: Score): Figure {
  return score.value === null ? { value: null, reason: score.reason } : score;
}

function usabilityOf({ score, threshold }: Ground): Usability {
  if (score.value === null || score.value < threshold.fail) return 'do not use';
  return score.value >= threshold.pass ? 'use' : 'use with care';
}
