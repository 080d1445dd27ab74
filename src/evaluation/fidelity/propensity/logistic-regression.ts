import { cholesky, solveFactored } from '../linear/cholesky.js';

const iterationsMax = 50;
const enough = 1e-8;

export interface LogisticProblem {
  /** One array a feature, all of one length. */
  readonly features: readonly Float64Array[];
  /** 0 or 1 a row. */
  readonly labels: Uint8Array;
  /** Penalty on the squares of the coefficients but the intercept's; above 0, so that the answer exists. */
  readonly ridge: number;
}

export interface FittedLogistic {
  /** The intercept's, then one a feature. */
  readonly coefficients: Float64Array;
  /** Of label 1, of the rows learned from. */
  readonly probabilities: Float64Array;
}

/** Probabilities of label 1 by logistic regression with an intercept, fitted by Newton's method. */
export function logisticProbabilities(problem: LogisticProblem): Float64Array {
  return fitLogistic(problem).probabilities;
}

/** Logistic regression with an intercept, by Newton's method. */
export function fitLogistic(problem: LogisticProblem): FittedLogistic {
  const coefficients = new Float64Array(problem.features.length + 1);
  let probabilities = predict(problem, coefficients);
  for (let iteration = 0; iteration < iterationsMax; iteration += 1) {
    const step = newtonStep(problem, coefficients, probabilities);
    if (step === null) break;
    // A step that is too long on separable data is cut to one that keeps the exponentials finite.
    const longest = step.reduce((most, part) => Math.max(most, Math.abs(part)), 0);
    const scale = longest > 5 ? 5 / longest : 1;
    step.forEach((part, at) => (coefficients[at] = (coefficients[at] ?? 0) + scale * part));
    probabilities = predict(problem, coefficients);
    if (longest < enough) break;
  }
  return { coefficients, probabilities };
}

function predict({ features, labels }: LogisticProblem, coefficients: Float64Array): Float64Array {
  return predictLogistic(coefficients, features, labels.length);
}

/** The intercept plus each feature times its coefficient. */
export function linearPredictor(
  coefficients: Float64Array,
  features: readonly Float64Array[],
  rowCount: number,
): Float64Array {
  const linear = new Float64Array(rowCount).fill(coefficients[0] ?? 0);
  features.forEach((feature, at) => {
    const coefficient = coefficients[at + 1] ?? 0;
    for (let row = 0; row < linear.length; row += 1)
      linear[row] = (linear[row] ?? 0) + coefficient * (feature[row] ?? 0);
  });
  return linear;
}

/** Probabilities of label 1 of rows, by coefficients that were fitted. */
export function predictLogistic(
  coefficients: Float64Array,
  features: readonly Float64Array[],
  rowCount: number,
): Float64Array {
  return linearPredictor(coefficients, features, rowCount).map((value) => 1 / (1 + Math.exp(-value)));
}

function newtonStep(
  { features, labels, ridge }: LogisticProblem,
  coefficients: Float64Array,
  probabilities: Float64Array,
): Float64Array | null {
  const ones = new Float64Array(labels.length).fill(1);
  const columns = [ones, ...features];
  const size = columns.length;
  const weights = probabilities.map((probability) => Math.max(probability * (1 - probability), 1e-10));
  const gradient = new Float64Array(size);
  const cells = new Float64Array(size * size);
  const weighted = new Float64Array(labels.length);
  columns.forEach((column, row) => {
    let slope = 0;
    for (let at = 0; at < column.length; at += 1) {
      slope += (column[at] ?? 0) * ((labels[at] ?? 0) - (probabilities[at] ?? 0));
      weighted[at] = (column[at] ?? 0) * (weights[at] ?? 0);
    }
    const penalty = row === 0 ? 0 : ridge;
    gradient[row] = slope - penalty * (coefficients[row] ?? 0);
    for (let other = 0; other <= row; other += 1) {
      const product = dot(weighted, columns[other] ?? ones) + (other === row ? penalty : 0);
      cells[row * size + other] = product;
      cells[other * size + row] = product;
    }
  });
  const factor = cholesky({ size, cells });
  return factor && solveFactored(factor, gradient);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}
