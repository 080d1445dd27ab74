import type { TreeTarget } from '../../../core/trees/grow-tree.js';
import type { Prediction } from '../models/learner.js';
import { boundedLogits, calibrationSlope } from './calibration-slope.js';
import { rankScores, weightedArea } from './weighted-area.js';

/** How good a prediction is; NaN where a figure does not exist. */
export type ModelScores = Readonly<Record<ScoreName, number>>;

/**
 * `auc`: area under the curve, of three classes and more the mean of each against the rest. `f1`: macro F1 of the
 * likeliest classes. `brier`: half the sum over classes of squared errors of the shares, so of two classes the mean
 * squared error of the second's share. `slope`: calibration slope, of two classes. `rmse`: root mean squared error of
 * numbers. `r2`: 1 less the squared error over that of the mean.
 */
export type ScoreName = 'auc' | 'f1' | 'brier' | 'slope' | 'rmse' | 'r2';

/** Scores of one prediction under any weights of the rows, so that a bootstrap sorts only once. */
export type Judge = (weights: Float64Array) => ModelScores;

const none: ModelScores = { auc: NaN, f1: NaN, brier: NaN, slope: NaN, rmse: NaN, r2: NaN };

export function judgeOf(prediction: Prediction, target: TreeTarget): Judge {
  return target.kind === 'values'
    ? judgeValues(prediction[0] ?? new Float64Array(), target.values)
    : judgeClasses(prediction, target.codes);
}

export function evenWeights(rowCount: number): Float64Array {
  return new Float64Array(rowCount).fill(1);
}

function judgeValues(predicted: Float64Array, actual: Float64Array): Judge {
  return (weights) => {
    let [count, sum, squares, errors] = [0, 0, 0, 0];
    // Differences from the first value: a mean far from 0 would eat the digits of the squares.
    const origin = actual[0] ?? 0;
    weights.forEach((weight, row) => {
      const value = (actual[row] ?? NaN) - origin;
      count += weight;
      sum += weight * value;
      squares += weight * value * value;
      errors += weight * ((predicted[row] ?? NaN) - (actual[row] ?? NaN)) ** 2;
    });
    const spread = squares - (sum * sum) / count;
    return { ...none, rmse: Math.sqrt(errors / count), r2: spread > 0 ? 1 - errors / spread : NaN };
  };
}

function judgeClasses(shares: Prediction, codes: Uint8Array): Judge {
  const ranked = shares.map(rankScores);
  const likeliest = likeliestClasses(shares, codes.length);
  const errors = squaredErrors(shares, codes);
  const [, second] = shares;
  const logits = second && shares.length === 2 ? boundedLogits(second) : null;
  return (weights) => ({
    ...none,
    auc: meanArea(ranked, codes, weights),
    f1: macroF1(likeliest, codes, shares.length, weights),
    brier: weightedMean(errors, weights),
    slope: logits ? calibrationSlope(logits, codes, weights) : NaN,
  });
}

function meanArea(
  ranked: readonly ReturnType<typeof rankScores>[],
  codes: Uint8Array,
  weights: Float64Array,
): number {
  // Of two classes the area of the one is that of the other.
  const classes = ranked.length === 2 ? [1] : ranked.map((_, code) => code);
  const areas = classes.flatMap((wanted) => {
    const scores = ranked[wanted];
    const area = scores ? weightedArea(scores, (row) => codes[row] === wanted, weights) : NaN;
    return Number.isNaN(area) ? [] : [area];
  });
  return areas.length === 0 ? NaN : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

function likeliestClasses(shares: Prediction, rowCount: number): Uint8Array {
  return Uint8Array.from({ length: rowCount }, (_, row) => {
    let best = 0;
    for (let code = 1; code < shares.length; code += 1)
      if ((shares[code]?.[row] ?? 0) > (shares[best]?.[row] ?? 0)) best = code;
    return best;
  });
}

/** Over the classes that occur or are predicted. */
function macroF1(guessed: Uint8Array, codes: Uint8Array, classCount: number, weights: Float64Array): number {
  const [right, called, there] = [0, 1, 2].map(() => new Float64Array(classCount));
  if (!right || !called || !there) return NaN;
  for (let row = 0; row < codes.length; row += 1) {
    const [weight, guess, code] = [weights[row] ?? 0, guessed[row] ?? 0, codes[row] ?? 0];
    called[guess] = (called[guess] ?? 0) + weight;
    there[code] = (there[code] ?? 0) + weight;
    if (guess === code) right[code] = (right[code] ?? 0) + weight;
  }
  let [sum, classes] = [0, 0];
  for (let code = 0; code < classCount; code += 1) {
    const both = (called[code] ?? 0) + (there[code] ?? 0);
    if (both === 0) continue;
    sum += (2 * (right[code] ?? 0)) / both;
    classes += 1;
  }
  return sum / classes;
}

function squaredErrors(shares: Prediction, codes: Uint8Array): Float64Array {
  const errors = new Float64Array(codes.length);
  shares.forEach((share, code) => {
    for (let row = 0; row < errors.length; row += 1)
      errors[row] = (errors[row] ?? 0) + ((share[row] ?? 0) - (codes[row] === code ? 1 : 0)) ** 2 / 2;
  });
  return errors;
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let row = 0; row < values.length; row += 1) {
    sum += (weights[row] ?? 0) * (values[row] ?? 0);
    count += weights[row] ?? 0;
  }
  return sum / count;
}
