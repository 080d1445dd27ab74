import { averageRanks } from './average-ranks.js';

/** Chance that a random positive scores above a random negative, ties counting half; NaN when a class is empty. */
export function areaUnderCurve(scores: Float64Array, isPositive: ArrayLike<number>): number {
  const ranks = averageRanks(scores);
  let positives = 0;
  let rankSum = 0;
  for (let row = 0; row < ranks.length; row += 1) {
    if (isPositive[row] !== 1) continue;
    positives += 1;
    rankSum += ranks[row] ?? 0;
  }
  const negatives = ranks.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
