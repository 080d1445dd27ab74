import { normalBeyond } from './normal.js';

/**
 * Of the intervals of the privacy checks. One check raises a false alarm on a clean candidate once in 2,000 times, so
 * that some twenty of them together stay below 5 %; see docs/evidence-privacy.md for the figure measured.
 */
export const intervalLevel = 0.999;

/** Half-width of the interval in standard errors when the worst of `looks` figures is picked (Bonferroni). */
export function errorsWide(looks = 1): number {
  return normalBeyond((1 - intervalLevel) / 2 / looks);
}
