import { cholesky } from '../../src/core/linear-algebra/cholesky.js';
import type { Matrix } from './matrix.js';

/**
 * Area under the ROC curve, on the tested rows, of a logistic regression (L2 with C = 1 on standardised columns, by
 * Newton's method) that the fitted rows taught to tell the greatest code of the target from the others.
 */
export function logisticAuc(fitted: Matrix, tested: Matrix, target: number): number {
  const positive = Math.max(...(tested[target] ?? []));
  const labelsOf = (matrix: Matrix): Float64Array =>
    Float64Array.from(matrix[target] ?? [], (code) => (code === positive ? 1 : 0));
  const features = fitted.flatMap((values, at) => (at === target ? [] : [{ at, ...standard(values) }]));
  const rowsOf = (matrix: Matrix): Float64Array[] =>
    Array.from({ length: matrix[0]?.length ?? 0 }, (_, row) =>
      Float64Array.from([1, ...features.map(({ at, mean, sd }) => ((matrix[at]?.[row] ?? 0) - mean) / sd)]),
    );
  const weights = newton(rowsOf(fitted), labelsOf(fitted));
  const scores = rowsOf(tested).map((row) => dot(row, weights));
  return areaUnderCurve(scores, labelsOf(tested));
}

function standard(values: Float64Array): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, sd: Math.sqrt(variance) || 1 };
}

const stepsMax = 30;

function newton(rows: readonly Float64Array[], labels: Float64Array): Float64Array {
  const size = rows[0]?.length ?? 0;
  const weights = new Float64Array(size);
  for (let step = 0; step < stepsMax; step += 1) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -weight));
    const hessian = new Float64Array(size * size);
    for (let at = 0; at < size; at += 1) hessian[at * size + at] = at === 0 ? 1e-9 : 1;
    rows.forEach((row, index) => {
      const p = 1 / (1 + Math.exp(-dot(row, weights)));
      for (let a = 0; a < size; a += 1) {
        const x = row[a] ?? 0;
        gradient[a] = (gradient[a] ?? 0) + x * ((labels[index] ?? 0) - p);
        for (let b = 0; b < size; b += 1)
          hessian[a * size + b] = (hessian[a * size + b] ?? 0) + p * (1 - p) * x * (row[b] ?? 0);
      }
    });
    const change = solve(hessian, gradient);
    change.forEach((value, at) => (weights[at] = (weights[at] ?? 0) + value));
    if (change.every((value) => Math.abs(value) < 1e-8)) break;
  }
  return weights;
}

function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const factor = cholesky({ size, values: matrix })?.values ?? matrix;
  const half = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let sum = right[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (factor[row * size + k] ?? 0) * (half[k] ?? 0);
    half[row] = sum / (factor[row * size + row] ?? 1);
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = half[row] ?? 0;
    for (let k = row + 1; k < size; k += 1) sum -= (factor[k * size + row] ?? 0) * (solution[k] ?? 0);
    solution[row] = sum / (factor[row * size + row] ?? 1);
  }
  return solution;
}

function areaUnderCurve(scores: readonly number[], labels: Float64Array): number {
  let [wins, pairs] = [0, 0];
  scores.forEach((score, row) => {
    if (labels[row] !== 1) return;
    scores.forEach((other, at) => {
      if (labels[at] === 1) return;
      pairs += 1;
      wins += score > other ? 1 : score === other ? 0.5 : 0;
    });
  });
  return wins / pairs;
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
}
