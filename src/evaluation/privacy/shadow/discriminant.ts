import { mean, variance } from '../statistics/rank-curve.js';

/** Scores a list of features; higher where the target was learned from. */
type Discriminant = (features: Float64Array) => number;

/** Weighs each feature by the difference of its means over its variance: Fisher's rule without correlations. */
function fitDiscriminant(features: readonly Float64Array[], labels: readonly boolean[]): Discriminant {
  const width = features[0]?.length ?? 0;
  const column = (at: number, label: boolean): Float64Array =>
    Float64Array.from(
      features.filter((_, row) => labels[row] === label),
      (row) => row[at] ?? 0,
    );
  const weights = Array.from({ length: width }, (_, at) => {
    const [inside, outside] = [column(at, true), column(at, false)];
    const spread = variance(inside) + variance(outside);
    const difference = mean(inside) - mean(outside);
    return Number.isFinite(difference) && spread > 0 ? difference / (spread + 0.01) : difference * 100 || 0;
  });
  return (row) => weights.reduce((sum, weight, at) => sum + weight * (row[at] ?? 0), 0);
}

const folds = 5;

/** The score of each row from a rule fitted to the other folds, standardised by the scores it was fitted to. */
export function crossScores(features: readonly Float64Array[], labels: readonly boolean[]): Float64Array {
  const scores = new Float64Array(features.length);
  for (let fold = 0; fold < folds; fold++) {
    const isInside = (_: unknown, row: number): boolean => row % folds !== fold;
    const fitted = features.filter(isInside);
    const score = fitDiscriminant(fitted, labels.filter(isInside));
    const known = Float64Array.from(fitted, score);
    const [middle, spread] = [mean(known), Math.sqrt(variance(known)) || 1];
    features.forEach((row, at) => {
      if (at % folds === fold) scores[at] = (score(row) - middle) / spread;
    });
  }
  return scores;
}
