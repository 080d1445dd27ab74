import { cholesky, solveFactored } from '../fidelity/linear/cholesky.js';
import { fitLogistic } from '../fidelity/propensity/logistic-regression.js';
import { fitLeastSquares } from './models/least-squares.js';
import type { ModelRows } from './models/model-rows.js';
import { numberEncoder } from './models/number-encoder.js';
import { intervalOverlap, normalInterval } from './normal-interval.js';
import type { Range } from './normal-interval.js';
import type { UtilityTask } from './utility-task.js';

/** One coefficient of the same model of real and of synthetic rows, in units of the real standard deviation. */
export interface ComparedCoefficient {
  readonly name: string;
  readonly real: Estimate;
  readonly synthetic: Estimate;
  /** Of the intervals, 1 is the same; below 0 they have nothing in common. */
  readonly overlap: number;
}

export interface Estimate {
  readonly value: number;
  readonly interval: Range;
}

/** Keeps a coefficient finite that the rows say nothing about, and moves the others by nothing to speak of. */
const ridge = 1e-3;
/** A standard error as wide as this says that the rows do not determine the coefficient. */
const errorMax = 5;

/**
 * Coefficients of logistic regression (of the second of two classes) or of linear regression, on columns encoded alike
 * by the real rows. Those that either table does not determine are left out; null for three classes and more.
 */
export function compareCoefficients({
  train,
  candidate,
  columns,
}: UtilityTask): ComparedCoefficient[] | null {
  const { target } = train;
  if (target.kind === 'classes' && target.classCount > 2) return null;
  const encoder = numberEncoder(train.predictors, columns);
  const spread = target.kind === 'values' ? spreadOf(target.values) : 1;
  const [real, synthetic] = [train, candidate].map((rows) =>
    estimatesOf(rows, encoder.encode(rows.predictors), spread),
  );
  return encoder.names.flatMap((name, at) => {
    const [own, other] = [real?.[at + 1], synthetic?.[at + 1]];
    if (!own || !other) return [];
    const overlap = intervalOverlap(own.interval, other.interval);
    return Number.isFinite(overlap) ? [{ name, real: own, synthetic: other, overlap }] : [];
  });
}

/** One estimate a coefficient, the intercept's first; null where the rows do not determine it. */
function estimatesOf(
  { target }: ModelRows,
  features: readonly Float64Array[],
  spread: number,
): (Estimate | null)[] {
  const { coefficients, variances } =
    target.kind === 'classes'
      ? logistic(target.codes, features)
      : leastSquares(target.values, features, spread);
  return Array.from(coefficients, (value, at) => {
    const error = Math.sqrt(variances[at] ?? NaN);
    const isConstant = at > 0 && isFlat(features[at - 1] ?? new Float64Array());
    if (isConstant || !(error > 0 && error < errorMax) || !Number.isFinite(value)) return null;
    return { value, interval: normalInterval(value, error) };
  });
}

interface Fitted {
  readonly coefficients: Float64Array;
  readonly variances: Float64Array;
}

function logistic(labels: Uint8Array, features: readonly Float64Array[]): Fitted {
  const { coefficients, probabilities } = fitLogistic({ features, labels, ridge });
  return {
    coefficients,
    variances: inverseDiagonal(
      features,
      probabilities.map((share) => share * (1 - share)),
    ),
  };
}

/** Of the target in real standard deviations, so that errors have one scale. */
function leastSquares(values: Float64Array, features: readonly Float64Array[], spread: number): Fitted {
  const scaled = values.map((value) => value / spread);
  const { coefficients } = fitLeastSquares(features, scaled, ridge);
  let squares = 0;
  scaled.forEach((value, row) => {
    const expected = features.reduce(
      (sum, feature, at) => sum + (coefficients[at + 1] ?? 0) * (feature[row] ?? 0),
      coefficients[0] ?? 0,
    );
    squares += (value - expected) ** 2;
  });
  const variance = squares / Math.max(1, values.length - features.length - 1);
  const inverse = inverseDiagonal(features, new Float64Array(values.length).fill(1));
  return { coefficients, variances: inverse.map((cell) => cell * variance) };
}

/** The diagonal of the inverse of X' W X + ridge, the intercept's first; NaN where there is none. */
function inverseDiagonal(features: readonly Float64Array[], weights: Float64Array): Float64Array {
  const columns = [new Float64Array(weights.length).fill(1), ...features];
  const size = columns.length;
  const cells = new Float64Array(size * size);
  columns.forEach((column, row) => {
    for (let other = 0; other <= row; other += 1) {
      let sum = other === row ? ridge : 0;
      for (let at = 0; at < weights.length; at += 1)
        sum += (weights[at] ?? 0) * (column[at] ?? 0) * (columns[other]?.[at] ?? 0);
      cells[row * size + other] = sum;
      cells[other * size + row] = sum;
    }
  });
  const factor = cholesky({ size, cells });
  return Float64Array.from({ length: size }, (_, at) => {
    if (!factor) return NaN;
    const unit = new Float64Array(size);
    unit[at] = 1;
    return solveFactored(factor, unit)[at] ?? NaN;
  });
}

function isFlat(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function spreadOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = Math.sqrt(squares / values.length);
  return spread > 0 && Number.isFinite(spread) ? spread : 1;
}
